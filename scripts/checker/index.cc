// SPDX-License-Identifier: GPL-2.0
/*
 * Elements: no pointer moves, and an array is indexed within its length.
 */
#include "analyses.h"
#include "bounds.h"
#include "origin.h"
#include "report.h"
#include "walk.h"

namespace ferrule {

namespace {

/* How many elements the array type has; none if it does not say, or says it at run time. */
std::optional<widest_int> length_of(const_tree array)
{
	tree domain = TYPE_DOMAIN(array);

	if (!domain || !TYPE_MAX_VALUE(domain) || TREE_CODE(TYPE_MAX_VALUE(domain)) != INTEGER_CST)
		return std::nullopt;
	return wi::to_widest(TYPE_MAX_VALUE(domain)) + 1;
}

/* &a[n] names the end and touches nothing, but then it is a pointer to nothing. */
bool is_within(tree index, const visit &v, const widest_int &length)
{
	range values = values_of(index, v);

	return !wi::neg_p(values.lo) && wi::lts_p(values.hi, length);
}

void check_array(const visit &v)
{
	tree array = TREE_TYPE(TREE_OPERAND(v.expr, 0)), index = TREE_OPERAND(v.expr, 1);
	std::optional<widest_int> length = length_of(array);

	if (!length) {
		report({rule::raw_index, v.where, "the array does not know its length", {},
			"use an array whose length is a constant, or a buffer of the layer"});
		return;
	}
	if (is_within(index, v, *length))
		return;

	std::string count = std::to_string(length->to_shwi());

	if (TREE_CODE(index) == INTEGER_CST)
		report({rule::raw_index, v.where,
			"the index is outside of the array of " + count, {}, ""});
	else
		report({rule::raw_index, v.where,
			"the index may be outside of the array of " + count, {},
			"test it against ARRAY_SIZE() in front, in a variable that is not changed "
			"in between and whose address is not taken; or mask it"});
}

void check_pointer_index(const visit &v)
{
	report({rule::raw_index, v.where, "a pointer does not know how many elements follow", {},
		"pass the array itself, in its structure, or a buffer of the layer"});
}

void report_arithmetic(const visit &v)
{
	report({rule::pointer_arithmetic, v.where, "a driver computes with a pointer", {},
		"index an array that knows its length, or use a buffer of the layer"});
}

bool is_memory_access(const_tree t)
{
	return t && (TREE_CODE(t) == INDIRECT_REF || TREE_CODE(t) == MEM_REF);
}

void check_expression(const visit &v)
{
	if (!written_by_driver(v) || is_from_container_of(v.where))
		return;
	switch (TREE_CODE(v.expr)) {
	case ARRAY_REF:
		return check_array(v);
	case POINTER_PLUS_EXPR:
		return is_memory_access(v.parent()) ? check_pointer_index(v)
						    : report_arithmetic(v);
	case POINTER_DIFF_EXPR:
		return report_arithmetic(v);
	case PREINCREMENT_EXPR:
	case PREDECREMENT_EXPR:
	case POSTINCREMENT_EXPR:
	case POSTDECREMENT_EXPR:
		if (POINTER_TYPE_P(TREE_TYPE(v.expr)))
			report_arithmetic(v);
		return;
	default:
		return;
	}
}

} /* namespace */

void register_index(const char *)
{
	on_driver_expression({ARRAY_REF, POINTER_PLUS_EXPR, POINTER_DIFF_EXPR, PREINCREMENT_EXPR,
			      PREDECREMENT_EXPR, POSTINCREMENT_EXPR, POSTDECREMENT_EXPR},
			     check_expression);
}

} /* namespace ferrule */

// SPDX-License-Identifier: GPL-2.0
/*
 * What crosses the border to user memory, byte by byte: no hole that nobody filled, no
 * address of the kernel, and nothing that not every bit pattern is good for.
 */
#include "analyses.h"
#include "attributes.h"
#include "report.h"
#include "walk.h"

namespace ferrule {

namespace {

/* Holes are looked for in bits, because of bit fields. */
using bits = unsigned HOST_WIDE_INT;

bits size_of(const_tree t)
{
	tree size = DECL_P(t) ? DECL_SIZE(t) : TYPE_SIZE(t);

	return size && tree_fits_uhwi_p(size) ? tree_to_uhwi(size) : 0;
}

/* The field after which there is a hole, or in which; NULL_TREE if there is none. */
tree hole_in(const_tree type);

tree hole_in_structure(const_tree type)
{
	bits end = 0;
	tree last = NULL_TREE;

	for (tree f = TYPE_FIELDS(type); f; f = DECL_CHAIN(f)) {
		if (TREE_CODE(f) != FIELD_DECL)
			continue;
		/* A bit field without a name is a hole with a size. */
		if (!DECL_NAME(f) && DECL_C_BIT_FIELD(f))
			return f;

		bits start = int_bit_position(f);

		if (start > end)
			return last ? last : f;
		if (tree inner = DECL_C_BIT_FIELD(f) ? NULL_TREE : hole_in(TREE_TYPE(f)))
			return inner;
		end = std::max(end, start + size_of(f));
		last = f;
	}
	return size_of(type) > end ? last : NULL_TREE;
}

/* One member that covers it all is enough: whoever fills the union fills that. */
tree hole_in_union(const_tree type)
{
	tree hole = NULL_TREE;

	for (tree f = TYPE_FIELDS(type); f; f = DECL_CHAIN(f)) {
		if (TREE_CODE(f) != FIELD_DECL)
			continue;

		tree inner = hole_in(TREE_TYPE(f));

		if (!inner && size_of(f) == size_of(type))
			return NULL_TREE;
		hole = inner ? inner : f;
	}
	return hole;
}

tree hole_in(const_tree type)
{
	while (TREE_CODE(type) == ARRAY_TYPE)
		type = TREE_TYPE(type);
	if (TREE_CODE(type) == RECORD_TYPE)
		return hole_in_structure(type);
	if (TREE_CODE(type) == UNION_TYPE)
		return hole_in_union(type);
	return NULL_TREE;
}

/* A field of the type for which the test is true; or a sign that the type itself is. */
tree find_field(const_tree type, tree field, bool (*test)(const_tree))
{
	while (TREE_CODE(type) == ARRAY_TYPE)
		type = TREE_TYPE(type);
	if (test(type))
		return field;
	if (!RECORD_OR_UNION_TYPE_P(type))
		return NULL_TREE;
	for (tree f = TYPE_FIELDS(type); f; f = DECL_CHAIN(f))
		if (TREE_CODE(f) == FIELD_DECL)
			if (tree found = find_field(TREE_TYPE(f), f, test))
				return found;
	return NULL_TREE;
}

bool is_pointer(const_tree type)
{
	return POINTER_TYPE_P(type);
}

bool is_bool(const_tree type)
{
	return TREE_CODE(type) == BOOLEAN_TYPE;
}

location_t place_of(tree field)
{
	return DECL_P(field) ? DECL_SOURCE_LOCATION(field) : UNKNOWN_LOCATION;
}

void check_hole(tree type, location_t where)
{
	if (tree field = hole_in(type))
		report({rule::padding_to_user, where,
			"bytes that nobody filled would reach user space",
			{{place_of(field), "there is padding after this, or in it"}},
			"reorder the fields, or name the padding (u32 reserved;) and leave it 0"});
}

void check_contents(tree type, location_t where, bool from_user)
{
	tree field = find_field(type, type, is_pointer);

	if (field)
		report({rule::unfit_for_user, where,
			from_user ? "user space would choose a pointer of the kernel"
				  : "an address of the kernel would reach user space",
			{{place_of(field), "here"}}, "exchange numbers (u64) instead of pointers"});
	field = from_user ? find_field(type, type, is_bool) : NULL_TREE;
	if (field)
		report({rule::unfit_for_user, where,
			"user space could give a bool a value that is neither false nor true",
			{{place_of(field), "here"}}, "use a u8, and test it against 0"});
}

/* What the argument points to, before it became a void *. */
tree pointed_to(tree argument)
{
	while (CONVERT_EXPR_P(argument) && POINTER_TYPE_P(TREE_TYPE(TREE_OPERAND(argument, 0))))
		argument = TREE_OPERAND(argument, 0);
	return POINTER_TYPE_P(TREE_TYPE(argument)) ? TREE_TYPE(TREE_TYPE(argument)) : NULL_TREE;
}

void check_call(const visit &v)
{
	tree type = CALL_EXPR_FN(v.expr)
		? function_type_of(TREE_TYPE(CALL_EXPR_FN(v.expr))) : NULL_TREE;

	if (!type)
		return;

	const std::vector<parameter> &parameters = signature_of(type).parameters;

	for (int i = 0; i < call_expr_nargs(v.expr); i++) {
		if (i >= static_cast<int>(parameters.size()))
			break;
		if (!parameters[i].to_user && !parameters[i].from_user)
			continue;

		tree value = pointed_to(CALL_EXPR_ARG(v.expr, i));

		/* What the layer hands on without its type was looked at before. */
		if (!value || VOID_TYPE_P(value))
			continue;
		if (parameters[i].to_user)
			check_hole(value, v.where);
		check_contents(value, v.where, parameters[i].from_user);
	}
}

} /* namespace */

void register_layout(const char *)
{
	on_expression({CALL_EXPR}, check_call);
}

} /* namespace ferrule */

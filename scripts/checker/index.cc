// SPDX-License-Identifier: GPL-2.0
/*
 * Elements: no pointer moves, and an array is indexed within its length.
 */
#include "analyses.h"
#include "arithmetic.h"
#include "index.h"
#include "intervals.h"
#include "loops.h"
#include "origin.h"
#include "report.h"
#include "walk.h"

namespace ferrule {

namespace {

/* How many elements the array type has; none if it does not say, or says it at run time. */
std::optional<wide> length_of(const_tree array)
{
	tree domain = TYPE_DOMAIN(array);

	if (!domain || !TYPE_MAX_VALUE(domain) || TREE_CODE(TYPE_MAX_VALUE(domain)) != INTEGER_CST)
		return std::nullopt;
	return static_cast<wide>(wi::to_wide(TYPE_MAX_VALUE(domain)).to_shwi()) + 1;
}

/* A constant index is judged where it stands, any other along the paths of its function. */
void check_array(const visit &v)
{
	std::optional<wide> length = length_of(TREE_TYPE(TREE_OPERAND(v.expr, 0)));
	tree index = TREE_OPERAND(v.expr, 1);

	if (!length)
		report({rule::raw_index, v.where, "the array does not know its length", {},
			"use an array whose length is a constant, or a buffer of the layer"});
	else if (TREE_CODE(index) == INTEGER_CST &&
		 (tree_int_cst_sgn(index) < 0 || wi::to_wide(index).to_shwi() >= *length))
		report({rule::raw_index, v.where,
			"the index is outside of the array of " +
			std::to_string(static_cast<long>(*length)), {}, ""});
}

location_t place_of(tree element, location_t around)
{
	return EXPR_HAS_LOCATION(element) ? EXPR_LOCATION(element) : around;
}

/* By a number of the driver's that only the paths of its function can tell. */
bool has_variable_index(tree element, location_t where)
{
	return TREE_CODE(TREE_OPERAND(element, 1)) != INTEGER_CST &&
	       length_of(TREE_TYPE(TREE_OPERAND(element, 0))) && written_by_driver(where) &&
	       !is_from_container_of(where);
}

/* &a[n] names the end and touches nothing, but then it is a pointer to nothing. */
void check_element(tree element, location_t where, const values_fn &values, findings &found)
{
	wide length = *length_of(TREE_TYPE(TREE_OPERAND(element, 0)));
	range r = values(TREE_OPERAND(element, 1));

	if (r.lo < 0 || r.hi >= length)
		found.push_back({rule::raw_index, where,
			"the index may be outside of the array of " +
			std::to_string(static_cast<long>(length)), {},
			"test it against ARRAY_SIZE() in front, in a local variable if it could change "
			"in between; or mask it"});
}

/* The elements that an operand names, one in the other. */
std::vector<tree> elements_in(tree operand)
{
	std::vector<tree> found;

	if (operand && TREE_CODE(operand) == ADDR_EXPR)
		operand = TREE_OPERAND(operand, 0);
	for (; operand && handled_component_p(operand); operand = TREE_OPERAND(operand, 0))
		if (TREE_CODE(operand) == ARRAY_REF)
			found.push_back(operand);
	return found;
}

/* Calls back for each with a variable index; true if that says so of one. */
template <typename F> bool any_element(gimple *g, F is_it)
{
	for (unsigned int i = 0; i < gimple_num_ops(g); i++)
		for (tree element : elements_in(gimple_op(g, i))) {
			location_t where = place_of(element, gimple_location(g));

			if (has_variable_index(element, where) && is_it(element, where))
				return true;
		}
	return false;
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

/* Something in the function depends on how large a number is. */
bool asks_for_values(struct function *fun)
{
	basic_block bb;

	FOR_EACH_BB_FN(bb, fun)
		for (auto it = gsi_start_bb(bb); !gsi_end_p(it); gsi_next(&it))
			if (is_arithmetic(gsi_stmt(it)) ||
			    any_element(gsi_stmt(it), [](tree, location_t) { return true; }))
				return true;
	return false;
}

/* Functions of which a quick look leaves something open. gcc forgets its loops in between. */
std::vector<std::pair<tree, std::vector<loop_question>>> doubtful;

findings look(struct function *fun, const std::vector<loop_question> &questions, care how)
{
	findings found;

	for_each_reached(fun, how, [&](gimple *g, const values_fn &values) {
		check_arithmetic(g, values, found);
		for (const loop_question &q : questions)
			if (q.g == g)
				check_loop(q, values, found);
		any_element(g, [&](tree element, location_t where) {
			check_element(element, where, values, found);
			return false;
		});
	});
	return found;
}

/* All functions of the unit are lowered, so that those that are called can be looked into. */
void look_again(void *, void *)
{
	for (const auto &[function, questions] : doubtful)
		if (struct function *fun = DECL_STRUCT_FUNCTION(function); fun && fun->cfg && !broken_code())
			for (const finding &f : look(fun, questions, care::CAREFUL))
				report(f);
	doubtful.clear();
}

} /* namespace */

void check_indexes(struct function *fun)
{
	if (unit_role() != role::driver || origin_of_decl(fun->decl) == origin::layer)
		return;
	std::vector<loop_question> questions = questions_of_loops(fun);

	if ((!questions.empty() || asks_for_values(fun)) && !look(fun, questions, care::QUICK).empty())
		doubtful.emplace_back(fun->decl, questions);
}

void register_index(const char *plugin)
{
	/* the second does what the first did not, where gcc ends early for an error of ours */
	register_callback(plugin, PLUGIN_ALL_IPA_PASSES_START, look_again, nullptr);
	register_callback(plugin, PLUGIN_FINISH, look_again, nullptr);
	on_driver_expression({ARRAY_REF, POINTER_PLUS_EXPR, POINTER_DIFF_EXPR, PREINCREMENT_EXPR,
			      PREDECREMENT_EXPR, POSTINCREMENT_EXPR, POSTDECREMENT_EXPR},
			     check_expression);
}

} /* namespace ferrule */

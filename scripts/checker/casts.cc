// SPDX-License-Identifier: GPL-2.0
/*
 * Casts: what a pointer points to is what its declaration says.
 */
#include "analyses.h"
#include "attributes.h"
#include "origin.h"
#include "report.h"
#include "walk.h"

namespace ferrule {

namespace {

bool is_conversion(const_tree t)
{
	return CONVERT_EXPR_P(t) || TREE_CODE(t) == NON_LVALUE_EXPR ||
	       TREE_CODE(t) == C_MAYBE_CONST_EXPR;
}

tree strip(tree t)
{
	while (is_conversion(t))
		t = TREE_OPERAND(t, TREE_CODE(t) == C_MAYBE_CONST_EXPR ? 1 : 0);
	return t;
}

/* Types whose bytes mean the same: char and u8, int and an enumeration. */
bool is_same_number(const_tree a, const_tree b)
{
	return INTEGRAL_TYPE_P(a) && INTEGRAL_TYPE_P(b) &&
	       TREE_CODE(a) != BOOLEAN_TYPE && TREE_CODE(b) != BOOLEAN_TYPE &&
	       TYPE_PRECISION(a) == TYPE_PRECISION(b);
}

bool is_same_type(tree a, tree b)
{
	a = TYPE_MAIN_VARIANT(a);
	b = TYPE_MAIN_VARIANT(b);
	if (a == b || is_same_number(a, b))
		return true;
	if (POINTER_TYPE_P(a) && POINTER_TYPE_P(b))
		return is_same_type(TREE_TYPE(a), TREE_TYPE(b));
	/* A pointer to the first element, or to an array of unknown length. */
	if (TREE_CODE(b) == ARRAY_TYPE && is_same_type(a, TREE_TYPE(b)))
		return true;
	return comptypes(a, b);
}

/* A qualifier gone at some level behind the pointer. */
bool drops_qualifier(tree to, tree from)
{
	for (; POINTER_TYPE_P(to) && POINTER_TYPE_P(from);
	     to = TREE_TYPE(to), from = TREE_TYPE(from)) {
		tree a = TREE_TYPE(to), b = strip_array_types(TREE_TYPE(from));

		if (TREE_CODE(a) == FUNCTION_TYPE || TREE_CODE(b) == FUNCTION_TYPE)
			return false;
		if ((TYPE_READONLY(b) && !TYPE_READONLY(strip_array_types(a))) ||
		    (TYPE_VOLATILE(b) && !TYPE_VOLATILE(strip_array_types(a))))
			return true;
	}
	return false;
}

void report_cast(location_t where, const std::string &message)
{
	report({rule::pointer_cast, where, message, {},
		"let the layer make the pointer with the right type; a value is copied, not "
		"seen through another type"});
}

std::string name_of_type(tree type)
{
	std::unique_ptr<char, void (*)(void *)> text(print_generic_expr_to_str(type), free);

	return text.get();
}

/* An error as a pointer, or NULL: it points to nothing, whatever its type is. */
bool is_no_pointer(tree t, tree target)
{
	if (TREE_CODE(t) == COND_EXPR)
		return COND_EXPR_ELSE(t) && is_no_pointer(COND_EXPR_THEN(t), target) &&
		       is_no_pointer(COND_EXPR_ELSE(t), target);
	if (POINTER_TYPE_P(TREE_TYPE(t)) && is_same_type(target, TREE_TYPE(TREE_TYPE(t))))
		return true;
	if (is_conversion(t))
		return is_no_pointer(TREE_OPERAND(t, TREE_CODE(t) == C_MAYBE_CONST_EXPR ? 1 : 0), target);
	if (integer_zerop(t))
		return true;

	tree callee = TREE_CODE(t) == CALL_EXPR ? get_callee_fndecl(t) : NULL_TREE;
	std::string name = callee ? name_of_decl(callee) : "";

	return name == "ERR_PTR" || name == "ERR_CAST";
}

void check_pointers(const visit &v, tree to, tree from)
{
	if (drops_qualifier(to, from)) {
		report({rule::const_dropped, v.where,
			"a cast takes away what " + quoted(name_of_type(from)) + " promises", {},
			"what is shared is written through a lock or an atomic; what is "
			"exclusive is passed without const"});
		return;
	}

	tree target = TREE_TYPE(to), source = TREE_TYPE(from);

	/* What became void * does not become anything else again: that way is harmless. */
	if (VOID_TYPE_P(target) || is_same_type(target, source) ||
	    is_no_pointer(TREE_OPERAND(v.expr, 0), target))
		return;
	/* callback-contract knows better what is wrong with it. */
	if (TREE_CODE(target) == FUNCTION_TYPE && TREE_CODE(source) == FUNCTION_TYPE)
		return;
	report_cast(v.where, "a pointer " + quoted(name_of_type(from)) + " becomes " +
			     quoted(name_of_type(to)));
}

void check_conversion(const visit &v)
{
	tree operand = strip(v.expr);
	tree to = TREE_TYPE(v.expr), from = TREE_TYPE(TREE_OPERAND(v.expr, 0));

	if ((!POINTER_TYPE_P(to) && !POINTER_TYPE_P(from)) || !written_by_driver(v))
		return;
	if (is_from_container_of(v.where)) {
		if (POINTER_TYPE_P(to) && !VOID_TYPE_P(TREE_TYPE(to)))
			report({rule::container_of, v.where,
				"container_of() trusts that the member is where it says", {},
				"the layer hands out the structure itself, typed"});
		return;
	}
	if (POINTER_TYPE_P(to) && POINTER_TYPE_P(from))
		return check_pointers(v, to, from);
	if (POINTER_TYPE_P(to) && INTEGRAL_TYPE_P(from) && !integer_zerop(operand))
		report_cast(v.where, "a number becomes the pointer " + quoted(name_of_type(to)));
	else if (POINTER_TYPE_P(from) && INTEGRAL_TYPE_P(to) && TREE_CODE(to) != BOOLEAN_TYPE)
		report_cast(v.where, "the pointer " + quoted(name_of_type(from)) +
				     " becomes a number");
}

/* A constant that is a pointer was a number, unless it is NULL. */
void check_constant(const visit &v)
{
	if (POINTER_TYPE_P(TREE_TYPE(v.expr)) && !integer_zerop(v.expr) && written_by_driver(v))
		report_cast(v.where, "a number becomes the pointer " +
				     quoted(name_of_type(TREE_TYPE(v.expr))));
}

bool is_string_for_writing(tree value, tree type)
{
	return value && type && POINTER_TYPE_P(type) && !TYPE_READONLY(TREE_TYPE(type)) &&
	       POINTER_TYPE_P(TREE_TYPE(value)) && TREE_CODE(strip(value)) == ADDR_EXPR &&
	       TREE_CODE(TREE_OPERAND(strip(value), 0)) == STRING_CST;
}

void check_string(location_t where, tree value, tree type)
{
	if (!is_string_for_writing(value, type))
		return;
	report({rule::const_dropped, where, "a string constant cannot be written", {},
		"declare the pointer const char *"});
}

void check_arguments(const visit &v)
{
	tree type = CALL_EXPR_FN(v.expr) ? function_type_of(TREE_TYPE(CALL_EXPR_FN(v.expr)))
					 : NULL_TREE;
	tree parameter = type ? TYPE_ARG_TYPES(type) : NULL_TREE;

	for (int i = 0; parameter && i < call_expr_nargs(v.expr); i++) {
		check_string(v.where, CALL_EXPR_ARG(v.expr, i), TREE_VALUE(parameter));
		parameter = TREE_CHAIN(parameter);
	}
}

void check_strings(const visit &v)
{
	if (!written_by_driver(v))
		return;
	if (TREE_CODE(v.expr) == CALL_EXPR)
		check_arguments(v);
	else
		check_string(v.where, TREE_OPERAND(v.expr, 1),
			     TREE_TYPE(TREE_OPERAND(v.expr, 0)));
}

void check_elements(const visit &v)
{
	unsigned int i;
	tree index, value;

	FOR_EACH_CONSTRUCTOR_ELT(CONSTRUCTOR_ELTS(v.expr), i, index, value)
		check_string(v.where, value,
			     TREE_CODE(TREE_TYPE(v.expr)) == ARRAY_TYPE ? TREE_TYPE(TREE_TYPE(v.expr)) :
			     index && TREE_CODE(index) == FIELD_DECL ? TREE_TYPE(index) : NULL_TREE);
}

void check_variable(tree variable)
{
	if (unit_role() == role::driver && declared_by_driver(variable))
		check_string(DECL_SOURCE_LOCATION(variable), DECL_INITIAL(variable),
			     TREE_TYPE(variable));
}

} /* namespace */

void register_casts(const char *)
{
	on_driver_expression({NOP_EXPR, CONVERT_EXPR}, check_conversion);
	on_driver_expression({INTEGER_CST}, check_constant);
	on_driver_expression({MODIFY_EXPR, INIT_EXPR, CALL_EXPR}, check_strings);
	on_driver_expression({CONSTRUCTOR}, check_elements);
	on_variable(check_variable);
}

} /* namespace ferrule */

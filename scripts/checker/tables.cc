// SPDX-License-Identifier: GPL-2.0
/*
 * Tables: a function fits into a slot if whoever calls through the slot may rely on what
 * the slot's type says.
 */
#include "analyses.h"
#include "attributes.h"
#include "report.h"
#include "walk.h"

namespace ferrule {

namespace {

tree strip(tree t)
{
	while (t && (CONVERT_EXPR_P(t) || TREE_CODE(t) == NON_LVALUE_EXPR))
		t = TREE_OPERAND(t, 0);
	return t;
}

/* The function whose address the expression is, or NULL_TREE. */
tree function_in(tree value)
{
	value = strip(value);
	if (value && TREE_CODE(value) == ADDR_EXPR &&
	    TREE_CODE(TREE_OPERAND(value, 0)) == FUNCTION_DECL)
		return TREE_OPERAND(value, 0);
	return NULL_TREE;
}

const char *verb(enum core::passing::mode how)
{
	switch (how) {
	case core::passing::BORROW:
		return "borrows";
	case core::passing::TAKE:
		return "takes";
	case core::passing::TAKE_OK:
		return "takes, if it returns 0,";
	case core::passing::DROP:
		return "drops";
	case core::passing::OUT:
		return "fills";
	}
	return "";
}

const char *result_of(enum core::promises::gives gives)
{
	switch (gives) {
	case core::promises::NOTHING:
		return "nothing that is owned";
	case core::promises::OWNED:
		return "an owned value or an error";
	case core::promises::SURE:
		return "an owned value";
	case core::promises::GUARD:
		return "a guard";
	}
	return "";
}

/* One place where a value meets a slot. */
struct meeting {
	location_t where;
	tree function;		/* NULL_TREE: a value of another slot */
	tree slot_type, value_type;
};

void mismatch(const meeting &m, const std::string &what)
{
	std::string name = m.function ? quoted(name_of_decl(m.function)) : "the function";

	report({rule::callback_contract, m.where, name + " does not fit its slot: " + what,
		{{m.function ? DECL_SOURCE_LOCATION(m.function) : UNKNOWN_LOCATION,
		  "declared here"}},
		"whoever calls through the slot relies on the slot's type alone"});
}

void compare_parameter(const meeting &m, size_t i, const parameter &slot, const parameter &value)
{
	std::string nth = "parameter " + std::to_string(i + 1);

	if (slot.mode != value.mode)
		mismatch(m, std::string("it ") + verb(value.mode) + " " + nth +
			    ", and the slot " + verb(slot.mode) + " it");
	if (slot.shared && !value.shared)
		mismatch(m, nth + " is shared in the slot, so const");
	if (slot.nullable && !value.nullable)
		mismatch(m, nth + " may be NULL in the slot");
	/* A slot that wants its cells initialised holds the body to it (uninitialised-cell). */
	if (value.init && !slot.init)
		mismatch(m, nth + " is not initialised by the slot");
	for (unsigned int n : value.outlives)
		if (std::find(slot.outlives.begin(), slot.outlives.end(), n) ==
		    slot.outlives.end())
			mismatch(m, nth + " need not live long enough in the slot");
}

void compare_contexts(const meeting &m, const signature &slot, const signature &value)
{
	if (value.sleeps && (slot.atomic || slot.hardirq))
		mismatch(m, "it may sleep, and the slot is called in atomic context");
	if (value.waits && slot.opening)
		mismatch(m, "it waits, and the slot is called while open holds a lock");
	if (value.unbinds && slot.bound)
		mismatch(m, "it ends devices, and the slot is a callback of one");
	if (value.hardirq && !slot.hardirq)
		mismatch(m, "it relies on disabled interrupts, and the slot does not say so");
	if (value.bound && !slot.bound)
		mismatch(m, "it relies on the device being bound, and the slot does not say so");
}

bool borrows_alike(const signature &slot, const signature &value)
{
	for (unsigned int n : value.lenders)
		if (std::find(slot.lenders.begin(), slot.lenders.end(), n) == slot.lenders.end())
			return false;
	return true;
}

/* Said already, in better words. */
bool is_only_const(const signature &slot, const signature &value)
{
	for (size_t i = 0; i < std::min(slot.parameters.size(), value.parameters.size()); i++)
		if (slot.parameters[i].shared && !value.parameters[i].shared)
			return true;
	return false;
}

void compare(const meeting &m)
{
	const signature &slot = signature_of(m.slot_type), &value = signature_of(m.value_type);

	if (!slot.prototyped || !value.prototyped)
		return;
	for (size_t i = 0; i < std::min(slot.parameters.size(), value.parameters.size()); i++)
		compare_parameter(m, i, slot.parameters[i], value.parameters[i]);
	if (slot.gives != value.gives)
		mismatch(m, std::string("it returns ") + result_of(value.gives) +
			    ", and the slot " + result_of(slot.gives));
	else if (!borrows_alike(slot, value))
		mismatch(m, "its result borrows from a parameter that the slot does not lend");
	if (value.nullable && !slot.nullable)
		mismatch(m, "it may return NULL, and the slot does not say so");
	compare_contexts(m, slot, value);
	if (!comptypes(m.slot_type, m.value_type) && !is_only_const(slot, value))
		mismatch(m, "the types differ");
}

/* A slot is anything that holds a pointer to a function: field, variable, parameter. */
void meet(tree slot, tree value, location_t where)
{
	tree slot_type = slot && POINTER_TYPE_P(slot) ? function_type_of(slot) : NULL_TREE;

	if (!slot_type || !value || !POINTER_TYPE_P(TREE_TYPE(value)))
		return;

	tree function = function_in(value);
	tree value_type = function ? TREE_TYPE(function)
				   : function_type_of(TREE_TYPE(strip(value)));

	if (!value_type || value_type == slot_type)
		return;

	meeting m = {where, function, slot_type, value_type};

	compare(m);
}

void check_arguments(const visit &v)
{
	tree callee = CALL_EXPR_FN(v.expr);
	tree type = callee ? function_type_of(TREE_TYPE(callee)) : NULL_TREE;
	tree parameter = type ? TYPE_ARG_TYPES(type) : NULL_TREE;

	for (int i = 0; parameter && i < call_expr_nargs(v.expr); i++) {
		meet(TREE_VALUE(parameter), CALL_EXPR_ARG(v.expr, i), v.where);
		parameter = TREE_CHAIN(parameter);
	}
}

void check_constructor(const visit &v)
{
	unsigned int i;
	tree index, value;

	FOR_EACH_CONSTRUCTOR_ELT(CONSTRUCTOR_ELTS(v.expr), i, index, value) {
		tree type = TREE_CODE(TREE_TYPE(v.expr)) == ARRAY_TYPE ?
			TREE_TYPE(TREE_TYPE(v.expr)) :
			index && TREE_CODE(index) == FIELD_DECL ? TREE_TYPE(index) : NULL_TREE;

		meet(type, value, EXPR_HAS_LOCATION(value) ? EXPR_LOCATION(value) : v.where);
	}
}

/* Both branches of a choice meet the slot. */
void check_stored(tree type, tree value, location_t where)
{
	if (value && TREE_CODE(strip(value)) == COND_EXPR) {
		check_stored(type, COND_EXPR_THEN(strip(value)), where);
		check_stored(type, COND_EXPR_ELSE(strip(value)), where);
		return;
	}
	meet(type, value, where);
}

void check_expression(const visit &v)
{
	switch (TREE_CODE(v.expr)) {
	case MODIFY_EXPR:
	case INIT_EXPR:
		return check_stored(TREE_TYPE(TREE_OPERAND(v.expr, 0)),
				    TREE_OPERAND(v.expr, 1), v.where);
	case CALL_EXPR:
		return check_arguments(v);
	case CONSTRUCTOR:
		return check_constructor(v);
	default:
		return;
	}
}

bool is_set(tree constructor, tree field)
{
	unsigned int i;
	tree index, value;

	FOR_EACH_CONSTRUCTOR_ELT(CONSTRUCTOR_ELTS(constructor), i, index, value)
		if (index == field)
			return true;
	return false;
}

/* A field of the structure, at any depth, that owns something; or NULL_TREE. */
tree owning_field(tree type, int depth = 0)
{
	if (TREE_CODE(type) != RECORD_TYPE || depth > 6)
		return NULL_TREE;
	for (tree f = TYPE_FIELDS(type); f; f = DECL_CHAIN(f)) {
		if (TREE_CODE(f) != FIELD_DECL)
			continue;
		if (lookup_attribute("fe_own", DECL_ATTRIBUTES(f)) || is_owned_type(TREE_TYPE(f)) ||
		    owning_field(TREE_TYPE(f), depth + 1))
			return f;
	}
	return NULL_TREE;
}

/* The slot of the function that ends a value is empty, and there is something to end. */
void check_ended(tree variable, tree slot)
{
	for (const parameter &p : signature_of(function_type_of(TREE_TYPE(slot))).parameters) {
		tree field = p.mode == core::passing::DROP && POINTER_TYPE_P(p.type) ?
			     owning_field(TYPE_MAIN_VARIANT(TREE_TYPE(p.type))) : NULL_TREE;

		if (field)
			report({rule::incomplete_drop, DECL_SOURCE_LOCATION(variable),
				"nothing ends '" + name_of_decl(field) + "': there is no '." +
					name_of_decl(slot) + "'",
				{{DECL_SOURCE_LOCATION(field), "it owns something"}},
				"declare what the structure owns with FE_DROP(), and name it here"});
	}
}

void check_drop_slots(tree variable)
{
	tree type = TREE_TYPE(variable), value = DECL_INITIAL(variable);

	if (TREE_CODE(type) != RECORD_TYPE || TREE_CODE(value) != CONSTRUCTOR)
		return;
	for (tree f = TYPE_FIELDS(type); f; f = DECL_CHAIN(f))
		if (TREE_CODE(f) == FIELD_DECL && POINTER_TYPE_P(TREE_TYPE(f)) &&
		    function_type_of(TREE_TYPE(f)) && !is_set(value, f))
			check_ended(variable, f);
}

void check_variable(tree variable)
{
	if (DECL_INITIAL(variable))
		check_drop_slots(variable);
	if (DECL_INITIAL(variable))
		check_stored(TREE_TYPE(variable), DECL_INITIAL(variable),
			     DECL_SOURCE_LOCATION(variable));
}

} /* namespace */

void register_tables(const char *)
{
	on_expression({MODIFY_EXPR, INIT_EXPR, CALL_EXPR, CONSTRUCTOR}, check_expression);
	on_variable(check_variable);
}

} /* namespace ferrule */

// SPDX-License-Identifier: GPL-2.0
/*
 * What a variable may be: no mutable global, nothing const that is written through
 * const, nothing pinned outside of the driver's state, no union that hides a pointer.
 */
#include "analyses.h"
#include "attributes.h"
#include "border.h"
#include "origin.h"
#include "walk.h"

namespace ferrule {

namespace {

bool is_const(const_tree variable)
{
	return TREE_READONLY(variable) ||
	       TYPE_READONLY(strip_array_types(const_cast<tree>(TREE_TYPE(variable))));
}

void check_global(tree variable)
{
	if (is_const(variable) || is_unsafe_mark(variable))
		return;
	report_use({rule::mutable_global, DECL_SOURCE_LOCATION(variable),
		    quoted(name_of_decl(variable)) +
		    " is shared by all devices and guarded by nothing", {},
		    "put it into the driver's state, behind a lock if callbacks write it; or "
		    "make it const"});
}

/* gcc keeps what is defined const in read-only memory, or folds it away. */
void check_const_cell(tree variable)
{
	if (!is_const(variable) || !contains_cell(TREE_TYPE(variable)))
		return;
	report({rule::const_cell, DECL_SOURCE_LOCATION(variable),
		quoted(name_of_decl(variable)) + " is defined const and holds a lock or another "
		"cell, which is written through const", {}, "drop the const from its definition"});
}

void check_local(tree variable)
{
	tree type = TREE_TYPE(variable);

	if (contains_pinned(type))
		report({rule::misplaced_pinned, DECL_SOURCE_LOCATION(variable),
			quoted(name_of_decl(variable)) + " is pinned and ends with this function",
			{}, "make it a field of the driver's state, which lives as long as the "
			    "device is bound"});
	else if (contains_token(type))
		report({rule::misplaced_pinned, DECL_SOURCE_LOCATION(variable),
			quoted(name_of_decl(variable)) + " is made by the layer only", {},
			"use the one that the callback received"});
}

/* A field of the structure, at any depth, that owns something. */
bool owns_something(const_tree type)
{
	type = strip_array_types(const_cast<tree>(type));
	if (type == error_mark_node)
		return false;
	if (contains_owned(type))
		return true;
	for (tree f = TREE_CODE(type) == RECORD_TYPE ? TYPE_FIELDS(type) : NULL_TREE; f; f = DECL_CHAIN(f))
		if (TREE_CODE(f) == FIELD_DECL &&
		    (lookup_attribute("fe_own", DECL_ATTRIBUTES(f)) || owns_something(TREE_TYPE(f))))
			return true;
	return false;
}

/* Which element of an array is full and which is empty is more than can be followed. */
void check_array(tree decl)
{
	tree type = TREE_TYPE(decl);

	if (TREE_CODE(type) != ARRAY_TYPE ||
	    (TYPE_SIZE_UNIT(type) && integer_zerop(TYPE_SIZE_UNIT(type))) ||
	    !(owns_something(type) || lookup_attribute("fe_own", DECL_ATTRIBUTES(decl))))
		return;
	report({rule::owner_in_array, DECL_SOURCE_LOCATION(decl),
		quoted(name_of_decl(decl)) + " is an array of owners, which are not told apart", {},
		"keep each in a variable or a field of its own, or all in a container of the layer, "
		"such as FE_XARRAY()"});
}

/* A quarter of what a function's frame may have, before the kernel's build warns. */
constexpr int MAX_LOCAL = 512;

/* A kernel stack is a few pages, and nothing grows it. */
void check_size(tree variable)
{
	tree size = DECL_SIZE_UNIT(variable);

	if (!size || TREE_CODE(size) != INTEGER_CST)
		report({rule::large_local, DECL_SOURCE_LOCATION(variable),
			"the size of " + quoted(name_of_decl(variable)) + " is not known while compiling", {},
			"use an array whose length is a constant, or a box"});
	else if (compare_tree_int(size, MAX_LOCAL) > 0)
		report({rule::large_local, DECL_SOURCE_LOCATION(variable),
			quoted(name_of_decl(variable)) + " is too large for the stack", {},
			"keep it in the driver's state or in a box; " + std::to_string(MAX_LOCAL) +
			" bytes are the limit"});
}

void check_parameters(tree function)
{
	if (unit_role() != role::driver || !declared_by_driver(function))
		return;
	for (tree p = DECL_ARGUMENTS(function); p; p = DECL_CHAIN(p))
		check_size(p);
}

void check_variable(tree variable)
{
	check_const_cell(variable);
	if (unit_role() != role::driver || !declared_by_driver(variable))
		return;
	check_array(variable);
	if (TREE_STATIC(variable) || TREE_PUBLIC(variable))
		check_global(variable);
	else
		check_local(variable);
	if (!TREE_STATIC(variable) && !DECL_EXTERNAL(variable))
		check_size(variable);
}

/* Whose copy is another object: it would not be registered, locked or known. */
const char *reason_against_copy(const_tree type)
{
	if (!RECORD_OR_UNION_TYPE_P(type))
		return nullptr;
	if (contains_pinned(type))
		return "is pinned: the kernel has its address";
	if (contains_token(type))
		return "is the proof for one call only";
	if (contains_cell(type))
		return "holds a cell: others write it meanwhile";
	return nullptr;
}

bool is_initialiser(const_tree value)
{
	return TREE_CODE(value) == CONSTRUCTOR;
}

/* Where the driver put what must not be copied: the field that is copied, or one in it. */
std::vector<note> place_of_pinned(tree value)
{
	tree found = TREE_CODE(value) == COMPONENT_REF ? TREE_OPERAND(value, 1) : NULL_TREE;

	for (tree f = TYPE_FIELDS(TREE_TYPE(value)); f && !found; f = DECL_CHAIN(f))
		if (TREE_CODE(f) == FIELD_DECL && reason_against_copy(strip_array_types(TREE_TYPE(f))))
			found = f;
	if (!found || !DECL_NAME(found) || !declared_by_driver(found))
		return {};
	return { { DECL_SOURCE_LOCATION(found), quoted(name_of_decl(found)) + " is declared here" } };
}

void check_copy(tree value, location_t where)
{
	const char *reason = value ? reason_against_copy(TREE_TYPE(value)) : nullptr;

	if (!reason || is_initialiser(value))
		return;
	report({rule::misplaced_pinned, where, std::string("what is copied here ") + reason,
		place_of_pinned(value), "pass a pointer to it"});
}

void check_value_arguments(const visit &v)
{
	for (int i = 0; i < call_expr_nargs(v.expr); i++)
		check_copy(CALL_EXPR_ARG(v.expr, i), v.where);
}

bool is_checked(const visit &v)
{
	if (TREE_CODE(v.inside) == FUNCTION_DECL && is_trusted(v.inside))
		return false;
	return unit_role() != role::layer;
}

void check_expression(const visit &v)
{
	if (!is_checked(v))
		return;
	switch (TREE_CODE(v.expr)) {
	case MODIFY_EXPR:
	case INIT_EXPR:
		return check_copy(TREE_OPERAND(v.expr, 1), v.where);
	case DECL_EXPR:
		if (VAR_P(DECL_EXPR_DECL(v.expr)))
			check_copy(DECL_INITIAL(DECL_EXPR_DECL(v.expr)), v.where);
		return;
	case CALL_EXPR:
		return check_value_arguments(v);
	default:
		return;
	}
}

/* Why the bits of one member must not be written through another. */
const char *reason_against_union(const_tree type)
{
	while (TREE_CODE(type) == ARRAY_TYPE)
		type = TREE_TYPE(type);
	if (POINTER_TYPE_P(type))
		return "a pointer";
	if (TREE_CODE(type) == BOOLEAN_TYPE)
		return "a bool";
	if (contains_owned(type) || contains_pinned(type) || contains_cell(type))
		return "something that is owned, pinned or a cell";
	if (!RECORD_OR_UNION_TYPE_P(type))
		return nullptr;
	for (tree f = TYPE_FIELDS(type); f; f = DECL_CHAIN(f))
		if (TREE_CODE(f) == FIELD_DECL)
			if (const char *reason = reason_against_union(TREE_TYPE(f)))
				return reason;
	return nullptr;
}

void check_union(tree type)
{
	for (tree f = TYPE_FIELDS(type); f; f = DECL_CHAIN(f)) {
		if (TREE_CODE(f) != FIELD_DECL || TREE_TYPE(f) == error_mark_node ||
		    !declared_by_driver(f))
			continue;
		if (const char *reason = reason_against_union(TREE_TYPE(f)))
			report({rule::union_pun, DECL_SOURCE_LOCATION(f),
				std::string("a union holds ") + reason +
				", whose bits another member could write", {},
				"use a structure with both; numbers may share a union"});
	}
}

void type_finished(void *type, void *)
{
	tree t = static_cast<tree>(type);

	if (!t || t == error_mark_node || !RECORD_OR_UNION_TYPE_P(t) || !COMPLETE_TYPE_P(t) ||
	    origin_being_read() == origin::foreign || unit_role() != role::driver || broken_code())
		return;
	/* this is called wherever the type is named, too: thousands of times for the kernel's */
	if (!TYPE_FIELDS(t) || origin_of_decl(TYPE_FIELDS(t)) != origin::driver)
		return;
	if (TREE_CODE(t) == UNION_TYPE)
		check_union(t);
	for (tree f = TYPE_FIELDS(t); f; f = DECL_CHAIN(f))
		if (TREE_CODE(f) == FIELD_DECL && TREE_TYPE(f) != error_mark_node &&
		    declared_by_driver(f))
			check_array(f);
}

} /* namespace */

void register_variables(const char *plugin)
{
	on_variable(check_variable);
	on_function(check_parameters);
	on_expression({MODIFY_EXPR, INIT_EXPR, DECL_EXPR, CALL_EXPR}, check_expression);
	register_callback(plugin, PLUGIN_FINISH_TYPE, type_finished, nullptr);
}

} /* namespace ferrule */

// SPDX-License-Identifier: GPL-2.0
/*
 * Signatures that leave a question open: a result that is a pointer, and may borrow from
 * any of several parameters.
 */
#include "analyses.h"
#include "attributes.h"
#include "origin.h"
#include "report.h"
#include "walk.h"

namespace ferrule {

namespace {

/* A pointer to a function is no borrow, and to nothing in particular neither. */
bool may_borrow(const_tree type)
{
	return POINTER_TYPE_P(type) && TREE_CODE(TREE_TYPE(type)) != FUNCTION_TYPE;
}

bool is_open(tree type)
{
	const signature &s = signature_of(type);
	unsigned int lenders = 0;

	if (!may_borrow(TREE_TYPE(type)) || s.gives_owner() || !s.lenders.empty())
		return false;
	for (const parameter &p : s.parameters)
		lenders += may_borrow(p.type) && p.mode == p.BORROW;
	return lenders > 1;
}

void check_definition(tree function)
{
	if (unit_role() != role::driver || !declared_by_driver(function) ||
	    !is_open(TREE_TYPE(function)))
		return;
	report({rule::missing_contract, DECL_SOURCE_LOCATION(function),
		"the result of " + quoted(name_of_decl(function)) +
		" may borrow from several parameters", {},
		"say which: __fe_borrows(1) for the first; or __fe_gives, if the caller owns it"});
}

void check_call(const visit &v)
{
	tree function = get_callee_fndecl(v.expr);

	if (!function || !written_by_driver(v) ||
	    origin_of_decl(function) != origin::layer || !is_open(TREE_TYPE(function)))
		return;
	report({rule::missing_contract, v.where,
		quoted(name_of_decl(function)) +
		" does not say from which of its parameters the result borrows",
		{{DECL_SOURCE_LOCATION(function), "declared here"}},
		"add __fe_borrows() or __fe_gives to its declaration in the layer"});
}

} /* namespace */

void register_contracts(const char *)
{
	on_function(check_definition);
	on_driver_expression({CALL_EXPR}, check_call);
}

} /* namespace ferrule */

// SPDX-License-Identifier: GPL-2.0
/*
 * What <ferrule/mmio.h> asks of an access to a register: its own assertions, which say where the
 * register is declared, and values that are wider than it.
 */
#include "analyses.h"
#include "arithmetic.h"
#include "report.h"
#include "walk.h"

namespace ferrule {

namespace {

bool is_marked(tree function_type, const char *word)
{
	return function_type && lookup_attribute(word, TYPE_ATTRIBUTES(function_type));
}

std::string text_of(tree argument)
{
	STRIP_NOPS(argument);
	if (TREE_CODE(argument) == ADDR_EXPR)
		argument = TREE_OPERAND(argument, 0);
	if (TREE_CODE(argument) == ARRAY_REF)
		argument = TREE_OPERAND(argument, 0);
	return TREE_CODE(argument) == STRING_CST ? TREE_STRING_POINTER(argument) : "";
}

/* FE_REG() makes several names of one: any of them is where it stands. */
std::vector<note> declaration_of(const std::string &reg)
{
	tree decl = lookup_name(get_identifier((reg + "__fe_type").c_str()));

	if (!decl || TREE_CODE(decl) != TYPE_DECL)
		return {};
	return { { DECL_SOURCE_LOCATION(decl), quoted(reg) + " is declared here" } };
}

void report_access(location_t where, tree reg, const std::string &what, const std::string &hint)
{
	std::string name = text_of(reg);

	report({ rule::register_access, where, quoted(name) + " " + what, declaration_of(name), hint });
}

void check_call(const visit &v)
{
	tree callee = get_callee_fndecl(v.expr);

	if (!callee || !is_marked(TREE_TYPE(callee), "fe_requires") || call_expr_nargs(v.expr) != 4 ||
	    !integer_zerop(c_fully_fold(CALL_EXPR_ARG(v.expr, 0), false, nullptr)))
		return;
	report_access(v.where, CALL_EXPR_ARG(v.expr, 1), text_of(CALL_EXPR_ARG(v.expr, 2)),
		      text_of(CALL_EXPR_ARG(v.expr, 3)));
}

} /* namespace */

bool narrows(gimple *g)
{
	return is_gimple_call(g) && gimple_call_num_args(g) == 3 &&
	       is_marked(gimple_call_fntype(g), "fe_narrows");
}

void check_narrowed(gimple *g, const values_fn &values, findings &found)
{
	tree most = gimple_call_arg(g, 1);
	std::string reg = text_of(gimple_call_arg(g, 2));

	if (is_number(most) && values(gimple_call_arg(g, 0)).hi > number(most))
		found.push_back({ rule::register_access, gimple_location(g),
				  quoted(reg) + " is narrower than the value may be", declaration_of(reg),
				  "mask the value, test it in front, or compute it in the register's type" });
}

void register_registers(const char *)
{
	on_expression({CALL_EXPR}, check_call);
}

} /* namespace ferrule */

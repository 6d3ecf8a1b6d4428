// SPDX-License-Identifier: GPL-2.0
#include "walk.h"
#include "origin.h"
#include "report.h"

namespace ferrule {

namespace {

/* By the code of the expression: most are of no interest to most rules. */
struct {
	std::vector<expression_check> all, in_driver;
} expression_checks[MAX_TREE_CODES];

std::vector<decl_check> function_checks, end_checks, variable_checks;

/* The walk over one function or one initialiser. */
class walker {
public:
	explicit walker(tree inside);

	void walk(tree t);

private:
	void walk_parts(tree t);
	void walk_list(tree list);
	void walk_constructor(tree constructor);
	void walk_decl(tree decl);

	tree inside;
	location_t where;
	bool in_driver;
	std::vector<tree> above;
	std::unordered_set<tree> saved;
};

walker::walker(tree inside)
	: inside(inside), where(DECL_SOURCE_LOCATION(inside)),
	  in_driver(unit_role() == role::driver && origin_of_decl(inside) != origin::layer)
{
}

void walker::walk(tree t)
{
	if (!t || t == error_mark_node || TYPE_P(t) || TREE_CODE(t) == BLOCK ||
	    TREE_CODE(t) == IDENTIFIER_NODE)
		return;
	/* The one kind of expression that stands in several places. */
	if (TREE_CODE(t) == SAVE_EXPR && !saved.insert(t).second)
		return;

	location_t around = where;

	if (EXPR_HAS_LOCATION(t))
		where = EXPR_LOCATION(t);

	visit v = {t, where, inside, in_driver, above, {}};

	for (expression_check check : expression_checks[TREE_CODE(t)].all)
		check(v);
	if (in_driver)
		for (expression_check check : expression_checks[TREE_CODE(t)].in_driver)
			check(v);
	above.push_back(t);
	walk_parts(t);
	above.pop_back();
	where = around;
}

void walker::walk_parts(tree t)
{
	switch (TREE_CODE(t)) {
	case STATEMENT_LIST:
		return walk_list(t);
	case CONSTRUCTOR:
		return walk_constructor(t);
	case DECL_EXPR:
		return walk_decl(DECL_EXPR_DECL(t));
	case BIND_EXPR:
		return walk(BIND_EXPR_BODY(t));
	case COMPONENT_REF:
		return walk(TREE_OPERAND(t, 0));
	case TREE_LIST:
		walk(TREE_VALUE(t));
		return walk(TREE_CHAIN(t));
	default:
		break;
	}
	if (!EXPR_P(t))
		return;
	for (int i = 0; i < TREE_OPERAND_LENGTH(t); i++)
		walk(TREE_OPERAND(t, i));
}

void walker::walk_list(tree list)
{
	for (tree_stmt_iterator i = tsi_start(list); !tsi_end_p(i); tsi_next(&i))
		walk(tsi_stmt(i));
}

void walker::walk_constructor(tree constructor)
{
	unsigned int i;
	tree value;

	FOR_EACH_CONSTRUCTOR_VALUE(CONSTRUCTOR_ELTS(constructor), i, value)
		walk(value);
}

void walker::walk_decl(tree decl)
{
	if (!VAR_P(decl) || decl == error_mark_node)
		return;

	location_t around = where;

	where = DECL_SOURCE_LOCATION(decl);
	for (decl_check check : variable_checks)
		check(decl);
	walk(DECL_INITIAL(decl));
	where = around;
}

void walk_function(tree function)
{
	for (decl_check check : function_checks)
		check(function);
	walker(function).walk(DECL_SAVED_TREE(function));
	for (decl_check check : end_checks)
		check(function);

	cgraph_node *node = cgraph_node::get(function);

	if (!node)
		return;
	for (cgraph_node *nested = first_nested_function(node); nested;
	     nested = next_nested_function(nested))
		walk_function(nested->decl);
}

/* The kernel's headers are held to nothing. */
bool is_ours(tree decl)
{
	return origin_of_decl(decl) != origin::foreign;
}

void function_finished(void *function, void *)
{
	tree decl = static_cast<tree>(function);

	if (!broken_code() && TREE_CODE(decl) == FUNCTION_DECL && is_ours(decl))
		walk_function(decl);
}

/* Variables outside of functions; those inside are met on the walk. */
void variable_finished(void *variable, void *)
{
	tree decl = static_cast<tree>(variable);

	if (!decl || decl == error_mark_node || !VAR_P(decl) || DECL_EXTERNAL(decl) ||
	    current_function_decl || TREE_TYPE(decl) == error_mark_node || broken_code() ||
	    origin_being_read() == origin::foreign || !is_ours(decl))
		return;
	for (decl_check check : variable_checks)
		check(decl);
	walker(decl).walk(DECL_INITIAL(decl));
}

} /* namespace */

/* Several checks ask this of each expression. */
bool written_by_driver(const visit &v)
{
	if (!v.by_driver)
		v.by_driver = v.in_driver &&
			      (EXPR_HAS_LOCATION(v.expr) || declared_by_driver(v.inside)) &&
			      written_by_driver(v.where);
	return *v.by_driver;
}

void on_expression(codes of, expression_check check)
{
	for (enum tree_code code : of)
		expression_checks[code].all.push_back(check);
}

void on_driver_expression(codes of, expression_check check)
{
	for (enum tree_code code : of)
		expression_checks[code].in_driver.push_back(check);
}

void on_function(decl_check check)
{
	function_checks.push_back(check);
}

void on_function_end(decl_check check)
{
	end_checks.push_back(check);
}

void on_variable(decl_check check)
{
	variable_checks.push_back(check);
}

void register_walk(const char *plugin)
{
	register_callback(plugin, PLUGIN_PRE_GENERICIZE, function_finished, nullptr);
	register_callback(plugin, PLUGIN_FINISH_DECL, variable_finished, nullptr);
}

} /* namespace ferrule */

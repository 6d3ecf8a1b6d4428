// SPDX-License-Identifier: GPL-2.0
/*
 * Scopes: jumps past the declaration of a variable with a cleanup, and the reach of
 * FE_UNSAFE().
 */
#include "analyses.h"
#include "attributes.h"
#include "origin.h"
#include "report.h"
#include "walk.h"

namespace ferrule {

namespace {

/* The cleanups that run when control leaves a point, outermost first. */
using cleanups = std::vector<tree>;

struct jump {
	tree label;		/* NULL_TREE: computed, so any label whose address is taken */
	location_t where;
	cleanups inside;
};

struct jumps {
	std::unordered_map<tree, cleanups> labels;
	std::vector<jump> taken;
	std::unordered_set<tree> addressed;
};

jumps of_function;
unsigned int unsafe_count;
location_t first_unsafe;

/* gcc makes each cleanup a TRY_FINALLY_EXPR around the rest of the block. */
cleanups cleanups_of(const std::vector<tree> &above)
{
	cleanups list;

	for (tree t : above)
		if (TREE_CODE(t) == TRY_FINALLY_EXPR)
			list.push_back(t);
	return list;
}

tree nearest_switch(const std::vector<tree> &above)
{
	for (auto t = above.rbegin(); t != above.rend(); ++t)
		if (TREE_CODE(*t) == SWITCH_STMT || TREE_CODE(*t) == SWITCH_EXPR)
			return *t;
	return NULL_TREE;
}

/* Those of the label that the jump is not inside of: their variables are never made. */
tree skipped(const cleanups &from, const cleanups &to)
{
	for (size_t i = 0; i < to.size(); i++)
		if (i >= from.size() || from[i] != to[i])
			return to[i];
	return NULL_TREE;
}

void judge(const jump &j, const cleanups &target)
{
	tree cleanup = skipped(j.inside, target);

	if (!cleanup)
		return;
	report({rule::goto_into_scope, j.where,
		"the jump skips the declaration of a variable that is cleaned up at the end of "
		"its scope", {{EXPR_LOCATION(cleanup), "declared here"}},
		"declare it before the jump, or give the code after it a block of its own"});
}

/* A case label's jump is its switch: report the label, which is what is misplaced. */
void judge_case(const visit &v)
{
	tree around = nearest_switch(v.above);
	std::vector<tree> above_switch;

	for (tree t : v.above) {
		if (t == around)
			break;
		above_switch.push_back(t);
	}
	judge({NULL_TREE, v.where, cleanups_of(above_switch)}, cleanups_of(v.above));
}

void collect_jump(const visit &v)
{
	tree t = v.expr;

	switch (TREE_CODE(t)) {
	case LABEL_EXPR:
		of_function.labels[LABEL_EXPR_LABEL(t)] = cleanups_of(v.above);
		break;
	case GOTO_EXPR: {
		tree to = GOTO_DESTINATION(t);

		if (TREE_CODE(to) != LABEL_DECL)
			to = NULL_TREE;
		of_function.taken.push_back({to, v.where, cleanups_of(v.above)});
		break;
	}
	case ADDR_EXPR:
		if (TREE_CODE(TREE_OPERAND(t, 0)) == LABEL_DECL)
			of_function.addressed.insert(TREE_OPERAND(t, 0));
		break;
	case ASM_EXPR:
		for (tree l = ASM_LABELS(t); l; l = TREE_CHAIN(l))
			of_function.taken.push_back({TREE_VALUE(l), v.where, cleanups_of(v.above)});
		break;
	case CASE_LABEL_EXPR:
		judge_case(v);
		break;
	default:
		break;
	}
}

void judge_jumps(tree)
{
	for (const jump &j : of_function.taken)
		for (const auto &[label, inside] : of_function.labels)
			if (label == j.label || (!j.label && of_function.addressed.count(label)))
				judge(j, inside);
}

tree note_last(tree *t, int *, void *data)
{
	location_t *last = static_cast<location_t *>(data);

	if (EXPR_HAS_LOCATION(*t)) {
		location_t where = line_of(EXPR_LOCATION(*t));

		if (*last == UNKNOWN_LOCATION ||
		    linemap_location_before_p(line_table, *last, where))
			*last = where;
	}
	return NULL_TREE;
}

/* A block does not know where it ends: its last expression tells, to the line. */
location_t end_of(tree block, tree function)
{
	location_t last = UNKNOWN_LOCATION;

	if (block == DECL_SAVED_TREE(function) && DECL_STRUCT_FUNCTION(function))
		last = DECL_STRUCT_FUNCTION(function)->function_end_locus;
	if (last == UNKNOWN_LOCATION)
		walk_tree_without_duplicates(&BIND_EXPR_BODY(block), note_last, &last);
	return last;
}

/* "Why" cannot be checked, only that somebody wrote a sentence. */
bool is_a_reason(const std::string &text)
{
	unsigned int words = 0;
	bool inside = false;

	for (char c : text) {
		bool letter = ISALPHA(c);

		words += letter && !inside;
		inside = letter;
	}
	return words >= 3;
}

void check_reason(tree mark)
{
	if (is_a_reason(unsafe_reason(mark)))
		return;
	report({rule::unsafe_without_reason, DECL_SOURCE_LOCATION(mark),
		"FE_UNSAFE() does not say why the code is sound", {},
		"name what guarantees it, in a sentence: the next reader has to believe it"});
}

/* Before what is in the block is judged. */
void lift_in_block(const visit &block)
{
	for (tree v = BIND_EXPR_VARS(block.expr); v; v = DECL_CHAIN(v)) {
		if (!is_unsafe_mark(v))
			continue;
		check_reason(v);
		if (!unsafe_count++)
			first_unsafe = DECL_SOURCE_LOCATION(v);
		lift_rules(DECL_SOURCE_LOCATION(v), end_of(block.expr, block.inside));
	}
}

void begin_function(tree)
{
	of_function = jumps();
}

void check_mark_outside(tree variable)
{
	if (is_unsafe_mark(variable) && !DECL_CONTEXT(variable))
		report({rule::unsafe_without_reason, DECL_SOURCE_LOCATION(variable),
			"FE_UNSAFE() stands outside of every function", {},
			"put it among the declarations of the block that needs it"});
}

/* The reader of a build log sees how far the guarantees reach. */
void print_count(void *, void *)
{
	if (unsafe_count)
		inform(line_of(first_unsafe), "%<FE_UNSAFE%> is used %u time(s) in this unit",
		       unsafe_count);
}

} /* namespace */

void register_scopes(const char *plugin)
{
	on_function(begin_function);
	on_expression({BIND_EXPR}, lift_in_block);
	on_expression({LABEL_EXPR, GOTO_EXPR, ADDR_EXPR, ASM_EXPR, CASE_LABEL_EXPR}, collect_jump);
	on_function_end(judge_jumps);
	on_variable(check_mark_outside);
	register_callback(plugin, PLUGIN_FINISH_UNIT, print_count, nullptr);
}

} /* namespace ferrule */

// SPDX-License-Identifier: GPL-2.0
/*
 * Loops that may never end: what has to happen for that is up to a device, the counter may
 * stand still, or it cannot count as far as it has to.
 */
#include "loops.h"
#include "origin.h"

namespace ferrule {

namespace {

/* A loop whose conditions are more involved than that is believed to end. */
constexpr int MAX_STEPS = 1000;

/* What a condition depends on, as far as the loop changes it. */
enum source : unsigned int {
	FIXED = 0,
	DEVICE = 1,	/* a register is read */
	STORED = 2,	/* memory */
	COUNTED = 4,	/* a variable that the loop steps on */
	OTHER = 8,	/* what a function returns, or what cannot be followed */
};

std::string callee_name(gimple *g)
{
	tree callee = is_gimple_call(g) ? gimple_call_fndecl(g) : NULL_TREE;

	return callee && DECL_NAME(callee) ? IDENTIFIER_POINTER(DECL_NAME(callee)) : "";
}

bool is_register_read(gimple *g)
{
	static const std::string suffix = "__fe_read";
	std::string name = callee_name(g);

	return name.size() > suffix.size() && name.substr(name.size() - suffix.size()) == suffix;
}

class one_loop {
public:
	one_loop(struct function *fun, class loop *l) : fun(fun), l(l) {}

	std::vector<loop_question> look();

private:
	/* The end of a block that control may leave the loop from. */
	struct way_out {
		gimple *g;
		unsigned int depends_on;
		bool if_true;
	};

	bool is_inside(gimple *g) const { return gimple_bb(g) && flow_bb_inside_loop_p(l, gimple_bb(g)); }
	void find_definitions();
	bool find_ways_out();
	range if_gone(tree t, int depth) const;
	bool is_taken_if_gone(const way_out &w) const;
	bool only_waits() const;
	unsigned int trace(tree t, std::set<tree> &path);
	unsigned int trace_statement(gimple *g, std::set<tree> &path);
	bool is_plain(tree t, int depth) const;
	void note_step(gimple *g, tree variable, std::vector<loop_question> &questions);
	void note_narrow(gimple *g, std::vector<loop_question> &questions);

	struct function *fun;
	class loop *l;
	std::map<tree, std::vector<gimple *>> definitions;
	std::vector<way_out> ways;
	std::set<tree> counters;
	int steps = 0;
};

void one_loop::find_definitions()
{
	basic_block bb;

	FOR_EACH_BB_FN(bb, fun)
		for (auto it = gsi_start_bb(bb); flow_bb_inside_loop_p(l, bb) && !gsi_end_p(it); gsi_next(&it))
			if (tree to = gimple_get_lhs(gsi_stmt(it)))
				definitions[to].push_back(gsi_stmt(it));
}

/* What a device that is gone answers: who compares with it asks for that. */
bool is_all_ones(tree t)
{
	return t && TREE_CODE(t) == INTEGER_CST && integer_all_onesp(t);
}

unsigned int one_loop::trace_statement(gimple *g, std::set<tree> &path)
{
	unsigned int all = FIXED;

	if (is_gimple_call(g)) {
		tree callee = gimple_call_fndecl(g);

		if (callee && fndecl_built_in_p(callee, BUILT_IN_EXPECT))
			return trace(gimple_call_arg(g, 0), path);
		return is_register_read(g) ? DEVICE : OTHER;
	}
	if (!is_gimple_assign(g))
		return OTHER;
	for (unsigned int i = 1; i < gimple_num_ops(g); i++)
		all |= trace(gimple_op(g, i), path);
	return (all & DEVICE) && is_all_ones(gimple_assign_rhs2(g)) ? OTHER : all;
}

unsigned int one_loop::trace(tree t, std::set<tree> &path)
{
	if (!t || CONSTANT_CLASS_P(t))
		return FIXED;
	if (TREE_CODE(t) != SSA_NAME && !is_followed(t))
		return handled_component_p(t) || TREE_CODE(t) == MEM_REF ? STORED : OTHER;

	auto set = definitions.find(t);
	unsigned int all = FIXED;

	if (set == definitions.end())
		return FIXED;
	if (++steps > MAX_STEPS)
		return OTHER;
	if (!path.insert(t).second) {
		counters.insert(t);
		return COUNTED;
	}
	for (gimple *g : set->second)
		all |= trace_statement(g, path);
	path.erase(t);
	return all;
}

/* False: there is one that says nothing of when. */
bool one_loop::find_ways_out()
{
	basic_block bb;

	FOR_EACH_BB_FN(bb, fun) {
		edge e;
		edge_iterator it;
		bool leaves = false, if_true = false;

		if (!flow_bb_inside_loop_p(l, bb))
			continue;
		FOR_EACH_EDGE(e, it, bb->succs) {
			if (flow_bb_inside_loop_p(l, e->dest))
				continue;
			leaves = true;
			if_true = e->flags & EDGE_TRUE_VALUE;
		}
		if (!leaves)
			continue;

		gimple_stmt_iterator last = gsi_last_nondebug_bb(bb);
		gimple *g = gsi_end_p(last) ? nullptr : gsi_stmt(last);
		std::set<tree> path;

		if (!g || gimple_code(g) != GIMPLE_COND)
			return false;

		unsigned int depends_on = trace(gimple_cond_lhs(g), path) | trace(gimple_cond_rhs(g), path);

		if ((depends_on & DEVICE) && is_all_ones(gimple_cond_rhs(g)))
			depends_on = OTHER;
		ways.push_back({ g, depends_on, if_true });
	}
	return !ways.empty();
}

/* What the operand is if registers read all ones; anything, if that does not say it. */
range one_loop::if_gone(tree t, int depth) const
{
	if (is_number(t))
		return { number(t), number(t) };

	range all = range_of_type(TREE_TYPE(t));
	auto set = definitions.find(t);

	if (depth > 8 || set == definitions.end() || set->second.size() != 1 || !INTEGRAL_TYPE_P(TREE_TYPE(t)))
		return all;

	gimple *g = set->second[0];

	if (is_register_read(g))
		return { all.hi, all.hi };
	if (!is_gimple_assign(g) || !INTEGRAL_TYPE_P(TREE_TYPE(gimple_assign_rhs1(g))))
		return all;

	range a = if_gone(gimple_assign_rhs1(g), depth + 1);
	tree second = gimple_assign_rhs2(g);

	if (gimple_assign_single_p(g) || CONVERT_EXPR_CODE_P(gimple_assign_rhs_code(g)))
		return wrapped(a, all);
	return second ? combine(gimple_assign_rhs_code(g), a, if_gone(second, depth + 1), TREE_TYPE(t)) : all;
}

/* (status & EMPTY) is not zero: a loop that ends then ends when the device is gone. */
bool one_loop::is_taken_if_gone(const way_out &w) const
{
	range a = if_gone(gimple_cond_lhs(w.g), 0), b = if_gone(gimple_cond_rhs(w.g), 0);
	enum tree_code code = w.if_true ? gimple_cond_code(w.g) :
					  invert_tree_comparison(gimple_cond_code(w.g), false);

	if (!a.single() || !b.single())
		return false;
	return code == NE_EXPR ? a.lo != b.lo : code == EQ_EXPR && a.lo == b.lo;
}

/* Nothing happens in the loop but that one register is read. */
bool one_loop::only_waits() const
{
	basic_block bb;
	int reads = 0;

	FOR_EACH_BB_FN(bb, fun)
		for (auto it = gsi_start_bb(bb); flow_bb_inside_loop_p(l, bb) && !gsi_end_p(it); gsi_next(&it)) {
			gimple *g = gsi_stmt(it);

			if (is_register_read(g))
				reads++;
			else if (is_gimple_call(g) && !gimple_call_builtin_p(g) && !gimple_call_lhs(g) &&
				 callee_name(g) != "fe_mmio_require")	/* of the layer, while compiling */
				return false;
		}
	return reads < 2;
}

/* The operand is a sum of numbers out of memory and constants, whatever way control took. */
bool one_loop::is_plain(tree t, int depth) const
{
	if (CONSTANT_CLASS_P(t) || handled_component_p(t) || TREE_CODE(t) == MEM_REF)
		return true;

	auto set = definitions.find(t);

	if (depth > 8 || set == definitions.end() || set->second.size() != 1 || !is_gimple_assign(set->second[0]))
		return false;

	gimple *g = set->second[0];
	enum tree_code code = gimple_assign_rhs_code(g);

	if (!gimple_assign_single_p(g) && !CONVERT_EXPR_CODE_P(code) && code != PLUS_EXPR)
		return false;
	return is_plain(gimple_assign_rhs1(g), depth + 1) &&
	       (!gimple_assign_rhs2(g) || is_plain(gimple_assign_rhs2(g), depth + 1));
}

/* The only step of the counter, by a number that is read from somewhere. */
void one_loop::note_step(gimple *g, tree variable, std::vector<loop_question> &questions)
{
	tree by = NULL_TREE;
	if (!is_gimple_assign(g) || gimple_assign_rhs_code(g) != PLUS_EXPR)
		return;
	if (gimple_assign_rhs1(g) == variable)
		by = gimple_assign_rhs2(g);
	else if (gimple_assign_rhs2(g) == variable)
		by = gimple_assign_rhs1(g);
	if (by && TREE_CODE(by) != INTEGER_CST && is_plain(by, 0))
		questions.push_back({ g, by, true, 0, gimple_location(g) });
}

/* c < n, where c is the loop's only counter, and its type ends before that of n. */
void one_loop::note_narrow(gimple *g, std::vector<loop_question> &questions)
{
	tree a = gimple_cond_lhs(g), b = gimple_cond_rhs(g);

	if (gimple_cond_code(g) == GT_EXPR)
		std::swap(a, b);
	else if (gimple_cond_code(g) != LT_EXPR)
		return;

	auto conversion = definitions.find(a);

	if (conversion == definitions.end() || conversion->second.size() != 1 ||
	    !gimple_assign_cast_p(conversion->second[0]))
		return;

	tree counter = gimple_assign_rhs1(conversion->second[0]);
	std::set<tree> path;

	/* what a caller passes is the caller's business */
	if (TREE_CODE(b) == SSA_NAME && gimple_assign_cast_p(SSA_NAME_DEF_STMT(b)))
		b = gimple_assign_rhs1(SSA_NAME_DEF_STMT(b));
	if (TREE_CODE(b) == PARM_DECL)
		return;
	if (!counters.count(counter) || !TYPE_UNSIGNED(TREE_TYPE(counter)) || TREE_CODE(b) == INTEGER_CST ||
	    trace(b, path) != FIXED)
		return;
	questions.push_back({ g, b, false, range_of_type(TREE_TYPE(counter)).hi, gimple_location(g) });
}

/* Where the driver wrote the condition; in a macro of the layer's it did not. */
location_t place_of(gimple *condition)
{
	tree t = gimple_cond_lhs(condition);
	location_t where = gimple_location(condition);

	if (!written_by_driver(where) && TREE_CODE(t) == SSA_NAME)
		where = gimple_location(SSA_NAME_DEF_STMT(t));
	return written_by_driver(where) ? where : UNKNOWN_LOCATION;
}

std::vector<loop_question> one_loop::look()
{
	std::vector<loop_question> questions;
	unsigned int all = FIXED;

	find_definitions();
	if (!find_ways_out())
		return questions;

	location_t where = place_of(ways[0].g);

	if (where == UNKNOWN_LOCATION)
		return questions;
	for (const way_out &w : ways)
		all |= w.depends_on;
	if (all == DEVICE &&
	    (only_waits() || std::none_of(ways.begin(), ways.end(), [this](const way_out &w) {
		return is_taken_if_gone(w);
	    })))
		report({ rule::endless_loop, where,
			 "this loop ends only if the device says so, which may be gone", {},
			 "wait with fe_poll(), count the rounds, or leave where fe_gone() says so" });
	if (counters.size() != 1 || (all & (DEVICE | OTHER)))
		return questions;

	tree counter = *counters.begin();

	if (definitions[counter].size() == 1 && all & COUNTED)
		note_step(definitions[counter][0], counter, questions);
	if (ways.size() == 1)
		note_narrow(ways[0].g, questions);
	return questions;
}

} /* namespace */

std::vector<loop_question> questions_of_loops(struct function *fun)
{
	std::vector<loop_question> all;
	struct loops *known = loops_for_fn(fun);

	for (unsigned int i = 1; known && i < vec_safe_length(known->larray); i++)
		if (class loop *l = (*known->larray)[i])
			for (const loop_question &q : one_loop(fun, l).look())
				all.push_back(q);
	return all;
}

void check_loop(const loop_question &q, const values_fn &values, findings &found)
{
	range r = values(q.number);

	if (q.is_step && r.lo <= 0 && r.hi >= 0)
		found.push_back({ rule::endless_loop, q.where,
				  "the loop stands still where it is moved on by zero", {},
				  "refuse a step of zero in front: what is in memory may say so" });
	if (!q.is_step && r.hi > q.most)
		found.push_back({ rule::endless_loop, q.where,
				  "the loop's counter is too narrow to reach its end", {},
				  "give the counter the type of what it is compared with" });
}

} /* namespace ferrule */

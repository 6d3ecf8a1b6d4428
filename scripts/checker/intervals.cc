// SPDX-License-Identifier: GPL-2.0
/*
 * Intervals go round the graph until nothing new arrives. Where a loop makes one grow it
 * grows to the next number that the function mentions, and at last to its type's bounds.
 */
#include "values.h"

namespace ferrule {

namespace {

/* So often an interval may grow to the next number; then it has its type's bounds. */
constexpr int MAX_GROWTH = 24;
/* Before a loop came round that often its intervals are only joined. */
constexpr int MIN_VISITS = 2;
/* So often what two numbers are apart may grow by what it grew; then nothing is known of it. */
constexpr int MAX_APART = 8;

} /* namespace */

bool is_followed(const_tree t)
{
	if (!INTEGRAL_TYPE_P(TREE_TYPE(t)) || TYPE_PRECISION(TREE_TYPE(t)) > 64)
		return false;
	return TREE_CODE(t) == SSA_NAME ||
	       ((VAR_P(t) || TREE_CODE(t) == PARM_DECL || TREE_CODE(t) == RESULT_DECL) &&
		!TREE_ADDRESSABLE(t) && !TREE_STATIC(t) && !(VAR_P(t) && DECL_EXTERNAL(t)) &&
		!TREE_THIS_VOLATILE(t));
}

void intervals::note_number(tree t)
{
	if (!t || !is_number(t) || !INTEGRAL_TYPE_P(TREE_TYPE(t)))
		return;
	for (int by = -1; by <= 1; by++)
		numbers.insert(number(t) + by);
}

/* What the function compares with and counts to, and some more: where growing may come to rest. */
void intervals::find_numbers()
{
	basic_block bb;

	if (is_careful())
		numbers.insert({ 0xff, 0xfff, 0xffff, 0xffffff });
	FOR_EACH_BB_FN(bb, fun)
		for (auto it = gsi_start_bb(bb); !gsi_end_p(it); gsi_next(&it)) {
			gimple *g = gsi_stmt(it);

			if (is_gimple_assign(g) || gimple_code(g) == GIMPLE_COND)
				for (unsigned int i = 0; i < gimple_num_ops(g); i++)
					note_number(gimple_op(g, i));
			if (is_gimple_assign(g) && TREE_CODE(gimple_assign_lhs(g)) == SSA_NAME)
				definitions[gimple_assign_lhs(g)] = g;
			if (is_gimple_call(g) && gimple_call_lhs(g) &&
			    TREE_CODE(gimple_call_lhs(g)) == SSA_NAME)
				definitions[gimple_call_lhs(g)] = g;
		}
}

range intervals::plain(const state &s, tree t) const
{
	if (is_number(t))
		return { number(t), number(t) };
	if (!follows(t))
		return range_of_type(TREE_TYPE(t));

	auto known = s.ranges.find(t);

	return known == s.ranges.end() ? range_of_type(TREE_TYPE(t)) : known->second;
}

range intervals::get(const state &s, tree t) const
{
	range r = plain(s, t);

	if (!is_careful())
		return r;

	range close = s.apart.tightened(t, r, [&](tree other) { return plain(s, other); });

	return close.empty() ? r : close;
}

range intervals::get(const states &all, tree t) const
{
	range r = get(all.front(), t);

	for (const state &s : all)
		r = join(r, get(s, t));
	return r;
}

range intervals::compute(const state &s, gimple *g) const
{
	tree type = TREE_TYPE(gimple_get_lhs(g));
	range all = range_of_type(type);

	if (is_gimple_call(g)) {
		range r = { 1, 0 };
		const outcomes *known = is_careful() ? outcomes_of(gimple_call_fndecl(g), depth + 1) : nullptr;

		for (int i = 0; known && i < 3; i++)
			if ((*known)[i].happens)
				r = r.empty() ? (*known)[i].result : join(r, (*known)[i].result);
		return r.empty() ? all : wrapped(r, all);
	}
	if (!is_gimple_assign(g))
		return all;

	enum tree_code code = gimple_assign_rhs_code(g);
	tree first = named(gimple_assign_rhs1(g)), second = gimple_assign_rhs2(g);

	if (!INTEGRAL_TYPE_P(TREE_TYPE(first)) || TYPE_PRECISION(TREE_TYPE(first)) > 64)
		return all;

	range a = get(s, first), r = all;

	if (code == COND_EXPR)
		return join(get(s, second), get(s, gimple_assign_rhs3(g)));
	if (gimple_assign_single_p(g) || CONVERT_EXPR_CODE_P(code))
		r = a;
	else if (code == NEGATE_EXPR)
		r = { -a.hi, -a.lo };
	else if (code == ABS_EXPR && a.lo >= 0)
		r = a;
	else if (code == BIT_NOT_EXPR)
		r = TYPE_UNSIGNED(type) ? range{ all.hi - a.hi, all.hi - a.lo } : range{ -a.hi - 1, -a.lo - 1 };
	else if (second && INTEGRAL_TYPE_P(TREE_TYPE(second)))
		r = combine(code, a, get(s, second), type);
	if (std::optional<range> known = is_careful() ? exact(s, g) : std::nullopt; known && all.contains(*known))
		r = *known;
	return wrapped(r, all);
}

void intervals::forget(state &s, tree t) const
{
	s.ranges.erase(t);
	s.apart.forget(t);
}

void intervals::pass(state &s, gimple *g) const
{
	forget_fields(s, g);
	if (gimple_code(g) == GIMPLE_ASM) {
		for (unsigned int i = 0; i < gimple_asm_noutputs(as_a<gasm *>(g)); i++)
			forget(s, TREE_VALUE(gimple_asm_output_op(as_a<gasm *>(g), i)));
		return;
	}
	for (unsigned int i = 0; is_gimple_call(g) && !lent.empty() && i < gimple_call_num_args(g); i++)
		if (tree a = gimple_call_arg(g, i); TREE_CODE(a) == ADDR_EXPR)
			forget(s, TREE_OPERAND(a, 0));

	tree to = is_gimple_assign(g) || is_gimple_call(g) ? named(gimple_get_lhs(g)) : NULL_TREE;

	if (!to || !follows(to))
		return;
	if (gimple_clobber_p(g))
		return forget(s, to);

	range r = compute(s, g);

	if (is_careful())
		relate(s, g, r);
	if (r != range_of_type(TREE_TYPE(to)))
		s.ranges[to] = r;
	else
		s.ranges.erase(to);
}

/* True if the interval says less now. */
bool intervals::grow(range &known, const range &more, tree t, int visits) const
{
	range both = join(known, more), all = range_of_type(TREE_TYPE(t));

	if (both == known)
		return false;
	if (visits > MAX_GROWTH)
		both = all;
	if (visits > MIN_VISITS && both.hi > known.hi) {
		auto next = numbers.lower_bound(both.hi);

		both.hi = next == numbers.end() ? all.hi : std::min(*next, all.hi);
	}
	if (visits > MIN_VISITS && both.lo < known.lo) {
		auto next = numbers.upper_bound(both.lo);

		both.lo = next == numbers.begin() ? all.lo : std::max(*std::prev(next), all.lo);
	}
	known = both;
	return true;
}

/* True if the known state says less now. */
bool intervals::join_into(state &known, const state &s, int visits) const
{
	bool changed = false;
	state before;

	if (is_careful())
		before = known;
	for (auto it = known.ranges.begin(); it != known.ranges.end();) {
		auto other = s.ranges.find(it->first);

		if (other == s.ranges.end()) {
			it = known.ranges.erase(it);
			changed = true;
			continue;
		}
		changed |= grow(it->second, other->second, it->first, visits);
		++it;
	}
	return is_careful() ? join_differences(known, s, before, visits > MAX_APART) || changed : changed;
}

void intervals::arrive(basic_block bb, const state &s, bool back)
{
	arrived &here = at[bb->index];
	key k = here.merged || !is_careful() ? key() : key_of(s);
	auto known = here.in.find(k);

	if (known == here.in.end()) {
		here.in.emplace(k, s);
		waiting.insert(bb->index);
		merge(here);
		return;
	}

	int n = back ? ++here.visits[k] : here.visits[k];

	if (join_into(known->second, s, n))
		waiting.insert(bb->index);
}

void intervals::leave_switch(basic_block bb, gswitch *g, const state &s)
{
	tree index = gimple_switch_index(g);
	std::map<basic_block, range> to;

	for (unsigned int i = 1; i < gimple_switch_num_labels(g); i++) {
		tree label = gimple_switch_label(g, i);
		tree low = CASE_LOW(label), high = CASE_HIGH(label) ? CASE_HIGH(label) : low;
		basic_block target = label_to_block(fun, CASE_LABEL(label));
		range r = is_number(low) && is_number(high) ? range{ number(low), number(high) } :
							      range_of_type(TREE_TYPE(index));
		auto known = to.emplace(target, r);

		known.first->second = join(known.first->second, r);
	}

	basic_block rest = label_to_block(fun, CASE_LABEL(gimple_switch_label(g, 0)));

	to[rest] = range_of_type(TREE_TYPE(index));
	for (const auto &[target, r] : to) {
		state next = s;

		if (narrow(next, index, r, 0))
			arrive(target, next, position[target->index] <= position[bb->index]);
	}
}

void intervals::leave(basic_block bb, const state &s)
{
	gimple_stmt_iterator last = gsi_last_nondebug_bb(bb);
	gimple *g = gsi_end_p(last) ? nullptr : gsi_stmt(last);
	edge e;
	edge_iterator it;

	if (g && gimple_code(g) == GIMPLE_SWITCH)
		return leave_switch(bb, as_a<gswitch *>(g), s);
	FOR_EACH_EDGE(e, it, bb->succs) {
		if (e->dest == EXIT_BLOCK_PTR_FOR_FN(fun))
			continue;

		bool is_condition = g && gimple_code(g) == GIMPLE_COND;
		tree flag = is_condition ? flag_behind(gimple_cond_lhs(g)) : NULL_TREE;

		for (state &next : split(s, flag))
			if (!is_condition || assume(next, gimple_cond_code(g), gimple_cond_lhs(g),
						    gimple_cond_rhs(g), e->flags & EDGE_TRUE_VALUE, 0))
				arrive(e->dest, next, position[e->dest->index] <= position[bb->index]);
	}
}

void intervals::run()
{
	std::vector<int> order(n_basic_blocks_for_fn(fun));
	int count = pre_and_rev_post_order_compute_fn(fun, nullptr, order.data(), false);

	position.assign(last_basic_block_for_fn(fun), 0);
	for (int i = 0; i < count; i++)
		position[order[i]] = i;
	find_numbers();
	if (is_careful()) {
		find_lent();
		find_fields();
		find_flags();
	}
	arrive(single_succ(ENTRY_BLOCK_PTR_FOR_FN(fun)), state(), false);
	while (!waiting.empty()) {
		int next = *std::min_element(waiting.begin(), waiting.end(), [this](int a, int b) {
			return position[a] < position[b];
		});

		waiting.erase(next);
		steps++;

		basic_block bb = BASIC_BLOCK_FOR_FN(fun, next);
		std::map<key, state> in = at[next].in;

		for (const auto &[k, s] : in) {
			states all = { s };

			for (auto it = gsi_start_bb(bb); !gsi_end_p(it); gsi_next(&it))
				pass(all, gsi_stmt(it));
			for (const state &out : all)
				leave(bb, out);
		}
	}
}

void intervals::look(const std::function<void(gimple *, const states &)> &look)
{
	basic_block bb;

	FOR_EACH_BB_FN(bb, fun) {
		states all;

		for (const auto &[k, s] : at[bb->index].in)
			all.push_back(s);
		for (auto it = gsi_start_bb(bb); !gsi_end_p(it) && !all.empty(); gsi_next(&it)) {
			look(gsi_stmt(it), all);
			pass(all, gsi_stmt(it));
		}
	}
}

void for_each_reached(struct function *fun, care how,
		      const std::function<void(gimple *g, const values_fn &values)> &look)
{
	intervals all(fun, how, 0);

	all.run();
	all.look([&](gimple *g, const intervals::states &here) {
		look(g, [&](tree operand) { return all.get(here, operand); });
	});
}

} /* namespace ferrule */

// SPDX-License-Identifier: GPL-2.0
/*
 * What is kept apart where paths meet: the values of flags, and how far apart counters are.
 * A flag is a variable that is set and tested; a counter one that is counted up or down.
 */
#include "values.h"

namespace ferrule {

namespace {

/* More states at one block, or blocks in one function, are merged; of twice that many only intervals are left. */
constexpr size_t MAX_STATES = 32;
constexpr int MAX_STEPS = 4000;
/* Of more counters than that, pair by pair, nothing is said. */
constexpr size_t MAX_COUNTERS = 8;

/* The value of a flag that says no more than its sign. */
constexpr wide UNKNOWN = static_cast<wide>(1) << 100;

bool is_step(const gimple *g)
{
	return is_gimple_assign(g) && gimple_assign_rhs2(g) && is_number(gimple_assign_rhs2(g)) &&
	       (gimple_assign_rhs_code(g) == PLUS_EXPR || gimple_assign_rhs_code(g) == MINUS_EXPR);
}

bool is_sum(const gimple *g)
{
	return is_gimple_assign(g) && (gimple_assign_rhs_code(g) == PLUS_EXPR ||
				       gimple_assign_rhs_code(g) == MINUS_EXPR);
}

/* What a step adds; in an unsigned type a large number is a small one below zero. */
wide step_of(const gimple *g)
{
	tree by = gimple_assign_rhs2(g);
	range all = range_of_type(TREE_TYPE(by));
	wide n = number(by);

	if (TYPE_UNSIGNED(TREE_TYPE(by)) && n > all.hi / 2)
		n -= all.hi + 1;
	return gimple_assign_rhs_code(g) == PLUS_EXPR ? n : -n;
}

bool is_number_of_own(const_tree t)
{
	return INTEGRAL_TYPE_P(TREE_TYPE(t)) && TYPE_PRECISION(TREE_TYPE(t)) <= 64 && !TREE_STATIC(t) &&
	       !DECL_EXTERNAL(t) && !TREE_THIS_VOLATILE(t);
}

void insert(std::vector<tree> &list, tree t)
{
	if (std::find(list.begin(), list.end(), t) == list.end())
		list.push_back(t);
}

} /* namespace */

const std::array<range, 3> &signs()
{
	static const std::array<range, 3> all = { { { -UNKNOWN, -1 }, { 0, 0 }, { 1, UNKNOWN } } };

	return all;
}

/* The variable whose value the operand is; of a truth value, that it depends on. */
tree intervals::flag_behind(tree t) const
{
	for (int i = 0; i < 4 && t && TREE_CODE(t) == SSA_NAME; i++) {
		auto def = definitions.find(t);

		if (def == definitions.end() || !is_gimple_assign(def->second))
			return NULL_TREE;
		t = gimple_assign_rhs1(def->second);
	}
	return t && follows(t) && TREE_CODE(t) != SSA_NAME && !is_field(t) ? t : NULL_TREE;
}

void intervals::find_lent()
{
	basic_block bb;

	FOR_EACH_BB_FN(bb, fun)
		for (auto it = gsi_start_bb(bb); !gsi_end_p(it); gsi_next(&it)) {
			gimple *g = gsi_stmt(it);

			for (unsigned int i = 0; i < gimple_num_ops(g); i++) {
				tree object = gimple_op(g, i);

				if (!object || TREE_CODE(object) != ADDR_EXPR)
					continue;
				object = TREE_OPERAND(object, 0);
				bool is_lent = is_gimple_call(g) && VAR_P(object);

				if (is_lent && is_number_of_own(object))
					lent.insert(object);
				else if (tree base = get_base_address(object);
					 base && !(is_lent && POINTER_TYPE_P(TREE_TYPE(object))))
					kept.insert(base);
			}
		}
	for (const_tree t : kept)
		lent.erase(t);
}

void intervals::find_flags()
{
	basic_block bb;

	FOR_EACH_BB_FN(bb, fun)
		for (auto it = gsi_start_bb(bb); !gsi_end_p(it); gsi_next(&it)) {
			gimple *g = gsi_stmt(it);
			tree to = is_gimple_assign(g) ? gimple_assign_lhs(g) : NULL_TREE;
			/* of fields there are too many, for what they tell */
			bool is_variable = to && follows(to) && TREE_CODE(to) != SSA_NAME && !is_field(to);

			if (gimple_code(g) == GIMPLE_COND) {
				if (tree flag = flag_behind(gimple_cond_lhs(g)))
					insert(flags, flag);
			} else if (gimple_code(g) == GIMPLE_RETURN) {
				tree result = gimple_return_retval(as_a<greturn *>(g));

				if (result && follows(result) && TREE_CODE(result) != SSA_NAME)
					insert(flags, result);
			}
			if (is_variable && is_sum(g))
				insert(counters, to);
			if (is_variable && (is_step(g) || TREE_CODE(TREE_TYPE(to)) == BOOLEAN_TYPE))
				insert(flags, to);
		}
	if (counters.size() > MAX_COUNTERS)
		counters.clear();
}

intervals::key intervals::key_of(const state &s) const
{
	key k;

	for (tree flag : flags) {
		range r = get(s, flag);

		if (r.single())
			k.push_back(r.lo);
		else
			k.push_back(r.lo > 0 ? UNKNOWN + 1 : r.hi < 0 ? UNKNOWN + 2 : UNKNOWN);
	}
	return k;
}

/* The state for each sign of the flag. */
intervals::states intervals::split(const state &s, tree flag) const
{
	states all;
	range r = flag ? get(s, flag) : range{ 0, 0 };

	if (!is_careful() || !flag || r.single() || !r.contains({ 0, 0 }))
		return { s };
	for (const range &sign : signs()) {
		state one = s;

		if (!meet(r, sign).empty() && narrow(one, flag, meet(r, sign), 0))
			all.push_back(one);
	}
	return all;
}

/* One step further some values begin again at the other end: `while (n--)`. These are kept apart. */
void intervals::split_step(states &all, gimple *g) const
{
	tree from = gimple_assign_rhs1(g);
	range type = range_of_type(TREE_TYPE(from));
	wide by = step_of(g);
	range stays = { type.lo - std::min<wide>(by, 0), type.hi - std::max<wide>(by, 0) };
	states more;

	for (state &s : all) {
		state wraps = s;
		range rest = by < 0 ? range{ type.lo, stays.lo - 1 } : range{ stays.hi + 1, type.hi };

		if (stays.contains(get(s, from)) || !narrow(wraps, from, rest, 0) || !narrow(s, from, stays, 0))
			continue;
		more.push_back(wraps);
	}
	all.insert(all.end(), more.begin(), more.end());
}

/* A flag that is set to what was found out just here keeps that in mind. */
void intervals::pass(states &all, gimple *g) const
{
	if (is_careful() && is_step(g) && follows(gimple_assign_rhs1(g)) && gimple_get_lhs(g) &&
	    follows(gimple_get_lhs(g)) && TREE_CODE(gimple_get_lhs(g)) != SSA_NAME && step_of(g) < 0 &&
	    all.size() < MAX_STATES)
		split_step(all, g);

	tree to = is_gimple_assign(g) || is_gimple_call(g) ? gimple_get_lhs(g) : NULL_TREE;
	bool sets_flag = is_careful() && to && all.size() < MAX_STATES &&
			 std::find(flags.begin(), flags.end(), to) != flags.end();
	states more;

	for (state &s : all) {
		state before = sets_flag ? s : state();

		pass(s, g);
		if (!sets_flag || get(s, to).single())
			continue;

		range r = get(s, to);
		states found;

		for (const range &sign : signs()) {
			state one = before;

			if (meet(r, sign).empty() || !narrow_source(one, g, meet(r, sign), 0))
				continue;
			pass(one, g);
			if (range left = meet(get(one, to), sign); !left.empty()) {
				one.ranges[to] = left;
				found.push_back(one);
			}
		}
		if (found.empty())
			continue;
		s = found.back();
		found.pop_back();
		more.insert(more.end(), found.begin(), found.end());
	}
	all.insert(all.end(), more.begin(), more.end());
}

/* What a sum, or a difference, of two numbers is before it is cut to its type. */
std::optional<range> intervals::exact(const state &s, gimple *g) const
{
	if (!is_gimple_assign(g) || !gimple_assign_rhs2(g))
		return std::nullopt;

	enum tree_code code = gimple_assign_rhs_code(g);
	tree x = gimple_assign_rhs1(g), y = gimple_assign_rhs2(g);

	if ((code != PLUS_EXPR && code != MINUS_EXPR) || is_step(g))
		return std::nullopt;

	range a = get(s, x), b = get(s, y);
	auto of = [&](tree t) { return get(s, t); };

	if (code == PLUS_EXPR)
		return range{ a.lo + b.lo, s.apart.largest_sum(x, y, a.hi + b.hi, of) };

	range r = { a.lo - b.hi, a.hi - b.lo };

	if (std::optional<wide> most = s.apart.between(x, y))
		r.hi = std::min(r.hi, *most);
	if (std::optional<wide> most = s.apart.between(y, x))
		r.lo = std::max(r.lo, -*most);
	return r;
}

/* A sum or difference that did not wrap is known from its parts, which it may replace. */
void intervals::relate_two(state &s, gimple *g, bool is_set) const
{
	tree to = gimple_get_lhs(g), x = gimple_assign_rhs1(g), y = gimple_assign_rhs2(g);
	std::optional<range> known = exact(s, g);
	bool is_exact = known && !known->empty() && range_of_type(TREE_TYPE(to)).contains(*known);
	bool is_sum = gimple_assign_rhs_code(g) == PLUS_EXPR;
	differences before = s.apart;
	auto of = [&](tree t) { return plain(s, t); };
	range a = get(s, x), b = get(s, y);

	if (is_set)
		s.apart.forget(to);
	if (!is_exact)
		return;
	for (const auto &[sum, most] : before.sums()) {
		std::optional<wide> n = is_sum && sum.c ? before.of_sum({ x, y, sum.c }, of) : std::nullopt;

		if (n && sum.c != to && *n < known->hi - of(sum.c).lo)
			s.apart.bound(to, sum.c, *n);
	}
	if (is_sum && x != to && follows(x))
		s.apart.bound(x, to, -b.lo);
	if (is_sum && y != to && follows(y))
		s.apart.bound(y, to, -a.lo);
	if (is_sum && x != to && y != to)
		s.apart.bound_sum({ x, y, to }, 0);
	if (!is_sum && x != to && follows(x))
		s.apart.bound(to, x, -b.lo);
	if (!is_sum && x != to && y != to)
		s.apart.bound_sum({ to, y, is_number(x) ? NULL_TREE : x }, is_number(x) ? number(x) : 0);
}

/* When it was computed less was known than now, of what has not changed since. */
void intervals::recall(state &s, tree t, int depth) const
{
	auto def = definitions.find(t);

	if (depth > 3 || def == definitions.end() || !is_gimple_assign(def->second))
		return;

	gimple *g = def->second;
	tree x = named(gimple_assign_rhs1(g)), y = gimple_assign_rhs2(g);

	if (!INTEGRAL_TYPE_P(TREE_TYPE(x)) || !is_unchanged(x, g) || (y && !is_unchanged(y, g)))
		return;
	recall(s, x, depth + 1);
	if (exact(s, g))
		relate_two(s, g, false);
	else if (y && is_step(g) && follows(x) && !s.apart.between(t, x))
		relate(s, g, compute(s, g));
	if (range r = meet(get(s, t), compute(s, g)); !r.empty())
		s.ranges[t] = r;
}

/* The smaller one of two, or a part of one, which is less unless there is nothing. */
void intervals::relate_smaller(state &s, gimple *g) const
{
	enum tree_code code = gimple_assign_rhs_code(g);
	tree to = gimple_get_lhs(g), from = gimple_assign_rhs1(g), by = gimple_assign_rhs2(g);
	wide least = code == TRUNC_DIV_EXPR ? 2 : 1;

	if (code == MIN_EXPR) {
		for (tree t : { from, by })
			if (follows(t) && t != to)
				s.apart.bound(to, t, 0);
	} else if ((code == TRUNC_DIV_EXPR || code == RSHIFT_EXPR) && follows(from) && from != to &&
		   is_number(by) && number(by) >= least && get(s, from).lo >= 0) {
		s.apart.bound(to, from, get(s, from).lo > 0 ? -1 : 0);
	}
}

void intervals::relate(state &s, gimple *g, const range &r) const
{
	if (exact(s, g))
		return relate_two(s, g, true);

	tree to = named(gimple_get_lhs(g));
	tree from = is_gimple_assign(g) ? named(gimple_assign_rhs1(g)) : NULL_TREE;
	bool is_copy = from && (gimple_assign_single_p(g) || CONVERT_EXPR_CODE_P(gimple_assign_rhs_code(g)));

	if (!from || !follows(from) || (!is_copy && !is_step(g))) {
		s.apart.forget(to);
		if (from)
			relate_smaller(s, g);
		return;
	}

	range a = get(s, from);
	wide by = is_copy ? 0 : step_of(g);

	if (r == range{ a.lo + by, a.hi + by })
		s.apart.follow(to, from, by);
	else
		s.apart.forget(to);
}

bool intervals::join_differences(state &known, const state &s, const state &before, bool is_loop) const
{
	std::set<std::pair<tree, tree>> pairs = before.apart.pairs();
	differences now;
	bool changed = false;

	if (steps > 2 * MAX_STEPS) {
		known.apart = now;
		return !pairs.empty() || !before.apart.sums().empty();
	}
	pairs.merge(s.apart.pairs());
	for (tree a : counters)
		for (tree b : counters)
			if (a != b)
				pairs.emplace(a, b);
	for (const auto &[a, b] : pairs) {
		auto most = [&a = a, &b = b, this](const state &in) {
			std::optional<wide> said = in.apart.between(a, b);
			wide widest = plain(in, a).hi - plain(in, b).lo;

			return said ? std::min(*said, widest) : widest;
		};
		wide then = most(before), both = std::max(then, most(s));

		/* that something else is known now need not be said: it follows */
		changed |= both > then && before.apart.between(a, b);
		if (both > then && is_loop)
			continue;
		if (both < plain(known, a).hi - plain(known, b).lo)
			now.set(a, b, both);
	}
	known.apart = now;
	return join_sums(known, s, before, is_loop) || changed;
}

bool intervals::join_sums(state &known, const state &s, const state &before, bool is_loop) const
{
	bool changed = false;
	std::map<differences::sum, wide> sums = before.apart.sums();
	std::set<tree> ends;

	sums.insert(s.apart.sums().begin(), s.apart.sums().end());

	for (const auto &entry : sums)
		ends.insert(entry.first.c);
	/* one is counted up as the other is counted down */
	for (tree a : counters)
		for (tree b : counters)
			for (tree end : ends)
				if (a < b && end != a && end != b)
					sums.insert({ { a, b, end }, 0 });
	for (const auto &entry : sums) {
		const differences::sum &sum = entry.first;
		auto most = [&sum, this](const state &in) {
			std::optional<wide> said = in.apart.of_sum(sum, [&](tree t) { return plain(in, t); });

			wide widest = plain(in, sum.a).hi + plain(in, sum.b).hi -
				      (sum.c ? plain(in, sum.c).lo : 0);

			return said ? std::min(*said, widest) : widest;
		};
		wide then = most(before), both = std::max(then, most(s));
		auto stored = before.apart.sums().find(sum);

		/* what was only concluded may be so again */
		changed |= stored != before.apart.sums().end() && both > stored->second;
		if (both > then && is_loop)
			continue;
		if (both < plain(known, sum.a).hi + plain(known, sum.b).hi - (sum.c ? plain(known, sum.c).lo : 0))
			known.apart.bound_sum(sum, both);
	}
	return changed;
}

/* Too many: what they have in common is left. */
void intervals::merge(arrived &here)
{
	if (here.merged || (here.in.size() <= MAX_STATES && steps < MAX_STEPS))
		return;

	state one = here.in.begin()->second;

	for (const auto &[k, s] : here.in)
		join_into(one, s, 0);
	here.in = { { key(), one } };
	here.visits.clear();
	here.merged = true;
}

} /* namespace ferrule */

// SPDX-License-Identifier: GPL-2.0
/*
 * Intervals go round the graph until nothing new arrives. Where a loop makes one grow it
 * grows to the next number that the function mentions, and at last to its type's bounds.
 * A condition narrows what it compares, and what that was computed from.
 */
#include "intervals.h"

#include <deque>

namespace ferrule {

namespace {

using state = std::map<tree, range>;

/* So often an interval may grow to the next number; then it has its type's bounds. */
constexpr int MAX_GROWTH = 24;
/* Before that many visits of a block its intervals are only joined. */
constexpr int MIN_VISITS = 2;
/* How far back a condition is followed through what it was computed from. */
constexpr int MAX_DEPTH = 8;

range join(const range &a, const range &b)
{
	return { std::min(a.lo, b.lo), std::max(a.hi, b.hi) };
}

range meet(const range &a, const range &b)
{
	return { std::max(a.lo, b.lo), std::min(a.hi, b.hi) };
}

wide number(const_tree constant)
{
	return TYPE_UNSIGNED(TREE_TYPE(constant)) ? static_cast<wide>(tree_to_uhwi(constant))
						  : static_cast<wide>(tree_to_shwi(constant));
}

bool is_number(const_tree t)
{
	return TREE_CODE(t) == INTEGER_CST &&
	       (TYPE_UNSIGNED(TREE_TYPE(t)) ? tree_fits_uhwi_p(t) : tree_fits_shwi_p(t));
}

/* A variable of the function alone, which nobody has a pointer to. */
bool is_followed(const_tree t)
{
	if (!INTEGRAL_TYPE_P(TREE_TYPE(t)) || TYPE_PRECISION(TREE_TYPE(t)) > 64)
		return false;
	return TREE_CODE(t) == SSA_NAME ||
	       ((VAR_P(t) || TREE_CODE(t) == PARM_DECL || TREE_CODE(t) == RESULT_DECL) &&
		!TREE_ADDRESSABLE(t) && !TREE_STATIC(t) && !(VAR_P(t) && DECL_EXTERNAL(t)) &&
		!TREE_THIS_VOLATILE(t));
}

/* All ones up to the highest bit of the number. */
wide filled(wide n)
{
	wide ones = 0;

	while (ones < n)
		ones = ones * 2 + 1;
	return ones;
}

/* What is left of an interval in a type that wraps: all of the type, if the ends come apart. */
range wrapped(range r, const range &all)
{
	wide size = all.hi - all.lo + 1, below = r.lo - all.lo;
	wide times = below >= 0 ? below / size : -((size - 1 - below) / size);

	r = { r.lo - times * size, r.hi - times * size };
	return all.contains(r) ? r : all;
}

bool product(wide a, wide b, wide &c)
{
	return !__builtin_mul_overflow(a, b, &c);
}

class intervals {
public:
	explicit intervals(struct function *fun) : fun(fun) {}

	void run();
	void look(const std::function<void(gimple *, const values_fn &)> &look);

private:
	void find_numbers();
	void note_number(tree t);
	range get(const state &s, tree t) const;
	range binary(enum tree_code code, const range &a, const range &b, tree type) const;
	range compute(const state &s, gimple *g) const;
	void pass(state &s, gimple *g) const;
	bool is_unchanged(tree t, gimple *since) const;
	bool narrow(state &s, tree t, const range &to, int depth) const;
	bool narrow_source(state &s, gimple *def, const range &to, int depth) const;
	bool assume(state &s, enum tree_code code, tree a, tree b, bool truth, int depth) const;
	bool assume_true(state &s, tree t, bool truth, int depth) const;
	void arrive(basic_block bb, const state &s);
	bool grow(range &known, const range &more, tree t, int visits) const;
	void leave(basic_block bb, const state &s);
	void leave_switch(gswitch *g, const state &s);

	struct function *fun;
	std::set<wide> numbers;
	std::map<int, state> in;
	std::map<int, int> visits;
	std::set<int> waiting;
	std::map<tree, gimple *> definitions;
};

void intervals::note_number(tree t)
{
	if (!t || !is_number(t) || !INTEGRAL_TYPE_P(TREE_TYPE(t)))
		return;
	for (int by = -1; by <= 1; by++)
		numbers.insert(number(t) + by);
}

/* What the function compares with and counts to: where growing may come to rest. */
void intervals::find_numbers()
{
	basic_block bb;

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

range intervals::get(const state &s, tree t) const
{
	if (is_number(t))
		return { number(t), number(t) };
	if (!is_followed(t))
		return range_of_type(TREE_TYPE(t));

	auto known = s.find(t);

	return known == s.end() ? range_of_type(TREE_TYPE(t)) : known->second;
}

range intervals::binary(enum tree_code code, const range &a, const range &b, tree type) const
{
	range all = range_of_type(type), r = all;
	bool positive = a.lo >= 0 && b.lo >= 0;

	switch (code) {
	case PLUS_EXPR:
		r = { a.lo + b.lo, a.hi + b.hi };
		break;
	case MINUS_EXPR:
		r = { a.lo - b.hi, a.hi - b.lo };
		break;
	case MULT_EXPR: {
		wide p[4];

		if (!product(a.lo, b.lo, p[0]) || !product(a.lo, b.hi, p[1]) ||
		    !product(a.hi, b.lo, p[2]) || !product(a.hi, b.hi, p[3]))
			return all;
		r = { *std::min_element(p, p + 4), *std::max_element(p, p + 4) };
		break;
	}
	case BIT_AND_EXPR:
		if (b.lo >= 0)
			r = { 0, b.hi };
		if (a.lo >= 0)
			r = b.lo >= 0 ? range{ 0, std::min(a.hi, b.hi) } : range{ 0, a.hi };
		break;
	case BIT_IOR_EXPR:
	case BIT_XOR_EXPR:
		if (positive)
			r = { code == BIT_IOR_EXPR ? std::max(a.lo, b.lo) : 0, filled(std::max(a.hi, b.hi)) };
		break;
	case TRUNC_MOD_EXPR:
		if (b.lo >= 0 && b.hi > 0)
			r = { a.lo >= 0 ? 0 : 1 - b.hi, a.lo >= 0 ? std::min(a.hi, b.hi - 1) : b.hi - 1 };
		break;
	case TRUNC_DIV_EXPR:
	case EXACT_DIV_EXPR:
		if (a.lo >= 0 && b.hi > 0 && b.lo >= 0)
			r = { a.lo / b.hi, a.hi / std::max<wide>(b.lo, 1) };
		break;
	case RSHIFT_EXPR:
		if (a.lo >= 0 && b.lo >= 0 && b.hi < 64)
			r = { a.lo >> b.hi, a.hi >> b.lo };
		break;
	case LSHIFT_EXPR:
		if (positive && b.hi < 63)
			r = { a.lo << b.lo, a.hi << b.hi };
		break;
	case MIN_EXPR:
		r = { std::min(a.lo, b.lo), std::min(a.hi, b.hi) };
		break;
	case MAX_EXPR:
		r = { std::max(a.lo, b.lo), std::max(a.hi, b.hi) };
		break;
	default:
		break;
	}
	return wrapped(r, all);
}

range intervals::compute(const state &s, gimple *g) const
{
	tree type = TREE_TYPE(gimple_get_lhs(g));
	range all = range_of_type(type);

	if (!is_gimple_assign(g))
		return all;

	enum tree_code code = gimple_assign_rhs_code(g);
	tree first = gimple_assign_rhs1(g), second = gimple_assign_rhs2(g);

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
		r = binary(code, a, get(s, second), type);
	return wrapped(r, all);
}

void intervals::pass(state &s, gimple *g) const
{
	if (gimple_code(g) == GIMPLE_ASM) {
		for (unsigned int i = 0; i < gimple_asm_noutputs(as_a<gasm *>(g)); i++)
			s.erase(TREE_VALUE(gimple_asm_output_op(as_a<gasm *>(g), i)));
		return;
	}

	tree to = is_gimple_assign(g) || is_gimple_call(g) ? gimple_get_lhs(g) : NULL_TREE;

	if (!to || !is_followed(to))
		return;
	if (range r = compute(s, g); r != range_of_type(TREE_TYPE(to)))
		s[to] = r;
	else
		s.erase(to);
}

/* From the statement to the end of its block the variable keeps its value. */
bool intervals::is_unchanged(tree t, gimple *since) const
{
	if (TREE_CODE(t) == SSA_NAME || is_number(t))
		return true;

	auto it = gsi_for_stmt(since);

	for (gsi_next(&it); !gsi_end_p(it); gsi_next(&it)) {
		gimple *g = gsi_stmt(it);

		if (gimple_code(g) == GIMPLE_ASM || gimple_get_lhs(g) == t)
			return false;
	}
	return true;
}

/* False: there is no such value, so that control does not come here. */
bool intervals::narrow(state &s, tree t, const range &to, int depth) const
{
	range r = meet(get(s, t), to);

	if (r.lo > r.hi)
		return false;
	if (!is_followed(t))
		return true;
	s[t] = r;

	auto definition = definitions.find(t);

	return definition == definitions.end() || depth > MAX_DEPTH ||
	       narrow_source(s, definition->second, r, depth + 1);
}

/* What was computed is in the interval: so what it was computed from is in one. */
bool intervals::narrow_source(state &s, gimple *def, const range &to, int depth) const
{
	if (is_gimple_call(def)) {
		tree callee = gimple_call_fndecl(def);

		return !callee || !fndecl_built_in_p(callee, BUILT_IN_EXPECT) ||
		       narrow(s, gimple_call_arg(def, 0), to, depth);
	}

	enum tree_code code = gimple_assign_rhs_code(def);
	tree x = gimple_assign_rhs1(def), c = gimple_assign_rhs2(def);

	if (TREE_CODE_CLASS(code) == tcc_comparison || code == BIT_IOR_EXPR || code == BIT_AND_EXPR ||
	    code == BIT_NOT_EXPR || code == TRUTH_NOT_EXPR || code == BIT_XOR_EXPR) {
		bool is_false = to.lo == 0 && to.hi == 0, is_true = to.lo > 0 || to.hi < 0;

		return (!is_false && !is_true) ||
		       assume_true(s, gimple_assign_lhs(def), is_true, depth);
	}
	if (!INTEGRAL_TYPE_P(TREE_TYPE(x)) || TYPE_PRECISION(TREE_TYPE(x)) > 64 || !is_unchanged(x, def))
		return true;

	range all = range_of_type(TREE_TYPE(x));

	if (CONVERT_EXPR_CODE_P(code) || gimple_assign_single_p(def)) {
		tree result = TREE_TYPE(gimple_assign_lhs(def));
		bool keeps = range_of_type(result).contains(get(s, x));

		/* a conversion that loses nothing, or only the sign of what is not in the interval */
		if (keeps || (all.contains(to) && TYPE_PRECISION(result) >= TYPE_PRECISION(TREE_TYPE(x))))
			return narrow(s, x, to, depth);
		return true;
	}
	if (!c || !is_number(c))
		return true;

	wide n = number(c);
	range from = code == PLUS_EXPR ? range{ to.lo - n, to.hi - n } :
		     code == MINUS_EXPR ? range{ to.lo + n, to.hi + n } : all;

	if ((code == RSHIFT_EXPR || code == TRUNC_DIV_EXPR) && get(s, x).lo >= 0 && n > 0 && n < 64 && to.hi >= 0)
		from = { 0, (to.hi + 1) * (code == RSHIFT_EXPR ? static_cast<wide>(1) << n : n) - 1 };
	return narrow(s, x, wrapped(from, all), depth);
}

bool intervals::assume(state &s, enum tree_code code, tree a, tree b, bool truth, int depth) const
{
	if (!INTEGRAL_TYPE_P(TREE_TYPE(a)) || !INTEGRAL_TYPE_P(TREE_TYPE(b)) ||
	    TYPE_PRECISION(TREE_TYPE(a)) > 64)
		return true;
	if (!truth)
		code = invert_tree_comparison(code, false);

	range x = get(s, a), y = get(s, b);

	switch (code) {
	case LT_EXPR:
		return narrow(s, a, { x.lo, y.hi - 1 }, depth) && narrow(s, b, { x.lo + 1, y.hi }, depth);
	case LE_EXPR:
		return narrow(s, a, { x.lo, y.hi }, depth) && narrow(s, b, { x.lo, y.hi }, depth);
	case GT_EXPR:
		return assume(s, LT_EXPR, b, a, true, depth);
	case GE_EXPR:
		return assume(s, LE_EXPR, b, a, true, depth);
	case EQ_EXPR:
		return narrow(s, a, y, depth) && narrow(s, b, x, depth);
	case NE_EXPR:
		if (y.lo != y.hi)
			return true;
		if (x.lo == y.lo)
			return narrow(s, a, { x.lo + 1, x.hi }, depth);
		if (x.hi == y.lo)
			return narrow(s, a, { x.lo, x.hi - 1 }, depth);
		/* a truth value that is not 0, wherever the number is */
		return y.lo != 0 || TREE_CODE(a) != SSA_NAME || assume_true(s, a, true, depth);
	default:
		return true;
	}
}

/* A value that is used as a truth value: it is 0, or it is not. */
bool intervals::assume_true(state &s, tree t, bool truth, int depth) const
{
	auto definition = definitions.find(t);

	if (definition == definitions.end() || !is_gimple_assign(definition->second) || depth > MAX_DEPTH)
		return true;

	gimple *def = definition->second;
	enum tree_code code = gimple_assign_rhs_code(def);
	tree a = gimple_assign_rhs1(def), b = gimple_assign_rhs2(def);

	if (TREE_CODE_CLASS(code) == tcc_comparison)
		return !is_unchanged(a, def) || !is_unchanged(b, def) ||
		       assume(s, code, a, b, truth, depth + 1);
	if (code == BIT_IOR_EXPR && !truth)
		return narrow(s, a, { 0, 0 }, depth + 1) && narrow(s, b, { 0, 0 }, depth + 1);
	if (code == BIT_AND_EXPR && truth && TREE_CODE(TREE_TYPE(t)) == BOOLEAN_TYPE)
		return narrow(s, a, { 1, 1 }, depth + 1) && narrow(s, b, { 1, 1 }, depth + 1);
	if ((code == BIT_NOT_EXPR || code == TRUTH_NOT_EXPR) && TREE_CODE(TREE_TYPE(t)) == BOOLEAN_TYPE)
		return narrow(s, a, truth ? range{ 0, 0 } : range{ 1, 1 }, depth + 1);
	return true;
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

void intervals::arrive(basic_block bb, const state &s)
{
	auto known = in.find(bb->index);

	if (known == in.end()) {
		in[bb->index] = s;
		waiting.insert(bb->index);
		return;
	}

	bool changed = false;
	int n = ++visits[bb->index];

	for (auto it = known->second.begin(); it != known->second.end();) {
		auto other = s.find(it->first);

		if (other == s.end()) {
			it = known->second.erase(it);
			changed = true;
			continue;
		}
		changed |= grow(it->second, other->second, it->first, n);
		++it;
	}
	if (changed)
		waiting.insert(bb->index);
}

void intervals::leave_switch(gswitch *g, const state &s)
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
			arrive(target, next);
	}
}

void intervals::leave(basic_block bb, const state &s)
{
	gimple_stmt_iterator last = gsi_last_nondebug_bb(bb);
	gimple *g = gsi_end_p(last) ? nullptr : gsi_stmt(last);
	edge e;
	edge_iterator it;

	if (g && gimple_code(g) == GIMPLE_SWITCH)
		return leave_switch(as_a<gswitch *>(g), s);
	FOR_EACH_EDGE(e, it, bb->succs) {
		state next = s;

		if (g && gimple_code(g) == GIMPLE_COND &&
		    !assume(next, gimple_cond_code(g), gimple_cond_lhs(g), gimple_cond_rhs(g),
			    e->flags & EDGE_TRUE_VALUE, 0))
			continue;
		if (e->dest != EXIT_BLOCK_PTR_FOR_FN(fun))
			arrive(e->dest, next);
	}
}

void intervals::run()
{
	std::vector<int> order(n_basic_blocks_for_fn(fun));
	int count = pre_and_rev_post_order_compute_fn(fun, nullptr, order.data(), false);

	find_numbers();
	arrive(single_succ(ENTRY_BLOCK_PTR_FOR_FN(fun)), state());
	for (;;) {
		int next = -1;

		for (int i = 0; i < count && next < 0; i++)
			if (waiting.count(order[i]))
				next = order[i];
		if (next < 0)
			return;
		waiting.erase(next);

		basic_block bb = BASIC_BLOCK_FOR_FN(fun, next);
		state s = in[next];

		for (auto it = gsi_start_bb(bb); !gsi_end_p(it); gsi_next(&it))
			pass(s, gsi_stmt(it));
		leave(bb, s);
	}
}

void intervals::look(const std::function<void(gimple *, const values_fn &)> &look)
{
	basic_block bb;

	FOR_EACH_BB_FN(bb, fun) {
		auto known = in.find(bb->index);

		if (known == in.end())
			continue;

		state s = known->second;

		for (auto it = gsi_start_bb(bb); !gsi_end_p(it); gsi_next(&it)) {
			look(gsi_stmt(it), [&](tree operand) { return get(s, operand); });
			pass(s, gsi_stmt(it));
		}
	}
}

} /* namespace */

range range_of_type(const_tree type)
{
	unsigned int bits = TYPE_PRECISION(type);
	wide one = 1;

	if (!INTEGRAL_TYPE_P(type) || bits > 64)
		return { -(one << 120), one << 120 };
	if (TYPE_UNSIGNED(type))
		return { 0, (one << bits) - 1 };
	return { -(one << (bits - 1)), (one << (bits - 1)) - 1 };
}

void for_each_reached(struct function *fun,
		      const std::function<void(gimple *g, const values_fn &values)> &look)
{
	intervals all(fun);

	all.run();
	all.look(look);
}

} /* namespace ferrule */

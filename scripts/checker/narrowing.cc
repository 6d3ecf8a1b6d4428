// SPDX-License-Identifier: GPL-2.0
/*
 * A condition narrows the intervals of what it compares, and of what that was computed from.
 */
#include "values.h"

namespace ferrule {

namespace {

/* How far back a condition is followed through what it was computed from. */
constexpr int MAX_DEPTH = 8;

} /* namespace */

/* From the statement to the end of its block the variable keeps its value. */
bool intervals::is_unchanged(tree t, gimple *since) const
{
	if (TREE_CODE(t) == SSA_NAME || is_number(t))
		return true;

	auto it = gsi_for_stmt(since);
	auto in = fields.find(t);

	for (gsi_next(&it); !gsi_end_p(it); gsi_next(&it)) {
		gimple *g = gsi_stmt(it);

		if (gimple_code(g) == GIMPLE_ASM || gimple_get_lhs(g) == t)
			return false;
		if (in != fields.end() && may_change(g, in->second))
			return false;
		if (is_gimple_call(g) && lent.count(t))
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
	if (!follows(t))
		return true;
	s.ranges[t] = r;

	auto definition = definitions.find(t);

	return definition == definitions.end() || depth > MAX_DEPTH ||
	       narrow_source(s, definition->second, r, depth + 1);
}

/* What was computed is in the interval: so what it was computed from is in one. */
bool intervals::narrow_source(state &s, gimple *def, const range &to, int depth) const
{
	if (is_gimple_call(def)) {
		tree callee = gimple_call_fndecl(def);

		if (callee && fndecl_built_in_p(callee, BUILT_IN_EXPECT))
			return narrow(s, gimple_call_arg(def, 0), to, depth);
		return narrow_arguments(s, def, to, depth);
	}

	enum tree_code code = gimple_assign_rhs_code(def);
	tree x = named(gimple_assign_rhs1(def)), c = gimple_assign_rhs2(def);

	if (TREE_CODE_CLASS(code) == tcc_comparison || code == BIT_IOR_EXPR || code == BIT_AND_EXPR ||
	    code == BIT_NOT_EXPR || code == TRUTH_NOT_EXPR || code == BIT_XOR_EXPR) {
		bool is_false = to.lo == 0 && to.hi == 0, is_true = to.lo > 0 || to.hi < 0;

		return (!is_false && !is_true) ||
		       assume_outcome(s, def, is_true, depth);
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
	if (c && code == MINUS_EXPR && is_careful() && follows(c) && is_unchanged(c, def)) {
		std::optional<range> known = exact(s, def);
		bool is_exact = known && range_of_type(TREE_TYPE(gimple_assign_lhs(def))).contains(*known);

		if (is_exact && follows(x)) {
			s.apart.bound(x, c, to.hi);
			s.apart.bound(c, x, -to.lo);
		} else if (is_exact && is_number(x)) {
			return narrow(s, c, { number(x) - to.hi, number(x) - to.lo }, depth);
		}
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

/* The variable that the operand is a copy of, and still the same as. */
tree intervals::original(tree t) const
{
	auto def = definitions.find(t);

	if (def == definitions.end() || !gimple_assign_single_p(def->second))
		return NULL_TREE;

	tree from = named(gimple_assign_rhs1(def->second));

	return follows(from) && is_unchanged(from, def->second) ? from : NULL_TREE;
}

/* a - b is not larger than that, which the intervals need not say; nor that of what they are copies of. */
void intervals::compare(state &s, tree a, tree b, wide most) const
{
	const std::pair<tree, tree> pairs[] = { { a, b }, { original(a), original(b) } };

	if (is_careful()) {
		recall(s, a, 0);
		recall(s, b, 0);
	}
	for (const auto &[x, y] : pairs) {
		if (!is_careful() || !x || !y || !follows(x) || !follows(y))
			continue;
		if (std::optional<wide> known = s.apart.between(x, y); !known || *known > most)
			s.apart.bound(x, y, most);
	}
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
		compare(s, a, b, -1);
		return narrow(s, a, { x.lo, y.hi - 1 }, depth) && narrow(s, b, { x.lo + 1, y.hi }, depth);
	case LE_EXPR:
		compare(s, a, b, 0);
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

	return definition == definitions.end() || !is_gimple_assign(definition->second) ||
	       assume_outcome(s, definition->second, truth, depth);
}

/* The same of what the statement computes. */
bool intervals::assume_outcome(state &s, gimple *def, bool truth, int depth) const
{
	if (depth > MAX_DEPTH)
		return true;

	enum tree_code code = gimple_assign_rhs_code(def);
	bool is_bool = TREE_CODE(TREE_TYPE(gimple_assign_lhs(def))) == BOOLEAN_TYPE;
	tree a = gimple_assign_rhs1(def), b = gimple_assign_rhs2(def);

	if (TREE_CODE_CLASS(code) == tcc_comparison)
		return !is_unchanged(a, def) || !is_unchanged(b, def) ||
		       assume(s, code, a, b, truth, depth + 1);
	if (code == BIT_IOR_EXPR && !truth)
		return narrow(s, a, { 0, 0 }, depth + 1) && narrow(s, b, { 0, 0 }, depth + 1);
	if (code == BIT_AND_EXPR && truth && is_bool)
		return narrow(s, a, { 1, 1 }, depth + 1) && narrow(s, b, { 1, 1 }, depth + 1);
	if ((code == BIT_NOT_EXPR || code == TRUTH_NOT_EXPR) && is_bool)
		return narrow(s, a, truth ? range{ 0, 0 } : range{ 1, 1 }, depth + 1);
	return true;
}

} /* namespace ferrule */

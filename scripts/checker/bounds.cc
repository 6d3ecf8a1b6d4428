// SPDX-License-Identifier: GPL-2.0
/*
 * Facts come from conditions that hold on every way to the place: of the loops, branches
 * and operators around it, and of earlier statements that leave if they hold. A fact
 * counts if nothing between the condition and the end of what it governs can change the
 * variable, and if no label lets control in past the condition.
 */
#include "bounds.h"

namespace ferrule {

namespace {

tree strip(tree t)
{
	while (t && (CONVERT_EXPR_P(t) || TREE_CODE(t) == NON_LVALUE_EXPR ||
		     TREE_CODE(t) == SAVE_EXPR))
		t = TREE_OPERAND(t, 0);
	return t;
}

bool is_simple_variable(const_tree t)
{
	return (VAR_P(t) || TREE_CODE(t) == PARM_DECL) && INTEGRAL_TYPE_P(TREE_TYPE(t)) &&
	       !TREE_ADDRESSABLE(t) && !TREE_STATIC(t) && !DECL_EXTERNAL(t) &&
	       !TREE_THIS_VOLATILE(t);
}

range of_type(const_tree type)
{
	return {widest_int::from(wi::min_value(type), TYPE_SIGN(type)),
		widest_int::from(wi::max_value(type), TYPE_SIGN(type))};
}

range meet(const range &a, const range &b)
{
	return {wi::max(a.lo, b.lo, SIGNED), wi::min(a.hi, b.hi, SIGNED)};
}

range join(const range &a, const range &b)
{
	return {wi::min(a.lo, b.lo, SIGNED), wi::max(a.hi, b.hi, SIGNED)};
}

bool contains(const range &outer, const range &inner)
{
	return wi::les_p(outer.lo, inner.lo) && wi::les_p(inner.hi, outer.hi);
}

bool changes(const_tree t, const_tree variable)
{
	switch (TREE_CODE(t)) {
	case MODIFY_EXPR:
	case INIT_EXPR:
	case PREINCREMENT_EXPR:
	case PREDECREMENT_EXPR:
	case POSTINCREMENT_EXPR:
	case POSTDECREMENT_EXPR:
		return TREE_OPERAND(t, 0) == variable;
	/* A loop around its declaration makes it anew. */
	case DECL_EXPR:
		return DECL_EXPR_DECL(t) == variable;
	default:
		return false;
	}
}

tree find_change(tree *t, int *subtrees, void *variable)
{
	if (TYPE_P(*t))
		*subtrees = 0;
	return changes(*t, static_cast<tree>(variable)) ? *t : NULL_TREE;
}

bool leaves_alone(tree region, tree variable)
{
	return !walk_tree_without_duplicates(&region, find_change, variable);
}

/* The case labels of a switch inside belong to it; those of one around lead in. */
tree find_case(tree *t, int *subtrees, void *)
{
	if (TYPE_P(*t) || TREE_CODE(*t) == SWITCH_STMT)
		*subtrees = 0;
	return TREE_CODE(*t) == CASE_LABEL_EXPR ? *t : NULL_TREE;
}

tree find_label(tree *t, int *subtrees, void *)
{
	if (TYPE_P(*t))
		*subtrees = 0;
	return TREE_CODE(*t) == LABEL_EXPR ? *t : NULL_TREE;
}

bool is_entered_at_its_top(tree region)
{
	return !walk_tree_without_duplicates(&region, find_label, nullptr) &&
	       !walk_tree_without_duplicates(&region, find_case, nullptr);
}

/* Control does not come out at the end of the statement. */
bool leaves(tree t)
{
	if (!t)
		return false;
	switch (TREE_CODE(t)) {
	case RETURN_EXPR:
	case GOTO_EXPR:
	case BREAK_STMT:
	case CONTINUE_STMT:
		return true;
	case BIND_EXPR:
		return leaves(BIND_EXPR_BODY(t));
	case TRY_FINALLY_EXPR:
		return leaves(TREE_OPERAND(t, 0));
	case STATEMENT_LIST:
		return !tsi_end_p(tsi_last(t)) && leaves(tsi_stmt(tsi_last(t)));
	case COND_EXPR:
		return leaves(COND_EXPR_THEN(t)) && leaves(COND_EXPR_ELSE(t));
	case CALL_EXPR:
		return call_expr_flags(t) & ECF_NORETURN;
	default:
		return false;
	}
}

bool is_constant(const_tree t)
{
	return TREE_CODE(t) == INTEGER_CST;
}

/* likely(), unlikely() and !! say nothing about the value. */
tree condition_in(tree t)
{
	for (;;) {
		t = strip(t);
		if (TREE_CODE(t) == CALL_EXPR && get_callee_fndecl(t) &&
		    fndecl_built_in_p(get_callee_fndecl(t), BUILT_IN_EXPECT))
			t = CALL_EXPR_ARG(t, 0);
		else if (TREE_CODE(t) == NE_EXPR && integer_zerop(TREE_OPERAND(t, 1)) &&
			 !is_simple_variable(strip(TREE_OPERAND(t, 0))))
			t = TREE_OPERAND(t, 0);
		else
			return t;
	}
}

class reader {
public:
	explicit reader(const visit &at) : at(at) {}

	range read(tree expr);

private:
	range of_variable(tree variable);
	range of_binary(tree expr);
	range narrow(range known, tree variable, size_t level);
	range narrow_by_list(range known, tree variable, size_t level);
	bool is_unchanged_below(tree variable, size_t level);
	bool keeps(tree variable, size_t level);
	range assume(range known, tree variable, tree condition, bool truth);
	range compare(range known, tree variable, tree condition, bool truth);

	tree child_of(size_t level) const
	{
		return level + 1 < at.above.size() ? at.above[level + 1] : at.expr;
	}

	const visit &at;
};

range compared(tree_code code, const range &known, const widest_int &c)
{
	switch (code) {
	case LT_EXPR:
		return meet(known, {known.lo, c - 1});
	case LE_EXPR:
		return meet(known, {known.lo, c});
	case GT_EXPR:
		return meet(known, {c + 1, known.hi});
	case GE_EXPR:
		return meet(known, {c, known.hi});
	case EQ_EXPR:
		return {c, c};
	default:
		return known;
	}
}

range reader::compare(range known, tree variable, tree condition, bool truth)
{
	tree left = TREE_OPERAND(condition, 0), right = TREE_OPERAND(condition, 1);
	tree_code code = TREE_CODE(condition);

	if (is_constant(left)) {
		std::swap(left, right);
		code = swap_tree_comparison(code);
	}
	if (strip(left) != variable || !is_constant(right))
		return known;
	if (!truth)
		code = invert_tree_comparison(code, false);

	range c = {wi::to_widest(right), wi::to_widest(right)};
	range compares = of_type(TREE_TYPE(left));

	/* Compared as another type: a negative value would be a large one. */
	if (!contains(compares, known)) {
		if (wi::neg_p(compares.lo) || wi::neg_p(c.lo) ||
		    (code != LT_EXPR && code != LE_EXPR && code != EQ_EXPR) ||
		    wi::gts_p(c.lo, known.hi))
			return known;
		known.lo = 0;
	}
	return compared(code, known, c.lo);
}

range reader::assume(range known, tree variable, tree condition, bool truth)
{
	if (!condition)
		return known;
	condition = condition_in(condition);
	switch (TREE_CODE(condition)) {
	case TRUTH_NOT_EXPR:
		return assume(known, variable, TREE_OPERAND(condition, 0), !truth);
	case TRUTH_AND_EXPR:
	case TRUTH_ANDIF_EXPR:
	case TRUTH_OR_EXPR:
	case TRUTH_ORIF_EXPR: {
		bool both = TREE_CODE(condition) == TRUTH_AND_EXPR ||
			    TREE_CODE(condition) == TRUTH_ANDIF_EXPR;

		if (both != truth)
			return known;
		known = assume(known, variable, TREE_OPERAND(condition, 0), truth);
		return assume(known, variable, TREE_OPERAND(condition, 1), truth);
	}
	case LT_EXPR:
	case LE_EXPR:
	case GT_EXPR:
	case GE_EXPR:
	case EQ_EXPR:
	case NE_EXPR:
		return compare(known, variable, condition, truth);
	default:
		return known;
	}
}

/* From the beginning of what is at the level to the place, the variable is not changed. */
bool reader::is_unchanged_below(tree variable, size_t level)
{
	for (; level < at.above.size(); level++) {
		tree t = at.above[level], child = child_of(level);

		switch (TREE_CODE(t)) {
		case STATEMENT_LIST:
			for (tree_stmt_iterator i = tsi_start(t); tsi_stmt(i) != child;
			     tsi_next(&i))
				if (!leaves_alone(tsi_stmt(i), variable))
					return false;
			break;
		case COND_EXPR:
			if (!leaves_alone(COND_EXPR_COND(t), variable))
				return false;
			break;
		case SWITCH_STMT:
			if (!leaves_alone(SWITCH_STMT_COND(t), variable))
				return false;
			break;
		case BIND_EXPR:
		case TRY_FINALLY_EXPR:
			break;
		/* A loop comes round, and C does not order what is in an expression. */
		default:
			return leaves_alone(t, variable);
		}
	}
	return leaves_alone(at.expr, variable);
}

/* What was found out at the level still holds at the place below it. */
bool reader::keeps(tree variable, size_t level)
{
	return is_entered_at_its_top(child_of(level)) && is_unchanged_below(variable, level + 1);
}

/* Statements before the one we are in, which leave unless their condition is false. */
/* The kernel's ARRAY_SIZE() declares a type, for which gcc makes a block around a statement. */
tree in_its_block(tree t)
{
	tree only = NULL_TREE;

	if (TREE_CODE(t) == BIND_EXPR)
		return in_its_block(BIND_EXPR_BODY(t));
	if (TREE_CODE(t) != STATEMENT_LIST)
		return t;
	for (tree_stmt_iterator i = tsi_start(t); !tsi_end_p(i); tsi_next(&i)) {
		if (TREE_CODE(tsi_stmt(i)) == DEBUG_BEGIN_STMT)
			continue;
		if (only)
			return t;
		only = tsi_stmt(i);
	}
	return only ? in_its_block(only) : t;
}

range reader::narrow_by_list(range known, tree variable, size_t level)
{
	tree list = at.above[level], child = child_of(level);
	range none = known;

	if (!keeps(variable, level))
		return known;
	for (tree_stmt_iterator i = tsi_start(list); tsi_stmt(i) != child; tsi_next(&i)) {
		tree t = tsi_stmt(i), test = in_its_block(t);

		/* What was found out before this statement is found out for nothing. */
		if (!leaves_alone(t, variable) || !is_entered_at_its_top(t))
			known = none;
		else if (TREE_CODE(test) == COND_EXPR && leaves(COND_EXPR_THEN(test)))
			known = assume(known, variable, COND_EXPR_COND(test), false);
	}
	return known;
}

range reader::narrow(range known, tree variable, size_t level)
{
	tree t = at.above[level], child = child_of(level);

	switch (TREE_CODE(t)) {
	case STATEMENT_LIST:
		return narrow_by_list(known, variable, level);
	case COND_EXPR:
		if (child != COND_EXPR_COND(t) && keeps(variable, level))
			return assume(known, variable, COND_EXPR_COND(t),
				      child == COND_EXPR_THEN(t));
		return known;
	case TRUTH_ANDIF_EXPR:
	case TRUTH_ORIF_EXPR:
		if (child == TREE_OPERAND(t, 1) && keeps(variable, level))
			return assume(known, variable, TREE_OPERAND(t, 0),
				      TREE_CODE(t) == TRUTH_ANDIF_EXPR);
		return known;
	case FOR_STMT:
		if (child == FOR_BODY(t) && keeps(variable, level))
			return assume(known, variable, FOR_COND(t), true);
		return known;
	case WHILE_STMT:
		if (child == WHILE_BODY(t) && keeps(variable, level))
			return assume(known, variable, WHILE_COND(t), true);
		return known;
	default:
		return known;
	}
}

/* All that is ever stored into a variable which only counts up. */
struct stores {
	tree variable;
	range all;
	bool any, known;
};

tree add_store(tree *t, int *, void *data)
{
	stores *s = static_cast<stores *>(data);
	tree value = NULL_TREE;

	if (TREE_CODE(*t) == DECL_EXPR && DECL_EXPR_DECL(*t) == s->variable)
		value = DECL_INITIAL(s->variable);
	else if (!changes(*t, s->variable))
		return NULL_TREE;
	else if (TREE_CODE(*t) == MODIFY_EXPR || TREE_CODE(*t) == INIT_EXPR)
		value = TREE_OPERAND(*t, 1);
	else
		s->known &= TREE_CODE(*t) == PREINCREMENT_EXPR ||
			    TREE_CODE(*t) == POSTINCREMENT_EXPR;
	if (!value)
		return NULL_TREE;

	tree plain = strip(value);

	/* i = i + 1 and i += 1 */
	if (TREE_CODE(plain) == PLUS_EXPR && strip(TREE_OPERAND(plain, 0)) == s->variable &&
	    is_constant(TREE_OPERAND(plain, 1)) && tree_int_cst_sgn(TREE_OPERAND(plain, 1)) >= 0)
		return NULL_TREE;
	if (!is_constant(plain)) {
		s->known = false;
		return NULL_TREE;
	}

	range one = {wi::to_widest(plain), wi::to_widest(plain)};

	s->all = s->any ? join(s->all, one) : one;
	s->any = true;
	return NULL_TREE;
}

/*
 * A variable that starts at a constant and counts up does not become less than it: the
 * kernel is built so that overflow wraps, but a bound from above is asked for as well.
 */
range counted_up(range known, tree variable, tree function)
{
	stores s = {variable, {}, false, true};

	if (TREE_CODE(function) != FUNCTION_DECL || TREE_CODE(variable) == PARM_DECL)
		return known;
	walk_tree_without_duplicates(&DECL_SAVED_TREE(function), add_store, &s);
	if (s.known && s.any)
		known.lo = wi::max(known.lo, s.all.lo, SIGNED);
	return known;
}

range reader::of_variable(tree variable)
{
	range known = of_type(TREE_TYPE(variable));

	if (!is_simple_variable(variable))
		return known;
	known = counted_up(known, variable, at.inside);
	for (size_t level = 0; level < at.above.size(); level++)
		known = narrow(known, variable, level);
	return known;
}

range reader::of_binary(tree expr)
{
	range type = of_type(TREE_TYPE(expr));
	range a = read(TREE_OPERAND(expr, 0)), b = read(TREE_OPERAND(expr, 1));
	range result = type;

	switch (TREE_CODE(expr)) {
	case BIT_AND_EXPR:
		if (!wi::neg_p(b.lo))
			result = {0, b.hi};
		if (!wi::neg_p(a.lo))
			result = meet(result, {0, a.hi});
		return result;
	case TRUNC_MOD_EXPR:
		if (!wi::neg_p(a.lo) && wi::gts_p(b.lo, 0))
			return {0, b.hi - 1};
		return type;
	case RSHIFT_EXPR:
		if (!wi::neg_p(a.lo) && b.lo == b.hi && wi::ltu_p(b.lo, 64))
			return {0, wi::lrshift(a.hi, b.lo)};
		return type;
	case TRUNC_DIV_EXPR:
		if (!wi::neg_p(a.lo) && b.lo == b.hi && wi::gts_p(b.lo, 0))
			return {0, wi::udiv_trunc(a.hi, b.lo)};
		return type;
	case PLUS_EXPR:
		result = {a.lo + b.lo, a.hi + b.hi};
		break;
	case MINUS_EXPR:
		result = {a.lo - b.hi, a.hi - b.lo};
		break;
	case MIN_EXPR:
		return {wi::min(a.lo, b.lo, SIGNED), wi::min(a.hi, b.hi, SIGNED)};
	case MAX_EXPR:
		return {wi::max(a.lo, b.lo, SIGNED), wi::max(a.hi, b.hi, SIGNED)};
	default:
		return type;
	}
	return contains(type, result) ? result : type;
}

range reader::read(tree expr)
{
	range type = of_type(TREE_TYPE(expr));

	switch (TREE_CODE(expr)) {
	case INTEGER_CST:
		return {wi::to_widest(expr), wi::to_widest(expr)};
	CASE_CONVERT:
	case NON_LVALUE_EXPR:
	case SAVE_EXPR: {
		tree operand = TREE_OPERAND(expr, 0);

		if (!INTEGRAL_TYPE_P(TREE_TYPE(operand)))
			return type;

		range inner = read(operand);

		return contains(type, inner) ? inner : type;
	}
	case VAR_DECL:
	case PARM_DECL:
		return of_variable(expr);
	case COND_EXPR:
		if (!COND_EXPR_ELSE(expr))
			return type;
		return join(read(COND_EXPR_THEN(expr)), read(COND_EXPR_ELSE(expr)));
	default:
		break;
	}
	return BINARY_CLASS_P(expr) ? of_binary(expr) : type;
}

} /* namespace */

range values_of(tree expr, const visit &at)
{
	return reader(at).read(expr);
}

} /* namespace ferrule */

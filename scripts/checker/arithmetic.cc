// SPDX-License-Identifier: GPL-2.0
/*
 * What a processor does not compute: a division by zero, a shift by more bits than there
 * are.
 */
#include "arithmetic.h"
#include "origin.h"
#include "report.h"
#include "walk.h"

namespace ferrule {

namespace {

bool is_division(enum tree_code code)
{
	return code == TRUNC_DIV_EXPR || code == TRUNC_MOD_EXPR || code == EXACT_DIV_EXPR;
}

bool is_shift(enum tree_code code)
{
	return code == LSHIFT_EXPR || code == RSHIFT_EXPR;
}

/* The kernel's functions that divide by their second argument. */
bool divides(gimple *g)
{
	tree callee = is_gimple_call(g) ? gimple_call_fndecl(g) : NULL_TREE;
	tree name = callee ? DECL_NAME(callee) : NULL_TREE;

	return name && gimple_call_num_args(g) == 2 &&
	       (id_equal(name, "div_u64") || id_equal(name, "div64_u64"));
}

void check_divisor(tree divisor, location_t where, const values_fn &values, findings &found)
{
	range r = values(divisor);

	if (r.lo <= 0 && r.hi >= 0)
		found.push_back({rule::zero_divisor, where, "this divides by a number that may be zero", {},
			"test it in front, in a local variable if it could change in between"});
}

void check_shift(tree shifted, tree by, location_t where, const values_fn &values,
		 findings &found)
{
	range r = values(by);
	unsigned int bits = TYPE_PRECISION(TREE_TYPE(shifted));

	if (r.lo < 0 || r.hi >= static_cast<wide>(bits))
		found.push_back({rule::wide_shift, where,
			"this shifts " + std::to_string(bits) + " bits by a number that may be larger", {},
			"test it in front, in a local variable if it could change in between; or mask it"});
}

} /* namespace */

bool is_arithmetic(gimple *g)
{
	bool found = divides(g) ||
		     (is_gimple_assign(g) && gimple_assign_rhs2(g) &&
		      TREE_CODE(gimple_assign_rhs2(g)) != INTEGER_CST &&
		      INTEGRAL_TYPE_P(TREE_TYPE(gimple_assign_rhs1(g))) &&
		      (is_division(gimple_assign_rhs_code(g)) || is_shift(gimple_assign_rhs_code(g))));

	return narrows(g) || (found && written_by_driver(gimple_location(g)));
}

void check_arithmetic(gimple *g, const values_fn &values, findings &found)
{
	if (narrows(g))
		return check_narrowed(g, values, found);
	if (!is_arithmetic(g))
		return;
	if (is_gimple_call(g))
		check_divisor(gimple_call_arg(g, 1), gimple_location(g), values, found);
	else if (is_shift(gimple_assign_rhs_code(g)))
		check_shift(gimple_assign_rhs1(g), gimple_assign_rhs2(g), gimple_location(g), values, found);
	else
		check_divisor(gimple_assign_rhs2(g), gimple_location(g), values, found);
}

} /* namespace ferrule */

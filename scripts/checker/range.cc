// SPDX-License-Identifier: GPL-2.0
#include "range.h"

namespace ferrule {

namespace {

/* All ones up to the highest bit of the number. */
wide filled(wide n)
{
	wide ones = 0;

	while (ones < n)
		ones = ones * 2 + 1;
	return ones;
}

bool product(wide a, wide b, wide &c)
{
	return !__builtin_mul_overflow(a, b, &c);
}

} /* namespace */

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

range wrapped(range r, const range &all)
{
	wide size = all.hi - all.lo + 1, below = r.lo - all.lo;
	wide times = below >= 0 ? below / size : -((size - 1 - below) / size);

	r = { r.lo - times * size, r.hi - times * size };
	return all.contains(r) ? r : all;
}

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

range combine(enum tree_code code, const range &a, const range &b, tree type)
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
		if (a.single() && b.single())
			return wrapped({ a.lo & b.lo, a.lo & b.lo }, all);
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

} /* namespace ferrule */

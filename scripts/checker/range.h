/* SPDX-License-Identifier: GPL-2.0 */
/*
 * An interval of numbers, and what C computes from intervals.
 */
#ifndef FERRULE_RANGE_H
#define FERRULE_RANGE_H

#include "compat.h"

namespace ferrule {

/* Wider than any number that C computes with here, so that nothing wraps unseen. */
using wide = __int128;

/* From lo to hi, both included. */
struct range {
	wide lo, hi;

	bool empty() const { return lo > hi; }
	bool single() const { return lo == hi; }
	bool contains(const range &inner) const { return lo <= inner.lo && inner.hi <= hi; }
	bool operator==(const range &other) const { return lo == other.lo && hi == other.hi; }
	bool operator!=(const range &other) const { return !(*this == other); }
};

inline range join(const range &a, const range &b)
{
	return { std::min(a.lo, b.lo), std::max(a.hi, b.hi) };
}

inline range meet(const range &a, const range &b)
{
	return { std::max(a.lo, b.lo), std::min(a.hi, b.hi) };
}

/* The values of an integer type, a bit field's among them. */
range range_of_type(const_tree type);

/* What is left of an interval in a type that wraps: all of the type, if the ends come apart. */
range wrapped(range r, const range &all);

/* The result of an operation on two intervals, in the type. */
range combine(enum tree_code code, const range &a, const range &b, tree type);

bool is_number(const_tree t);
wide number(const_tree constant);

} /* namespace ferrule */

#endif /* FERRULE_RANGE_H */

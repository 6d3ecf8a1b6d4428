/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which values the numbers of a function can have: an interval for each of its own
 * variables, along the paths of its control flow graph.
 */
#ifndef FERRULE_INTERVALS_H
#define FERRULE_INTERVALS_H

#include "compat.h"

namespace ferrule {

/* Wider than any number that C computes with here, so that nothing wraps unseen. */
using wide = __int128;

/* From lo to hi, both included. */
struct range {
	wide lo, hi;

	bool contains(const range &inner) const { return lo <= inner.lo && inner.hi <= hi; }
	bool operator==(const range &other) const { return lo == other.lo && hi == other.hi; }
	bool operator!=(const range &other) const { return !(*this == other); }
};

/* The values of an integer type, a bit field's among them. */
range range_of_type(const_tree type);

/*
 * Calls back for each statement that control can reach, with a function that tells which
 * values an operand of it can have.
 */
using values_fn = std::function<range(tree operand)>;
void for_each_reached(struct function *fun,
		      const std::function<void(gimple *g, const values_fn &values)> &look);

} /* namespace ferrule */

#endif /* FERRULE_INTERVALS_H */

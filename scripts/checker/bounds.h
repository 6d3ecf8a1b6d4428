/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which values an index can have, as far as it can be read off the source: its type,
 * masks and remainders, the loop that counts it, the test in front of it.
 */
#ifndef FERRULE_BOUNDS_H
#define FERRULE_BOUNDS_H

#include "compat.h"
#include "walk.h"

namespace ferrule {

/* From lo to hi, both included. */
struct range {
	widest_int lo, hi;
};

/*
 * The values of an integer expression that stands at the visited place, in the function
 * given by visit::inside. At worst those of its type.
 */
range values_of(tree expr, const visit &at);

} /* namespace ferrule */

#endif /* FERRULE_BOUNDS_H */

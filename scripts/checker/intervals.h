/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which values the numbers of a function can have: an interval for each of its own
 * variables, along the paths of its control flow graph.
 */
#ifndef FERRULE_INTERVALS_H
#define FERRULE_INTERVALS_H

#include "range.h"

namespace ferrule {

/*
 * QUICK knows intervals. CAREFUL also keeps paths apart on which flags differ, knows how far
 * apart two counters are, and looks into functions that are called, which all have to be
 * lowered by then. It is for the few functions of which QUICK has doubts.
 */
enum class care { QUICK, CAREFUL };

/*
 * Calls back for each statement that control can reach, with a function that tells which
 * values an operand of it can have.
 */
using values_fn = std::function<range(tree operand)>;
void for_each_reached(struct function *fun, care how,
		      const std::function<void(gimple *g, const values_fn &values)> &look);

} /* namespace ferrule */

#endif /* FERRULE_INTERVALS_H */

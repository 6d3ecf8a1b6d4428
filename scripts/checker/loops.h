/* SPDX-License-Identifier: GPL-2.0 */
#ifndef FERRULE_LOOPS_H
#define FERRULE_LOOPS_H

#include "report.h"
#include "values.h"

namespace ferrule {

/* Whether a loop ends depends on which values a number can have. */
struct loop_question {
	gimple *g;
	tree number;
	/* the counter steps on by the number; else the number is its end */
	bool is_step;
	/* what the counter can count to */
	wide most;
	location_t where;
};

/* Of all loops of the function; what needs no number is reported at once. */
std::vector<loop_question> questions_of_loops(struct function *fun);
void check_loop(const loop_question &q, const values_fn &values, findings &found);

} /* namespace ferrule */

#endif /* FERRULE_LOOPS_H */

/* SPDX-License-Identifier: GPL-2.0 */
#ifndef FERRULE_ARITHMETIC_H
#define FERRULE_ARITHMETIC_H

#include "intervals.h"
#include "report.h"

namespace ferrule {

/* The statement computes what is not defined for all numbers. */
bool is_arithmetic(gimple *g);
void check_arithmetic(gimple *g, const values_fn &values, findings &found);

/* registers.cc: the call says that its first argument is not larger than the second. */
bool narrows(gimple *g);
void check_narrowed(gimple *g, const values_fn &values, findings &found);

} /* namespace ferrule */

#endif /* FERRULE_ARITHMETIC_H */

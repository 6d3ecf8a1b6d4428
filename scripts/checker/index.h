/* SPDX-License-Identifier: GPL-2.0 */
#ifndef FERRULE_INDEX_H
#define FERRULE_INDEX_H

#include "compat.h"

namespace ferrule {

/* Elements of arrays, in a function of which the control flow graph is there. */
void check_indexes(struct function *fun);

} /* namespace ferrule */

#endif /* FERRULE_INDEX_H */

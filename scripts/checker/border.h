/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What other rules need of the border.
 */
#ifndef FERRULE_BORDER_H
#define FERRULE_BORDER_H

#include "report.h"

namespace ferrule {

/*
 * Reports a finding about something that a driver did; but what came out of a macro of
 * the kernel is the macro's doing: the driver knows only its name, and should not use it.
 */
void report_use(const finding &f);

} /* namespace ferrule */

#endif /* FERRULE_BORDER_H */

/* SPDX-License-Identifier: GPL-2.0 */
/* A driver's header may include what the driver may include. */
#include <ferrule/annotate.h>

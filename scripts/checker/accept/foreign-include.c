// SPDX-License-Identifier: GPL-2.0
#include <ferrule/annotate.h>
#include <ferrule/test.h>
#include "own_uapi.h"

static int used_own_header(void)
{
	return OWN_COMMAND;
}

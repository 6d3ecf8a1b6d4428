// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
#include <ferrule/flow.h>

static const u32 rates[4] = { 1, 2, 4, 8 };
static const u32 once[2] __initconst = { 1, 2 };

static u32 table(u32 i)
{
	return rates[i & 3];
}

static __init u32 while_it_is_there(u32 i)
{
	return once[i & 1] + table(i);
}

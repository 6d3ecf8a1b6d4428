// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
#include <ferrule/flow.h>

struct arg {
	u32 rate;
};

static u32 field(const struct arg *arg)
{
	return 1000 / arg->rate;		/* error: zero-divisor */
}

static u32 remainder(u32 n)
{
	return 1000 % n;			/* error: zero-divisor */
}

static u32 tested_for_something_else(u32 n)
{
	if (n > 100)
		return 0;
	return 1000 / n;			/* error: zero-divisor */
}

static int on_one_path(int n, int m)
{
	int by = n > 3 ? n : 0;

	if (m)
		by++;
	return 7 / by;				/* error: zero-divisor */
}

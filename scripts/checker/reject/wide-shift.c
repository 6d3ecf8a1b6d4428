// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
#include <ferrule/flow.h>

struct arg {
	u32 bit;
};

static u32 field(const struct arg *arg)
{
	return 1u << arg->bit;			/* error: wide-shift */
}

static u32 off_by_one(u32 n, u32 bits)
{
	if (n > 32)
		return 0;
	return bits >> n;			/* error: wide-shift */
}

static int negative(int n)
{
	if (n > 31)
		return 0;
	return 1 << n;				/* error: wide-shift */
}

static u64 too_narrow(u32 n)
{
	if (n >= 64)
		return 0;
	return 1u << n;				/* error: wide-shift */
}

// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
#include <ferrule/flow.h>

static const u32 rates[4] __initconst = { 1, 2, 4, 8 };	/* note: gone-section */

static u32 table(u32 i)
{
	return rates[i & 3];			/* error: gone-section */
}

static __init int once(int n)			/* note: gone-section */
{
	return n + 1;
}

static int function(int n)
{
	return once(n);				/* error: gone-section */
}

static __exit int last(const struct state *s)	/* note: gone-section */
{
	return 0;
}

static const struct test_ops ops = {
	.read = last,				/* error: gone-section */
};

struct model {
	const u32 *rates;
};

static const u32 slow[2] __initconst = { 1, 2 };	/* note: gone-section */
static const struct model model = { slow };	/* error: gone-section */

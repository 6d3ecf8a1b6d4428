// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
#include <ferrule/flow.h>

static u32 tested(u32 n)
{
	if (!n)
		return 0;
	return 1000 / n;
}

static u32 in_the_branch(u32 n)
{
	return n ? 1000 % n : 0;
}

static u32 one_more(u8 n)
{
	return 1000 / (n + 1);
}

static u32 constant(u32 n)
{
	return n / 512 + n % 8;
}

static u32 counted(void)
{
	u32 i, sum = 0;

	for (i = 1; i < 8; i++)
		sum += 840 / i;
	return sum;
}

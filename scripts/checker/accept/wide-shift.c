// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
#include <ferrule/flow.h>

static u32 tested(u32 n)
{
	return n < 32 ? 1u << n : 0;
}

static u32 masked(u32 n)
{
	return 1u << (n & 31);
}

static u64 wide(u32 n)
{
	if (n >= 64)
		return 0;
	return 1ull << n;
}

static u32 each(u32 bits)
{
	u32 i, n = 0;

	for (i = 0; i < 32; i++)
		n += bits >> i & 1;
	return n;
}

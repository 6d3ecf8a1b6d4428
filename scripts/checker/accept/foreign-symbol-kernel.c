// SPDX-License-Identifier: GPL-2.0
/* layer: the real one */
/* Functions of the kernel that only compute. */
#include <ferrule/mmio.h>

struct all {
	u32 v[16], a, b;
	u64 wide;
	unsigned long bits;
};

static u32 as_if_nobody_guessed(const struct all *all, u32 i)
{
	if (i >= ARRAY_SIZE(all->v))
		return 0;
	return all->v[array_index_nospec(i, ARRAY_SIZE(all->v))];
}

static void each_bit(struct all *all, u32 status)
{
	while (status) {
		u32 bit = __ffs(status);

		status &= status - 1;
		if (bit < ARRAY_SIZE(all->v))
			all->v[bit]++;
	}
}

static u32 bits(const struct all *all)
{
	return ffs(all->a) + fls(all->b) + fls64(all->wide) + __fls(all->bits | 1) + hweight32(all->a) +
	       sign_extend32(all->b, 11);
}

static u64 sizes(const struct all *all)
{
	return order_base_2(all->a | 1) + rounddown_pow_of_two(all->b | 1) + mul_u32_u32(all->a, all->b) +
	       div_u64(all->wide, 3) + DIV_ROUND_UP(all->a, 8);
}

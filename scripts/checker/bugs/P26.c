// SPDX-License-Identifier: GPL-2.0
/*
 * P26: a sum of two numbers of the user wraps, and passes the test
 *
 * Class: int-overflow
 * Was: CVE-2024-52559, msm_ioctl_gem_submit()
 * Answer: does not build, where memory is reached by it: the test of a sum that can wrap proves
 *   nothing of an index. A sum that only the hardware sees is the author's:
 *   check_add_overflow() and size_add() are there.
 * Layer: <ferrule/ioctl.h>
 */
#include <ferrule/ioctl.h>

struct cmd {
	u32 size, offset;
};

struct bo {
	u32 words[64];
};

static u32 sum(const struct bo *bo, const struct cmd *c)
{
	if (c->size + c->offset > ARRAY_SIZE(bo->words))
		return 0;
	return bo->words[c->offset];		/* error: raw-index */
}

static u32 sum_in_a_variable(const struct bo *bo, u32 size, u32 offset)
{
	u32 end = size + offset;

	if (end > ARRAY_SIZE(bo->words))
		return 0;
	return bo->words[offset];		/* error: raw-index */
}

static u32 product(const struct bo *bo, u32 i)
{
	if (i * 4 >= ARRAY_SIZE(bo->words))
		return 0;
	return bo->words[i];			/* error: raw-index */
}

/* Right: no sum that can wrap. */
static u32 difference(const struct bo *bo, u32 size, u32 offset)
{
	if (offset >= ARRAY_SIZE(bo->words) || size > ARRAY_SIZE(bo->words) - offset)
		return 0;
	return bo->words[offset];
}

// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
#include <ferrule/test.h>

struct own {
	u32 table[8];
	u32 other[4];
	u32 count;
	u32 tail[];
};

static u32 unknown(const struct own *own, u32 i)
{
	return own->table[i];		/* error: raw-index */
}

static u32 constant(const struct own *own)
{
	return own->table[8];		/* error: raw-index */
}

static u32 negative(const struct own *own, int i)
{
	if (i >= 8)
		return 0;
	return own->table[i];		/* error: raw-index */
}

static u32 off_by_one(const struct own *own)
{
	u32 sum = 0;

	for (u32 i = 0; i <= ARRAY_SIZE(own->table); i++)
		sum += own->table[i];	/* error: raw-index */
	return sum;
}

static u32 the_wrong_array(const struct own *own)
{
	u32 sum = 0;

	for (u32 i = 0; i < ARRAY_SIZE(own->table); i++)
		sum += own->other[i];	/* error: raw-index */
	return sum;
}

static u32 changed_in_between(const struct own *own, u32 i)
{
	if (i >= ARRAY_SIZE(own->table))
		return 0;
	i += own->count;
	return own->table[i];		/* error: raw-index */
}

static u32 flexible(const struct own *own)
{
	return own->tail[0];		/* error: raw-index */
}

static u32 pointer(const u32 *p, u32 i)
{
	return p[i];			/* error: raw-index */
}

static u32 dereferenced(const u32 *p)
{
	return *(p + 1);		/* error: raw-index */
}

static u32 mask_too_wide(const struct own *own, u32 i)
{
	return own->table[i & 15];	/* error: raw-index */
}

static void writes(struct own *own, u32 i)
{
	own->table[i % 9] = 1;		/* error: raw-index */
}

static u32 test_does_not_leave(struct own *own, u32 i)
{
	if (i >= ARRAY_SIZE(own->table))
		own->count++;
	return own->table[i];		/* error: raw-index */
}

static u32 jumped_past_the_test(const struct own *own, u32 i, int known)
{
	if (known)
		goto use;
	if (i >= ARRAY_SIZE(own->table))
		return 0;
use:
	return own->table[i];		/* error: raw-index */
}

static u32 case_past_the_test(const struct own *own, u32 i, int n)
{
	switch (n) {
	case 0:
		if (i >= ARRAY_SIZE(own->table))
			return 0;
		fallthrough;
	case 1:
		return own->table[i];	/* error: raw-index */
	default:
		return 0;
	}
}

static void sets(u32 *i)
{
	*i = 100;
}

static u32 address_taken(const struct own *own)
{
	u32 i = 0;

	if (i >= ARRAY_SIZE(own->table))
		return 0;
	sets(&i);
	return own->table[i];		/* error: raw-index */
}

static u32 counts_down(const struct own *own)
{
	u32 sum = 0;

	for (int i = 7; i < 8; i--)
		sum += own->table[i];	/* error: raw-index */
	return sum;
}

static u32 the_other_branch(const struct own *own, u32 i)
{
	return i < 8 ? 0 : own->table[i];	/* error: raw-index */
}

static u32 wraps_around(const struct own *own, u32 i)
{
	if (i >= 8)
		return 0;
	return own->table[i - 1];	/* error: raw-index */
}

static u32 changed_before_in_the_loop(const struct own *own)
{
	u32 sum = 0;
	u32 i = 0;

	while (i < 8) {
		i++;
		sum += own->table[i];	/* error: raw-index */
	}
	return sum;
}

static u32 changed_in_an_inner_loop(const struct own *own)
{
	u32 sum = 0;
	u32 i = 0;

	while (i < 8) {
		for (int j = 0; j < 3; j++) {
			sum += own->table[i];	/* error: raw-index */
			i++;
		}
	}
	return sum;
}

static u32 tested_when_shorter(const struct own *own, u64 i)
{
	if ((u32)i >= 8)
		return 0;
	return own->table[i];		/* error: raw-index */
}

static u32 behind_a_search_that_failed(const struct own *own, u32 value)
{
	u32 i;

	for (i = 0; i < 8; i++)
		if (own->table[i] == value)
			break;
	return own->table[i];		/* error: raw-index */
}

static u32 a_larger_number(const struct own *own, u32 n)
{
	u32 i, sum = 0;

	if (n > 9)
		return 0;
	for (i = 0; i < n; i++)
		sum += own->table[i];	/* error: raw-index */
	return sum;
}

static u32 a_sum_that_wraps(const struct own *own, u32 a, u32 b)
{
	if (a + b >= 8)
		return 0;
	return own->table[a];		/* error: raw-index */
}

// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
/* Parts of arrays that may end behind them. */
#include <ferrule/flow.h>

struct own {
	u32 table[8];
	u8 bytes[64];
};

static int a_sum_that_wraps(struct own *own, u32 at, u32 n)
{
	if (at + n > ARRAY_SIZE(own->table))
		return -EINVAL;
	for (u32 i = 0; i < n; i++)
		own->table[at + i] = i;		/* error: raw-index */
	return 0;
}

static int a_difference_that_wraps(struct own *own, u32 at, u32 n)
{
	if (n > ARRAY_SIZE(own->table) - at)
		return -EINVAL;
	for (u32 i = 0; i < n; i++)
		own->table[at + i] = i;		/* error: raw-index */
	return 0;
}

static int each_for_itself(struct own *own, u32 at, u32 n)
{
	if (at > ARRAY_SIZE(own->table) || n > ARRAY_SIZE(own->table))
		return -EINVAL;
	for (u32 i = 0; i < n; i++)
		own->table[at + i] = i;		/* error: raw-index */
	return 0;
}

static int the_last_one_too(struct own *own, u32 at, u32 n)
{
	if (at > ARRAY_SIZE(own->table) || n > ARRAY_SIZE(own->table) - at)
		return -EINVAL;
	for (u32 i = 0; i <= n; i++)
		own->table[at + i] = i;		/* error: raw-index */
	return 0;
}

static int a_length_that_is_believed(struct own *own, size_t len)
{
	size_t pos = 0;
	int sum = 0;

	if (len > sizeof(own->bytes))
		return -EINVAL;
	while (pos + 2 <= len) {
		u8 n = own->bytes[pos + 1];

		sum += own->bytes[pos + 2 + n];			/* error: raw-index */
		pos += 2 + n;
	}
	return sum;
}

static int the_head_is_forgotten(struct own *own, size_t len)
{
	size_t pos = 0;
	int sum = 0;

	if (len > sizeof(own->bytes))
		return -EINVAL;
	while (pos + 2 <= len) {
		u8 n = own->bytes[pos + 1];

		if (n > len - pos)
			return -EINVAL;
		for (u32 i = 0; i < n; i++)
			sum += own->bytes[pos + 2 + i];		/* error: raw-index */
		pos += 2 + n;
	}
	return sum;
}

static int no_second_byte(struct own *own, size_t len)
{
	size_t pos = 0;
	int sum = 0;

	if (len > sizeof(own->bytes))
		return -EINVAL;
	while (pos < len) {
		u8 n = own->bytes[pos + 1];			/* error: raw-index */

		if (n < 2 || n > len - pos)
			return -EINVAL;
		sum += n;
		pos += n;
	}
	return sum;
}

static int moved_on_between(struct own *own, u32 at, u32 n)
{
	if (at > ARRAY_SIZE(own->table) || n > ARRAY_SIZE(own->table) - at)
		return -EINVAL;
	at++;
	for (u32 i = 0; i < n; i++)
		own->table[at + i] = i;		/* error: raw-index */
	return 0;
}

static int counts_both(struct own *own, u32 at, u32 n)
{
	if (at >= ARRAY_SIZE(own->bytes) || n > ARRAY_SIZE(own->bytes) - at)
		return -EINVAL;
	while (n--)
		own->bytes[++at] = 0;				/* error: raw-index */
	return 0;
}

static int past_the_end(struct own *own, u32 len)
{
	u32 pos = 0;
	int sum = 0;

	if (len > sizeof(own->bytes))
		len = sizeof(own->bytes);
	while (len - pos >= 2) {
		u32 n = own->bytes[pos];				/* error: raw-index */

		sum += own->bytes[pos + 1];				/* error: raw-index */
		pos += n;						/* error: endless-loop */
	}
	return sum;
}

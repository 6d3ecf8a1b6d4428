// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
/* Parts of arrays: where each begins, and how long it is. */
#include <ferrule/flow.h>

struct own {
	u32 table[8];
	u8 bytes[64];
};

static int a_part(struct own *own, u32 at, u32 n)
{
	if (at > ARRAY_SIZE(own->table) || n > ARRAY_SIZE(own->table) - at)
		return -EINVAL;
	for (u32 i = 0; i < n; i++)
		own->table[at + i] = i;
	return 0;
}

static int the_length_is_tested_first(struct own *own, u32 at, u32 n)
{
	if (n > ARRAY_SIZE(own->table))
		return -EINVAL;
	if (at > ARRAY_SIZE(own->table) - n)
		return -EINVAL;
	for (u32 i = at; i < at + n; i++)
		own->table[i] = i;
	return 0;
}

static int a_sum_that_cannot_wrap(struct own *own, u32 at, u32 n)
{
	if ((u64)at + n > ARRAY_SIZE(own->table))
		return -EINVAL;
	for (u32 i = 0; i < n; i++)
		own->table[at + i] = i;
	return 0;
}

static u32 as_much_as_fits(struct own *own, u32 at, u32 n)
{
	if (at > ARRAY_SIZE(own->bytes))
		return 0;
	if (n > ARRAY_SIZE(own->bytes) - at)
		n = ARRAY_SIZE(own->bytes) - at;
	for (u32 i = 0; i < n; i++)
		own->bytes[at + i] = i;
	return n;
}

static u32 the_smaller_one(struct own *own, u32 at, u32 n)
{
	if (at >= ARRAY_SIZE(own->bytes))
		return 0;

	u32 rest = ARRAY_SIZE(own->bytes) - at, part = n < rest ? n : rest;

	for (u32 i = 0; i < part; i++)
		own->bytes[at + i] = i;
	return part;
}

static int elements_with_a_length(struct own *own, size_t len)
{
	size_t pos = 0;
	int sum = 0;

	if (len > sizeof(own->bytes))
		return -EINVAL;
	while (pos + 2 <= len) {
		u8 n = own->bytes[pos + 1];

		if (n > len - pos - 2)
			return -EINVAL;
		for (u32 i = 0; i < n; i++)
			sum += own->bytes[pos + 2 + i];
		pos += 2 + n;
	}
	return sum;
}

static int descriptors(struct own *own, u32 len)
{
	u32 pos = 0;
	int sum = 0;

	if (len > sizeof(own->bytes))
		len = sizeof(own->bytes);
	while (len - pos >= 2) {
		u32 n = own->bytes[pos];

		if (n < 2 || n > len - pos)
			break;
		sum += own->bytes[pos + 1];
		sum += own->bytes[pos + n - 1];
		pos += n;
	}
	return sum;
}

static int one_byte_at_a_time(struct own *own, u32 len)
{
	u32 pos = 0;
	int elements = 0;

	if (len > sizeof(own->bytes))
		return -EINVAL;
	while (pos < len) {
		u8 what = own->bytes[pos++];
		u8 n;

		if (!what)
			continue;
		if (pos >= len)
			return -EINVAL;
		n = own->bytes[pos++];
		if (len - pos < n)
			return -EINVAL;
		pos += n;
		elements++;
	}
	return elements;
}

static int counts_both(struct own *own, u32 at, u32 n)
{
	if (at >= ARRAY_SIZE(own->table) || n > ARRAY_SIZE(own->table) - at)
		return -EINVAL;
	while (n--)
		own->table[at++] = 0;
	return 0;
}

static int counts_down_from_the_end(struct own *own, u32 n)
{
	int sum = 0;

	if (n > ARRAY_SIZE(own->bytes))
		return -EINVAL;
	while (n-- > 0)
		sum += own->bytes[n];
	return sum;
}

static int only_the_heads(struct own *own, size_t len)
{
	size_t pos = 0;
	int sum = 0;

	if (len > sizeof(own->bytes))
		return -EINVAL;
	while (pos + 2 <= len) {
		sum += own->bytes[pos];
		pos += 2 + own->bytes[pos + 1];
	}
	return sum;
}

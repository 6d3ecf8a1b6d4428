// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
/* Pointers that are NULL at first, and not where they are used. */
#include <ferrule/flow.h>

struct slot {
	u32 key, length;
	struct slot *peer;
};

struct own {
	struct slot	slots[8];
	struct slot	*current_slot;
	u32		count;
};

static u32 found_by_a_flag(const struct own *own, u32 key)
{
	const struct slot *slot = NULL;
	bool found = false;

	for (int i = 0; i < 8; i++)
		if (own->slots[i].key == key) {
			slot = &own->slots[i];
			found = true;
		}
	return found ? slot->length : 0;
}

static u32 longest(const struct own *own)
{
	const struct slot *best = NULL;

	for (int i = 0; i < 8; i++)
		if (!best || own->slots[i].length > best->length)
			best = &own->slots[i];
	return best->length;
}

static u32 since_the_first_round(const struct own *own)
{
	const struct slot *last = NULL;
	u32 i, sum = 0;

	for (i = 0; i < 8; i++) {
		if (i > 0)
			sum += last->length;
		last = &own->slots[i];
	}
	return sum;
}

static int by_an_error(const struct own *own, u32 key)
{
	const struct slot *slot = NULL;
	int ret = 0;

	if (key > 8)
		ret = -EINVAL;
	else
		slot = &own->slots[key & 7];
	if (ret)
		return ret;
	return slot->length;
}

static u32 by_the_same_test(const struct own *own, u32 n)
{
	const struct slot *slot = NULL;

	if (n < 8)
		slot = &own->slots[n];
	test_sleep(n);
	if (n >= 8)
		return 0;
	return slot->length;
}

static u32 stops_at_one(const struct own *own, u32 key)
{
	const struct slot *slot = NULL;
	u32 i;

	for (i = 0; i < 8; i++) {
		slot = &own->slots[i];
		if (slot->key == key)
			break;
	}
	return slot->length;
}

static u32 along_a_chain(const struct own *own)
{
	const struct slot *slot = own->current_slot;
	u32 sum = 0;

	for (; slot; slot = slot->peer)
		sum += slot->length;
	return sum;
}

static u32 transfer(const struct slot *out, struct slot *in)
{
	if (in)
		in->length = out ? out->length : 0;
	return in ? in->length : 0;
}

static u32 one_way(struct own *own)
{
	return transfer(&own->slots[0], NULL) + transfer(NULL, &own->slots[1]);
}

static int by_where_it_stopped(const struct own *own, u32 key)
{
	const struct slot *slot = NULL;
	u32 i;

	for (i = 0; i < 8; i++)
		if (own->slots[i].key == key) {
			slot = &own->slots[i];
			break;
		}
	if (i == 8)
		return -EINVAL;
	return slot->length;
}

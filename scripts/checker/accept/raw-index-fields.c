// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
/* Numbers that are tested, and used, where they are: in structures. */
#include <ferrule/flow.h>

struct own {
	u32 head, count;
	u32 table[64];
};

struct part {
	u32 at, n;
};

struct request {
	struct part part;
	u32 shift, rate;
};

TEST_LOCK(own_lock, struct own, test_lock);

struct state {
	struct own_lock own;
};

static u32 tested_in_front(const struct own *own)
{
	if (own->head >= ARRAY_SIZE(own->table))
		return 0;
	return own->table[own->head];
}

static int a_part_of_it(struct own *own, const struct request *r)
{
	if (r->part.at >= ARRAY_SIZE(own->table) || r->part.n > ARRAY_SIZE(own->table) - r->part.at)
		return -EINVAL;
	for (u32 i = 0; i < r->part.n; i++)
		own->table[r->part.at + i] = i;
	return 0;
}

static void brought_back(struct own *own, u32 value)
{
	if (own->head >= ARRAY_SIZE(own->table))
		own->head = 0;
	own->table[own->head] = value;
	own->head++;
}

static void cut(struct own *own, struct part *part)
{
	if (part->n > ARRAY_SIZE(own->table))
		part->n = ARRAY_SIZE(own->table);
	for (u32 i = 0; i < part->n; i++)
		own->table[i] = 0;
}

static u32 under_a_lock(const struct state *state)
{
	struct own *own __test_unlock(own_lock) = test_acquire(&state->own);

	if (own->head >= ARRAY_SIZE(own->table))
		return 0;
	own->count++;
	return own->table[own->head];
}

static u32 mean(const struct own *own)
{
	u32 sum = 0;

	for (u32 i = 0; i < ARRAY_SIZE(own->table); i++)
		sum += own->table[i];
	return own->count ? sum / own->count : 0;
}

static u32 shifted(const struct request *r, u32 n)
{
	if (r->shift >= 32 || !r->rate)
		return 0;
	return (n << r->shift) / r->rate;
}

static int in_a_variable_of_its_own(const struct own *own)
{
	struct part part = { .at = test_start(0), .n = 1 };

	if (part.at >= ARRAY_SIZE(own->table))
		return -EINVAL;
	return own->table[part.at];
}

static int others_are_called(const struct own *own, const struct part *part)
{
	struct obj *o __obj = NULL;

	if (part->at >= ARRAY_SIZE(own->table))
		return -EINVAL;
	o = obj_new();
	obj_change(o);
	return own->table[part->at];
}

static u32 of_two_the_one(struct part *a, const struct own *own, struct request *r)
{
	if (a->at >= ARRAY_SIZE(own->table))
		return 0;
	r->shift = 0;
	a->n = 7;
	return own->table[a->at];
}

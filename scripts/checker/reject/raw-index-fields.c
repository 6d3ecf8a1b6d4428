// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
/* Numbers in structures that were tested, and may be others by now. */
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

static u32 of_another(const struct own *own, const struct part *a, const struct part *b)
{
	if (a->at >= ARRAY_SIZE(own->table))
		return 0;
	return own->table[b->at];		/* error: raw-index */
}

static u32 of_another_field(const struct own *own, const struct part *a)
{
	if (a->at >= ARRAY_SIZE(own->table))
		return 0;
	return own->table[a->n];		/* error: raw-index */
}

static u32 the_pointer_moved_on(const struct own *own, const struct part *a, const struct part *b)
{
	if (a->at >= ARRAY_SIZE(own->table))
		return 0;
	a = b;
	return own->table[a->at];		/* error: raw-index */
}

static u32 changed_by_name(const struct own *own, struct part *a)
{
	if (a->at >= ARRAY_SIZE(own->table))
		return 0;
	a->at += 2;
	return own->table[a->at];		/* error: raw-index */
}

static u32 changed_by_another_name(const struct own *own, struct part *a, u32 n)
{
	struct part *same = a;

	if (a->at >= ARRAY_SIZE(own->table))
		return 0;
	same->at = n;
	return own->table[a->at];		/* error: raw-index */
}

static u32 changed_as_a_whole(const struct own *own, struct request *r, struct part part)
{
	if (r->part.at >= ARRAY_SIZE(own->table))
		return 0;
	r->part = part;
	return own->table[r->part.at];		/* error: raw-index */
}

static u32 changed_through_its_address(const struct own *own, struct part *a, u32 n)
{
	u32 *at = &a->at;

	if (a->at >= ARRAY_SIZE(own->table))
		return 0;
	*at = n;
	return own->table[a->at];		/* error: raw-index */
}

static u32 counted_too_far(struct own *own)
{
	u32 sum = 0;

	if (own->head >= ARRAY_SIZE(own->table))
		return 0;
	while (own->count--)
		sum += own->table[own->head++];	/* error: raw-index */
	return sum;
}

static void set(struct part *a, u32 n)
{
	a->at = n;
}

static u32 changed_by_a_helper(const struct own *own, struct part *a, u32 n)
{
	if (a->at >= ARRAY_SIZE(own->table))
		return 0;
	set(a, n);
	return own->table[a->at];		/* error: raw-index */
}

static u32 changed_with_all_around(const struct own *own, struct request *r)
{
	if (r->part.at >= ARRAY_SIZE(own->table))
		return 0;
	set(&r->part, 70);
	return own->table[r->part.at];		/* error: raw-index */
}

static void set_rate(struct request *r, u32 n)
{
	r->rate = n;
}

static u32 divided_after_a_change(struct request *r)
{
	if (!r->rate)
		return 0;
	set_rate(r, r->shift);
	return 100 / r->rate;			/* error: zero-divisor */
}

static u32 before_the_test(const struct own *own, const struct part *a)
{
	u32 value = own->table[a->at];		/* error: raw-index */

	return a->at < ARRAY_SIZE(own->table) ? value : 0;
}

static u32 one_less_is_far_away(const struct own *own, const struct part *a)
{
	if (a->at > ARRAY_SIZE(own->table))
		return 0;
	return own->table[a->at - 1];		/* error: raw-index */
}

static u32 a_sum_that_wraps(const struct own *own, const struct part *a)
{
	u32 sum = 0;

	if (a->at + a->n > ARRAY_SIZE(own->table))
		return 0;
	for (u32 i = 0; i < a->n; i++)
		sum += own->table[a->at + i];	/* error: raw-index */
	return sum;
}

static u32 a_variable_that_was_lent(const struct own *own, u32 n)
{
	struct part part = { .at = n };

	if (part.at >= ARRAY_SIZE(own->table))
		return 0;
	set(&part, n);
	return own->table[part.at];		/* error: raw-index */
}

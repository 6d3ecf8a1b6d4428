// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
/* Into an element of an array, which is stored in as well as any other field. */
#include <ferrule/flow.h>

#define SLOTS 8

struct slot {
	int id;
	u8 *to;
};

struct slots {
	struct slot slot[SLOTS];
	u8 *last[SLOTS];
	const u8 *kept;
};

TEST_LOCK(slots_lock, struct slots, test_lock);

struct state {
	struct slots_lock slots;
};

static void field_of_an_element(const struct state *s, u8 *bytes, u32 i)	/* note: borrow-escapes */
{
	struct slots *w __test_unlock(slots_lock) = test_acquire(&s->slots);

	if (i < SLOTS)
		w->slot[i].to = bytes;		/* error: borrow-escapes */
}

static void element(const struct state *s, u8 *bytes, u32 i)			/* note: borrow-escapes */
{
	struct slots *w __test_unlock(slots_lock) = test_acquire(&s->slots);

	if (i < SLOTS)
		w->last[i] = bytes;		/* error: borrow-escapes */
}

static void by_a_pointer_to_the_element(const struct state *s, u8 *bytes, u32 i) /* note: borrow-escapes */
{
	struct slots *w __test_unlock(slots_lock) = test_acquire(&s->slots);
	struct slot *one;

	if (i >= SLOTS)
		return;
	one = &w->slot[i];
	one->to = bytes;			/* error: borrow-escapes */
}

static void of_the_stack(const struct state *s)
{
	struct slots *w __test_unlock(slots_lock) = test_acquire(&s->slots);
	u8 here[4] = {};

	w->slot[2].to = &here[0];		/* error: borrow-escapes */
}

static void whole_element(const struct state *s, u8 *bytes, u32 i)		/* note: borrow-escapes */
{
	struct slots *w __test_unlock(slots_lock) = test_acquire(&s->slots);

	if (i < SLOTS)
		w->slot[i] = (struct slot){ 3, bytes };	/* error: borrow-escapes */
}

static void keep(struct slots *w, const u8 *bytes __fe_outlives(1))
{
	w->kept = bytes;
}

static void kept_by_a_helper(const struct state *s)
{
	struct slots *w __test_unlock(slots_lock) = test_acquire(&s->slots);
	u8 here = 3;

	keep(w, &here);				/* error: borrow-escapes */
}

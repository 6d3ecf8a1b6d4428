// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
#include <ferrule/flow.h>

#define SLOTS 8

struct slot {
	int id;
	u8 byte;
	const char *name;
};

struct slots {
	struct slot slot[SLOTS];
	struct slot *current, *recent[SLOTS];
};

TEST_LOCK(slots_lock, struct slots, test_lock);

struct state {
	struct slots_lock slots;
};

static void within_what_the_guard_gives(const struct state *s, u32 i)
{
	struct slots *w __test_unlock(slots_lock) = test_acquire(&s->slots);

	if (i >= SLOTS)
		return;
	w->current = &w->slot[i];
	w->recent[i] = &w->slot[0];
}

static void text(const struct state *s)
{
	struct slots *w __test_unlock(slots_lock) = test_acquire(&s->slots);

	w->slot[1].name = "one";
	w->slot[2] = (struct slot){ 2, 0, "two" };
}

static void copy_of_what_is_there(const struct state *s, const u8 *bytes, u32 i)
{
	struct slots *w __test_unlock(slots_lock) = test_acquire(&s->slots);

	if (i < SLOTS)
		w->slot[i].byte = *bytes;
}

static void emptied(const struct state *s)
{
	struct slots *w __test_unlock(slots_lock) = test_acquire(&s->slots);
	u32 i;

	for (i = 0; i < SLOTS; i++)
		w->recent[i] = NULL;
}

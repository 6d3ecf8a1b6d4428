// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
#include <ferrule/flow.h>

struct slot {
	int id, state;
};

struct slots {
	struct slot slot[4];
};

static struct slot *find(struct slots *all, int id)
{
	u32 i;

	for (i = 0; i < 4; i++)
		if (all->slot[i].id == id)
			return &all->slot[i];
	return NULL;
}

static int tested(struct slots *all, int id)
{
	struct slot *s = find(all, id);

	return s ? s->state : -ENODEV;
}

static struct slot *always(struct slots *all, u32 i)
{
	return &all->slot[i & 3];
}

static int there_is_one(struct slots *all, u32 i)
{
	return always(all, i)->state;
}

static int kept_in_a_loop(struct slots *all)
{
	struct slot *s = &all->slot[0];

	while (s && s->state)
		s = find(all, s->id);
	return s ? s->id : 0;
}

// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
/* A function of the driver returns NULL on some path. */
#include <ferrule/flow.h>

struct slot {
	int id, state;
};

struct slots {
	struct slot slot[4];
};

static struct slot *find(struct slots *all, int id)	/* note: unchecked-result */
{
	u32 i;

	for (i = 0; i < 4; i++)
		if (all->slot[i].id == id)
			return &all->slot[i];
	return NULL;
}

static int read(struct slots *all, int id)
{
	return find(all, id)->state;		/* error: unchecked-result */
}

static void written(struct slots *all, int id)
{
	struct slot *s = find(all, id);

	s->state = 1;				/* error: unchecked-result */
}

static struct slot *first(struct slots *all)		/* note: unchecked-result */
{
	return find(all, 1);
}

static int further_down(struct slots *all)
{
	struct slot *s = first(all);

	return s->state;			/* error: unchecked-result */
}

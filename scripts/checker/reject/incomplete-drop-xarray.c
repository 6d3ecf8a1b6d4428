// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions */
#include <ferrule/store.h>

struct disk {
	struct pages data, cache;
	int size;
};

static void one_of_two(struct disk *d __fe_drop)	/* note: incomplete-drop */
{
	pages_drop(&d->data);
}							/* error: incomplete-drop */

struct pair {
	struct disk a;
};

static void within(struct pair *p __fe_drop)		/* note: incomplete-drop */
{
	pages_drop(&p->a.data);
}							/* error: incomplete-drop */

/* An array that owns its elements, and a slot that would end it. */
struct shelf {
	int size;
	struct pages data;					/* note: incomplete-drop */
};

struct shelf_ops {
	void (*drop)(struct shelf *s __fe_drop);
};

static const struct shelf_ops no_drop = { };			/* error: incomplete-drop */

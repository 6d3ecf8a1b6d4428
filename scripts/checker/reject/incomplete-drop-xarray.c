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

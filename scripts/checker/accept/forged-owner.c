// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions */
#include <ferrule/flow.h>

static void takes_and_drops(struct obj *o __fe_take)
{
	obj_put(o);
}

static __fe_gives_sure struct obj *passes_through(struct obj *o __fe_take)
{
	return o;
}

static struct buf empty(void)
{
	struct buf b = {};

	return b;
}

struct node {
	struct node *next __fe_own;
};

static void taken_out_first(struct node *n __fe_take)
{
	struct node *next = fe_move(n->next);

	box_drop(next);
	box_drop(n);
}

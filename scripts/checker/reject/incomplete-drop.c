// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions -Wno-unused-result */
#include <ferrule/flow.h>

struct pair {
	struct buf a, b;
	struct obj *o __fe_own;
};

static void one_field(struct pair *p __fe_drop)		/* note: incomplete-drop */
{
	buf_drop(&p->a);
	obj_put(p->o);
}							/* error: incomplete-drop */

static void nothing(struct pair *p __fe_drop)		/* note: incomplete-drop */
{
}							/* error: incomplete-drop */

static void on_one_path(struct pair *p __fe_drop, int n)	/* note: incomplete-drop */
{
	buf_drop(&p->a);
	if (n)
		buf_drop(&p->b);
	obj_put(p->o);
}							/* error: incomplete-drop */

struct twin {
	struct pair left, right;
};

static void pair_drop(struct pair *p __fe_drop)
{
	buf_drop(&p->a);
	buf_drop(&p->b);
	obj_put(p->o);
}

static void twin_drop(struct twin *t __fe_drop)		/* note: incomplete-drop */
{
	pair_drop(&t->left);
}							/* error: incomplete-drop */

/* Whoever ends a value of the type does it through a slot, and that is empty. */
struct holder {
	int n;
	struct buf b;			/* note: incomplete-drop */
};

struct holder_ops {
	int (*probe)(struct holder *h);
	void (*drop)(struct holder *h __fe_drop);
};

static const struct holder_ops no_drop = { };	/* error: incomplete-drop */

// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions */
#include <ferrule/flow.h>

struct pair {
	struct buf a, b;
	struct obj *o __fe_own;
	int n;
};

static void pair_drop(struct pair *p __fe_drop)
{
	buf_drop(&p->a);
	buf_drop(&p->b);
	obj_put(p->o);
}

struct twin {
	struct pair left, right;
};

FE_DROP(twin, (pair, left), (pair, right));

static void moves_out(struct pair *p __fe_drop)
{
	buf_consume(fe_move(p->a));
	buf_swallow(&p->b);
	obj_put(fe_move(p->o));
}

static void nothing_to_drop(struct obj *o __fe_drop)
{
	o->x = 0;
}

struct pair_ops {
	void (*drop)(struct pair *p __fe_drop);
	void (*end)(struct obj *o __fe_drop);
};

static const struct pair_ops with_drop = { .drop = pair_drop };

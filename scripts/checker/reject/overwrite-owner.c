// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions -Wno-unused-result */
#include <ferrule/flow.h>

static int handle(int n)
{
	struct buf b __buf = {};

	if (buf_alloc(&b, n))			/* note: overwrite-owner */
		return -ENOMEM;
	if (buf_alloc(&b, n))			/* error: overwrite-owner */
		return -EIO;
	return 0;
}

static int pointer(int n)
{
	struct obj *o = obj_new();		/* note: overwrite-owner */

	o = obj_new();				/* error: overwrite-owner */
	obj_put(o);
	return 0;
}

static void set_to_null(void)
{
	struct obj *o __obj = obj_new();	/* note: overwrite-owner */

	o = NULL;				/* error: overwrite-owner */
}

static void moved_into(struct buf a, int n)
{
	struct buf b __buf = buf_make(n);	/* note: overwrite-owner */

	b = fe_move(a);				/* error: overwrite-owner */
}

static void field(struct counts *c)
{
	if (c->last)
		c->last = obj_new();		/* error: overwrite-owner */
}

static int refilled(int n)
{
	struct obj *o = NULL;
	int ret = obj_get(&o, n);		/* note: overwrite-owner */

	if (ret)
		return ret;
	ret = obj_get(&o, n + 1);		/* error: overwrite-owner */
	if (!ret)
		obj_put(o);
	return ret;
}

struct pair {
	struct buf a, b;
};

static int cleared(int n)
{
	struct pair p = {};

	if (buf_alloc(&p.a, n))			/* note: overwrite-owner */
		return -ENOMEM;
	p = (struct pair){};			/* error: overwrite-owner */
	return 0;
}

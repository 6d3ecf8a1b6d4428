// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions */
#include <ferrule/flow.h>

static int tested_once_for_two(int n)
{
	struct obj *a __obj = obj_open(n);
	struct obj *b __obj = obj_open(n + 1);

	if (IS_ERR(a) || IS_ERR(b))
		return -ENODEV;
	return a->x + b->x;
}

static int failure_is_replaced(int n)
{
	struct obj *o __obj = obj_open(n);

	if (IS_ERR(o))
		o = obj_new();
	return o->x;
}

static int nullable(const struct obj *o __fe_nullable)
{
	return o ? o->x : 0;
}

static int passes_nullable(int n)
{
	struct obj *o __obj = obj_find(n);

	return nullable(o);
}

static int positive_is_no_error(int n)
{
	struct buf b __buf = {};
	int ret = buf_alloc(&b, n);

	if (ret < 0)
		return ret;
	return buf_len(&b);
}

// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions */
#include <ferrule/flow.h>

static int set_after_it_was_empty(int n)
{
	struct obj *o __obj = NULL;

	o = obj_open(n);
	return PTR_ERR_OR_ZERO(o);
}

static int set_again_after_a_failure(int n)
{
	struct obj *o __obj = obj_open(n);

	if (IS_ERR(o))
		o = obj_new();
	return obj_ping(o);
}

static void empty_field(struct counts *c)
{
	if (c->last)
		return;
	c->last = obj_new();
}

static int second_try(int n)
{
	struct buf b __buf = {};

	if (buf_alloc(&b, n) && buf_alloc(&b, n / 2))
		return -ENOMEM;
	return buf_len(&b);
}

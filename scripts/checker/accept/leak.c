// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions */
#include <ferrule/flow.h>

static int stop_early(int n)
{
	struct obj *o __obj = NULL;
	int ret = test_start(n);

	if (ret)
		return ret;
	o = obj_open(n);
	if (IS_ERR(o))
		return PTR_ERR(o);
	return obj_ping(o);
}

static void endless(int n)
{
	struct obj *o = obj_new();

	for (;;)
		n += obj_ping(o);
}

static int given_away_on_success(int n)
{
	struct obj *o = obj_new();
	int ret = obj_give(o);

	if (ret)
		obj_put(o);
	return ret;
}

static void into_a_field_that_owns(struct counts *c)
{
	struct obj *old __obj = fe_move(c->last);

	c->last = obj_new();
}

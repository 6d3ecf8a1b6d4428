// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions */
#include <ferrule/flow.h>

static int set_on_both_paths(int n, struct obj *a, struct obj *b)
{
	struct obj *o;

	if (n)
		o = a;
	else
		o = b;
	return obj_ping(o);
}

static int same_condition(int n, struct obj *a)
{
	struct obj *o;
	int ret = 0;

	if (n > 3)
		o = a;
	else
		ret = -EINVAL;
	if (!ret)
		ret = obj_ping(o);
	return ret;
}

static int set_through_a_pointer(int n)
{
	struct obj *o __obj = NULL;
	int x;

	if (obj_get(&o, n))
		return -ENODEV;
	x = o->x;
	return x;
}

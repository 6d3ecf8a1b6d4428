// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions */
#include <ferrule/flow.h>

static int both_tests(int n)
{
	struct obj *o __obj = obj_open(n);

	if (!o || IS_ERR(o))
		return -ENODEV;
	return o->x;
}

static int set_to_null_by_hand(int n)
{
	struct obj *o __obj = n ? obj_open(n) : NULL;

	if (IS_ERR(o))
		return PTR_ERR(o);
	if (!o)
		return 0;
	return o->x;
}

static int null_test(int n)
{
	struct obj *o __obj = obj_find(n);

	if (o == NULL)
		return -ENODEV;
	return o->x;
}

// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions */
#include <ferrule/flow.h>

static int address_only(struct obj *o __fe_take)
{
	int id = o->id;

	obj_put(o);
	return id;
}

static int pointer_is_set_again(int n)
{
	struct obj *o = obj_new();

	obj_put(o);
	o = obj_open(n);
	if (IS_ERR(o))
		return PTR_ERR(o);
	n = o->x;
	obj_put(o);
	return n;
}

static int dropped_in_the_round_that_leaves(int n)
{
	struct obj *o = obj_new();

	for (;;) {
		if (obj_ping(o) > n) {
			obj_put(o);
			return 0;
		}
		n++;
	}
}

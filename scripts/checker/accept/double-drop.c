// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions */
#include <ferrule/flow.h>

static void by_hand_before_the_scope_ends(int n)
{
	struct buf b __buf = buf_make(n);

	buf_drop(&b);
}

static void one_or_the_other(int n)
{
	struct obj *o = obj_new();

	if (n)
		obj_put(o);
	else
		obj_keep(o);
}

static int set_to_null(int n)
{
	struct obj *o = obj_new();

	if (n) {
		obj_put(o);
		o = NULL;
	}
	if (o)
		obj_put(o);
	return 0;
}

/* gcc places the call of a cleanup by the name, however long that is. */
static int by_hand_under_a_long_name(int n)
{
	struct buf buffer __buf = {};

	if (buf_alloc(&buffer, n))
		return -ENOMEM;
	buf_drop(&buffer);
	return 0;
}

// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions -Wno-unused-result */
#include <ferrule/flow.h>

static void handle(int n)
{
	struct buf b = buf_make(n);

	buf_drop(&b);				/* note: double-drop */
	buf_drop(&b);				/* error: double-drop */
}

static void pointer(void)
{
	struct obj *o = obj_new();

	obj_put(o);				/* note: double-drop */
	obj_put(o);				/* error: double-drop */
}

static int on_one_path(int n, int c)
{
	struct obj *o = obj_open(n);

	if (IS_ERR(o))
		return PTR_ERR(o);
	if (c)
		obj_put(o);			/* note: double-drop */
	obj_put(o);				/* error: double-drop */
	return 0;
}

static int by_hand_and_by_scope(int n)
{
	struct obj *o __obj = obj_open(n);	/* error: double-drop */

	if (IS_ERR(o))
		return PTR_ERR(o);
	obj_put(o);				/* note: double-drop */
	return 0;
}

static int unwound_twice(int n)
{
	struct buf b = buf_make(n);
	int ret = test_start(n);

	if (ret) {
		buf_drop(&b);			/* note: double-drop */
		goto out;
	}
	ret = test_start(n + 1);
out:
	buf_drop(&b);				/* error: double-drop */
	return ret;
}

static void through_an_alias(void)
{
	struct obj *o = obj_new(), *p = o;

	obj_put(p);				/* note: double-drop */
	obj_put(o);				/* error: double-drop */
}

static int taken_although_it_fails(struct obj *o __fe_take_ok, int n)
{
	if (n < 0) {
		obj_put(o);			/* note: double-drop */
		return -EINVAL;			/* error: double-drop */
	}
	obj_keep(o);
	return 0;
}

static int dropped_after_success(int n)
{
	struct obj *o = obj_new();
	int ret = obj_give(o);			/* note: use-after-move */

	obj_put(o);				/* error: use-after-move */
	return ret;
}

static void scoped_twice(void)
{
	struct obj *o __obj = obj_new();	/* error: double-drop */
	struct obj *p __obj = o;		/* note: double-drop */
}

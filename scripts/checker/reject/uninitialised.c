// SPDX-License-Identifier: GPL-2.0
/* options: role=driver -fkeep-static-functions -Wno-unused-result */
#include <ferrule/flow.h>

static int pointer(int n)
{
	struct obj *o;

	if (n)
		return o->x;			/* error: uninitialised */
	return 0;
}

static int on_one_path(int n, struct obj *a)
{
	struct obj *o;

	if (n > 3)
		o = a;
	return obj_ping(o);			/* error: uninitialised */
}

static void handle(int n)
{
	struct buf b;

	buf_fill(&b, n);			/* error: uninitialised */
}

static int cleanup(int n)
{
	struct buf b __buf;			/* error: uninitialised */

	if (n)
		return -EINVAL;
	return buf_alloc(&b, n);		/* note: uninitialised */
}

static int jump(int n)
{
	struct obj *o;
	int ret = test_start(n);

	if (ret)
		goto out;
	o = obj_new();
out:
	obj_put(o);				/* error: uninitialised */
	return ret;
}

static void empty(int n)
{
	struct buf b __buf = {};		/* note: uninitialised */

	buf_fill(&b, n);			/* error: uninitialised */
}

static int not_filled(struct buf *out __fe_out, int n)
{
	if (n > 3)
		return 0;			/* error: uninitialised */
	return buf_alloc(out, n);
}

static int cleanup_after_a_failure(int n)
{
	struct buf b __buf;			/* error: uninitialised */
	int ret = buf_alloc(&b, n);		/* note: uninitialised */

	return ret;
}

static int dropped_after_a_failure(int n)
{
	struct buf b;

	if (buf_alloc(&b, n)) {			/* note: uninitialised */
		buf_drop(&b);			/* error: uninitialised */
		return -ENOMEM;
	}
	buf_drop(&b);
	return 0;
}

// SPDX-License-Identifier: GPL-2.0
/*
 * P14: the error path frees what was not filled yet
 *
 * Class: uninit
 * Was: CVE-2026-74519, dt_remember_or_free_map()
 * Answer: does not build. What the layer allocates is zeroed, and empty owners are fine to drop.
 * Layer: <ferrule/own.h>; buffers are a stand-in
 */
#include <ferrule/future.h>

struct entry {
	struct buf name, value;
};

FE_DROP(entry, (buf, name), (buf, value));

static int remember(int n)
{
	struct entry e;
	int ret = buf_alloc(&e.name, n);

	if (ret)
		return ret;
	ret = buf_alloc(&e.value, n);		/* note: uninitialised */
	entry_drop(&e);				/* error: uninitialised */
	return ret;
}

static int scoped(int n)
{
	struct entry e __fe_scoped(entry);	/* error: uninitialised */

	if (n < 0)
		return -EINVAL;
	return buf_alloc(&e.name, n);		/* note: uninitialised */
}

static int pointer(int n)
{
	struct obj *o;

	if (n > 3)
		goto out;
	o = obj_new();
out:
	obj_put(o);				/* error: uninitialised */
	return 0;
}

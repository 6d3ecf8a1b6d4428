// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions -Wno-unused-result */
#include <ferrule/flow.h>

static int handle(int n)
{
	struct buf b = buf_make(n);

	buf_drop(&b);				/* note: use-after-drop */
	return buf_len(&b);			/* error: use-after-drop */
}

static int pointer(int n)
{
	struct obj *o = obj_open(n);

	if (IS_ERR(o))
		return PTR_ERR(o);
	obj_put(o);				/* note: use-after-drop */
	return o->x;				/* error: use-after-drop */
}

static int box(void)
{
	int *p = box_new(int);

	if (IS_ERR(p))
		return PTR_ERR(p);
	box_drop(p);				/* note: use-after-drop */
	*p = 1;					/* error: use-after-drop */
	return 0;
}

static int through_an_alias(int n)
{
	struct obj *o = obj_new(), **pp = &o;

	obj_put(*pp);				/* note: use-after-drop */
	return o->x;				/* error: use-after-drop */
}

static int in_a_loop(int n)
{
	struct obj *o = obj_new();
	int sum = 0;

	do {
		sum += obj_ping(o);		/* error: use-after-drop */
		obj_put(o);			/* note: use-after-drop */
	} while (n--);
	return sum;
}

static int on_the_error_path(int n)
{
	struct obj *o = obj_new();
	int ret = test_start(n);

	if (ret)
		goto err;
	obj_put(o);
	return 0;
err:
	obj_put(o);				/* note: use-after-drop */
	return ret ? o->id : 0;			/* error: use-after-drop */
}

static struct obj *returned(void)
{
	struct obj *o __obj = obj_new();	/* note: use-after-drop */

	return o;				/* error: use-after-drop */
}

static int passed_on(void)
{
	struct obj *o = obj_new();

	obj_put(o);				/* note: use-after-drop */
	return obj_ping(o);			/* error: use-after-drop */
}

struct pair {
	struct buf a, b;
};

FE_DROP(pair, (buf, a), (buf, b));

static int part_of_what_was_dropped(int n)
{
	struct pair p = {};

	p.a = buf_make(n);
	p.b = buf_make(n);
	pair_drop(&p);				/* note: use-after-drop */
	return buf_len(&p.b);			/* error: use-after-drop */
}

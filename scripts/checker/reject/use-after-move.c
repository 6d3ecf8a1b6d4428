// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions -Wno-unused-result */
#include <ferrule/flow.h>

static int by_value(int n)
{
	struct buf b __buf = buf_make(n);

	buf_consume(fe_move(b));		/* note: use-after-move */
	buf_fill(&b, 1);			/* error: use-after-move */
	return 0;
}

static int through_a_pointer(int n)
{
	struct buf b = buf_make(n);

	buf_swallow(&b);			/* note: use-after-move */
	return buf_len(&b);			/* error: use-after-move */
}

static int owned_pointer(int n)
{
	struct obj *o = obj_open(n);

	if (IS_ERR(o))
		return PTR_ERR(o);
	obj_keep(o);				/* note: use-after-move */
	return o->x;				/* error: use-after-move */
}

static int moved_twice(void)
{
	struct obj *o = obj_new();

	obj_keep(o);				/* note: use-after-move */
	obj_keep(o);				/* error: use-after-move */
	return 0;
}

static int moved_on_one_path(int n)
{
	struct buf b __buf = buf_make(n);

	if (n > 3)
		buf_consume(fe_move(b));	/* note: use-after-move */
	return buf_len(&b);			/* error: use-after-move */
}

static int moved_in_a_loop(int n)
{
	struct buf b __buf = buf_make(n);

	while (n--)
		buf_swallow(&b);		/* error: use-after-move */ /* note: use-after-move */
	return 0;
}

static int without_emptying(int n)
{
	struct buf b __buf = buf_make(n);	/* error: use-after-move */

	buf_consume(b);				/* note: use-after-move */
	return 0;
}

static int used_after_it_was_taken(int n)
{
	struct buf b __buf = buf_make(n);
	int ret = buf_submit(&b);		/* note: use-after-move */

	if (!ret)
		ret = buf_len(&b);		/* error: use-after-move */
	return ret;
}

static int in_one_call(int n)
{
	struct buf b __buf = buf_make(n);

	buf_two(buf_peek(&b), fe_move(b));	/* error: use-after-move */ /* note: use-after-move */
	return 0;
}

static int through_an_alias(void)
{
	struct obj *o = obj_new(), *p = o;

	obj_keep(p);				/* note: use-after-move */
	return obj_ping(o);			/* error: use-after-move */
}

struct pair {
	struct buf a, b;
};

static void left_moved_out(struct pair *p)
{
	buf_consume(p->a);			/* note: use-after-move */
}						/* error: use-after-move */

static int moved_field(struct pair *p)
{
	buf_swallow(&p->a);			/* note: use-after-move */
	return buf_len(&p->a);			/* error: use-after-move */
}

static int moved_from_a_local_structure(int n)
{
	struct pair p = {};

	p.a = buf_make(n);
	buf_consume(fe_move(p.a));		/* note: use-after-move */
	return buf_len(&p.a);			/* error: use-after-move */
}

static int emptied_and_used(int n)
{
	struct obj *o = obj_open(n);

	if (IS_ERR(o))
		return PTR_ERR(o);
	obj_keep(o);				/* note: use-after-move */
	o = NULL;
	return obj_ping(o);			/* error: use-after-move */
}

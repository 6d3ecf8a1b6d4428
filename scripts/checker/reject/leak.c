// SPDX-License-Identifier: GPL-2.0
/* options: role=driver -fkeep-static-functions -Wno-unused-result */
#include <ferrule/flow.h>

static int early_return(int n)
{
	struct buf a, b;
	int ret = buf_alloc(&a, n);		/* note: leak */

	if (ret)
		return ret;
	ret = buf_alloc(&b, n);
	if (ret)
		return ret;			/* error: leak */
	buf_drop(&b);
	buf_drop(&a);
	return 0;
}

static int wrong_label(int n)
{
	struct obj *o = obj_open(n);		/* note: leak */
	int ret;

	if (IS_ERR(o))
		return PTR_ERR(o);
	ret = obj_ping(o);
	if (ret)
		goto out;
	obj_put(o);
out:
	return ret;				/* error: leak */
}

static void forgotten(int n)
{
	struct buf b = buf_make(n);		/* note: leak */

	buf_fill(&b, 1);
}						/* error: leak */

static int break_out_of_a_loop(int n)
{
	int i;

	for (i = 0; i < n; i++) {
		struct obj *o = obj_find(i);	/* note: leak */

		if (!o)
			continue;
		if (o->x)
			break;
		obj_put(o);
	}
	return 0;				/* error: leak */
}

static int one_case(int n)
{
	struct obj *o = obj_new();		/* note: leak */

	switch (n) {
	case 1:
		obj_put(o);
		break;
	case 2:
		obj_put(o);
		return 1;
	default:
		break;
	}
	return 0;				/* error: leak */
}

static void taken_parameter(struct obj *o __fe_take, int c)	/* note: leak */
{
	if (c)
		return;				/* error: leak */
	obj_put(o);
}

static int discarded(int n)
{
	(void)obj_new();			/* error: leak */
	return 0;
}

static int out_parameter(struct buf *out __fe_out, int n)
{
	int ret = buf_alloc(out, n);

	if (ret)
		return ret;
	if (n > 3)
		return -EINVAL;			/* error: leak */
	return 0;
}

struct state {
	struct count_lock counts;
	struct obj *plain;
};

static int lock_held(const struct state *s, int n)
{
	struct counts *c = test_acquire(&s->counts);	/* note: leak */

	if (n)
		return -EINVAL;			/* error: leak */
	count_lock_unlock(&c);
	return 0;
}

static void does_not_own(struct state *s)
{
	struct obj *o = obj_new();		/* note: leak */

	s->plain = o;				/* error: leak */
}

static struct obj *undeclared(void)
{
	struct obj *o = obj_new();		/* note: leak */

	return o;				/* error: leak */
}

struct pair {
	struct buf a, b;
};

static int content_of_a_box(int n)
{
	struct pair *p = box_new(struct pair);
	int ret;

	if (IS_ERR(p))
		return PTR_ERR(p);
	ret = buf_alloc(&p->a, n);		/* note: leak */
	box_drop(p);				/* error: leak */
	return ret;
}

static int not_taken_on_error(int n)
{
	struct obj *o = obj_new();		/* note: leak */
	int ret = obj_give(o);

	return ret;				/* error: leak */
}

static void taken_out_and_lost(struct counts *c)
{
	struct obj *o = fe_move(c->last);	/* note: leak */

	if (o)
		obj_ping(o);
}						/* error: leak */

static int acquired_in_every_round(int n)
{
	struct obj *o = NULL;

	while (n--) {
		o = obj_find(n);		/* error: overwrite-owner */ /* note: overwrite-owner */
		if (!o)
			return -ENODEV;
	}
	if (o)
		obj_put(o);
	return 0;
}

static int the_size_changed(int n, unsigned int size)
{
	struct obj *o = NULL;

	if (size > 64) {
		o = obj_open(n);		/* note: leak */
		if (IS_ERR(o))
			return PTR_ERR(o);
	}
	size--;
	if (size > 64)
		obj_put(o);
	return 0;				/* error: leak */
}

static int another_limit(int n, unsigned int size)
{
	struct obj *o = NULL;

	if (size > 64) {
		o = obj_open(n);		/* note: leak */
		if (IS_ERR(o))
			return PTR_ERR(o);
	}
	if (size > 65)
		obj_put(o);
	return 0;				/* error: leak */
}

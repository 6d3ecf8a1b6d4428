// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions -Wno-unused-result */
#include <ferrule/flow.h>

static int ignored(int n)
{
	struct buf b __buf = {};

	buf_alloc(&b, n);			/* note: unchecked-result */
	buf_fill(&b, 1);			/* error: unchecked-result */
	return 0;
}

static int used_before_the_test(int n)
{
	struct obj *o = obj_open(n);		/* note: unchecked-result */
	int x = o->x;				/* error: unchecked-result */

	if (IS_ERR(o))
		return PTR_ERR(o);
	obj_put(o);
	return x;
}

static int never_tested(int n)
{
	struct obj *o __obj = obj_open(n);	/* note: unchecked-result */

	return obj_ping(o);			/* error: unchecked-result */
}

static int wrong_variable(int n)
{
	struct obj *a __obj = obj_open(n);
	struct obj *b __obj = obj_open(n + 1);	/* note: unchecked-result */

	if (IS_ERR(a))
		return PTR_ERR(a);
	if (IS_ERR(a))
		return PTR_ERR(b);
	return a->x + b->x;			/* error: unchecked-result */
}

static int tested_the_wrong_way_round(int n)
{
	struct obj *o __obj = obj_open(n);	/* note: unchecked-result */

	if (!IS_ERR(o))
		return 0;
	return o->x;				/* error: unchecked-result */
}

static int null_result(int n)
{
	struct obj *o __obj = obj_find(n);	/* note: unchecked-result */

	return o->x;				/* error: unchecked-result */
}

static int nullable_parameter(const struct obj *o __fe_nullable)	/* note: unchecked-result */
{
	return o->x;				/* error: unchecked-result */
}

static int lost_in_a_jump(int n)
{
	struct buf b __buf = {};
	int ret = buf_alloc(&b, n);		/* note: unchecked-result */

	if (ret == -EAGAIN)
		goto again;
	if (ret)
		return ret;
again:
	return buf_len(&b);			/* error: unchecked-result */
}

static int failed_lock(const struct count_lock *l)
{
	struct counts *c __test_unlock(count_lock) = test_try(l);	/* note: unchecked-result */

	return c->runs;				/* error: unchecked-result */
}

static int only_some_errors(int n)
{
	struct buf b __buf = {};
	int ret = buf_alloc(&b, n);		/* note: unchecked-result */

	if (ret == -ENOMEM)
		return ret;
	buf_fill(&b, 1);			/* error: unchecked-result */
	return 0;
}

static int taken_out_untested(struct counts *c)
{
	struct obj *o __obj = fe_move(c->last);	/* note: unchecked-result */

	return o->x;				/* error: unchecked-result */
}

static void passed_to_a_taker(int n)
{
	struct obj *o = obj_open(n);		/* note: unchecked-result */

	obj_keep(o);				/* error: unchecked-result */
}

static void kept_without_a_test(struct counts *c, int n)
{
	struct obj *old __obj = fe_move(c->last);

	c->last = obj_open(n);			/* error: unchecked-result, note: unchecked-result */
}

static void moved_in_without_a_test(struct counts *c, int n)
{
	struct obj *o __obj = obj_open(n), *old __obj = fe_move(c->last); /* note: unchecked-result */

	c->last = fe_move(o);			/* error: unchecked-result */
}

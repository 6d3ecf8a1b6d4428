// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions -Wno-unused-result */
#include <ferrule/flow.h>

static int null_test(int n)
{
	struct obj *o = obj_open(n);		/* note: wrong-test */

	if (!o)					/* error: wrong-test */
		return -ENOMEM;
	n = obj_ping(o);			/* note: wrong-test */
	obj_put(o);
	return n;
}

static int null_test_of_a_box(void)
{
	int *p __box = box_new(int);		/* note: wrong-test */

	if (p == NULL)				/* error: wrong-test */
		return -ENOMEM;
	*p = 1;					/* note: wrong-test */
	return 0;
}

static int null_test_of_a_guard(const struct count_lock *l)
{
	struct counts *c __test_unlock(count_lock) = test_try(l);	/* note: wrong-test */

	if (!c)					/* error: wrong-test */
		return -EBUSY;
	return c->runs;				/* note: wrong-test */
}

static int error_test(int n)
{
	struct obj *o __obj = obj_find(n);	/* note: wrong-test */

	if (IS_ERR(o))				/* error: wrong-test */
		return PTR_ERR(o);
	return obj_ping(o);			/* note: wrong-test */
}

static int error_test_of_a_parameter(const struct obj *o __fe_nullable)	/* note: wrong-test */
{
	if (IS_ERR(o))				/* error: wrong-test */
		return PTR_ERR(o);
	return o->x;				/* note: wrong-test */
}

static int in_an_expression(int n)
{
	struct obj *o __obj = obj_open(n);	/* note: wrong-test */

	return o ? obj_ping(o) : -ENOMEM;	/* error: wrong-test */ /* note: wrong-test */
}

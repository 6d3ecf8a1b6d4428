// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
#include <ferrule/flow.h>

struct answer {
	u32 a, b;
};

static int put(const struct answer *x)
{
	return test_put(*x);
}

static int sent_by_a_helper(u32 n)
{
	struct answer x;			/* note: uninitialised */

	x.a = n;
	return put(&x);				/* error: uninitialised */
}

static int get(struct answer *x, int n)		/* note: uninitialised-to-user */
{
	if (n < 0)
		return -ENODEV;
	x->a = n;
	x->b = n;
	return 0;
}

static int whether_it_failed_or_not(int n)
{
	struct answer x;			/* note: uninitialised-to-user */

	get(&x, n);
	return test_put(x);			/* error: uninitialised-to-user */
}

static int through_a_pointer(int n)
{
	struct answer x, *p = &x;		/* note: uninitialised-to-user */

	p->b = n;
	return test_put(*p);			/* error: uninitialised-to-user */
}

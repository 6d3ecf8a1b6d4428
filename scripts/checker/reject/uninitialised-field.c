// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions -Wno-maybe-uninitialized -Wno-uninitialized */
/* Structures that are written piece by piece, and read field by field. */
#include <ferrule/flow.h>

struct pair {
	int a, b;
};

struct record {
	int kind, count;
	struct pair pair;
};

static int one_of_two(void)
{
	struct record r;			/* note: uninitialised */

	r.kind = 1;
	return r.count;				/* error: uninitialised */
}

static int under_a_condition(int n)
{
	struct record r;			/* note: uninitialised */

	if (n)
		r.kind = n;
	return r.kind;				/* error: uninitialised */
}

static int added_to(int n)
{
	struct pair p;				/* note: uninitialised */

	p.a = n;
	p.b += n;				/* error: uninitialised */
	return p.a + p.b;
}

static int without_a_default(int n)
{
	struct record r;			/* note: uninitialised */

	switch (n) {
	case 0:
		r.pair.a = 1;
		break;
	case 1:
		r.pair.a = 3;
		break;
	}
	return r.pair.a;			/* error: uninitialised */
}

static int through_a_pointer(int n)
{
	struct record r, *p = &r;		/* note: uninitialised */

	p->kind = n;
	return p->count;			/* error: uninitialised */
}

static int fill(int *x, int n)
{
	*x = n;
	return n;
}

static int the_other_was_passed(int n)
{
	struct record r;			/* note: uninitialised */

	if (fill(&r.kind, n))
		return -EINVAL;
	return r.count;				/* error: uninitialised */
}

// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
/* Structures that are written piece by piece, and read as a whole. */
#include <ferrule/flow.h>

struct answer {
	u32 a, b;
	u64 c;
};

TEST_LOCK(answer_lock, struct answer, test_lock);

struct state {
	struct answer_lock last;
};

static void copied(struct answer *to)
{
	struct answer x;			/* note: uninitialised */

	x.a = 1;
	*to = x;				/* error: uninitialised */
}

static void kept(const struct state *s, int n)
{
	struct answer *last __test_unlock(answer_lock) = test_acquire(&s->last);
	struct answer x;			/* note: uninitialised */

	x.a = n;
	x.c = n;
	if (n)
		x.b = 2;
	*last = x;				/* error: uninitialised */
}

static struct answer returned(int n)
{
	struct answer x;			/* note: uninitialised */

	x.c = n;
	return x;				/* error: uninitialised */
}

static void store(struct answer *to, const struct answer *x)
{
	*to = *x;
}

static void copied_by_a_helper(struct answer *to)
{
	struct answer x;			/* note: uninitialised */

	x.b = 1;
	store(to, &x);				/* error: uninitialised */
}

static void fill(struct answer *x, int n)	/* note: uninitialised */
{
	x->a = n;
	x->b = n;
	if (n)
		x->c = n;
}

static void filled_by_a_helper(struct answer *to, int n)
{
	struct answer x;			/* note: uninitialised */

	fill(&x, n);
	*to = x;				/* error: uninitialised */
}

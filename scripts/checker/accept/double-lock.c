// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions */
#include <ferrule/flow.h>

struct state {
	struct count_lock a, b;
};

static int two_locks(const struct state *s)
{
	struct counts *c __test_unlock(count_lock) = test_acquire(&s->a);
	struct counts *d __test_unlock(count_lock) = test_acquire(&s->b);

	return c->runs + d->runs;
}

static int one_after_the_other(const struct state *s)
{
	int n;

	{
		struct counts *c __test_unlock(count_lock) = test_acquire(&s->a);

		n = c->runs;
	}
	{
		struct counts *c __test_unlock(count_lock) = test_acquire(&s->a);

		n += c->runs;
	}
	return n;
}

static int in_every_round(const struct state *s, int n)
{
	int sum = 0;

	while (n--) {
		struct counts *c __test_unlock(count_lock) = test_acquire(&s->a);

		sum += c->runs;
	}
	return sum;
}

// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions */
#include <ferrule/flow.h>

struct state {
	struct count_lock counts;
	struct count_spin fast;
};

static int after_the_lock(const struct state *s)
{
	{
		struct counts *c __test_unlock(count_spin) = test_acquire(&s->fast);

		c->runs++;
	}
	test_sleep(1);
	return 0;
}

static int under_a_mutex(const struct state *s)
{
	struct counts *c __test_unlock(count_lock) = test_acquire(&s->counts);

	test_sleep(1);
	return c->runs;
}

static int atomic_allocation(const struct state *s)
{
	struct buf b __buf = {};
	struct counts *c __test_unlock(count_spin) = test_acquire(&s->fast);

	return buf_alloc_atomic(&b, c->runs);
}

static int ioctl(const struct state *s)
{
	return under_a_mutex(s);
}

static void tick(const struct state *s)
{
	struct counts *c __test_unlock(count_spin) = test_acquire(&s->fast);

	c->runs++;
}

static const struct test_ops ops = { .ioctl = ioctl, .timer = tick };

// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions */
#include <ferrule/flow.h>

struct state {
	struct count_lock counts;
	struct test_lock done;
};

static int open(const struct state *s)
{
	struct counts *c __test_unlock(count_lock) = test_acquire(&s->counts);

	return c->runs++;
}

static int ioctl(const struct state *s)
{
	return test_wait(&s->done);
}

static const struct test_ops ops = { .open = open, .ioctl = ioctl };

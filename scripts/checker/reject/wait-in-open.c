// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions -Wno-unused-result */
#include <ferrule/flow.h>

struct state {
	struct count_lock counts;
	struct test_lock done;
};

static int open_waits(const struct state *s)
{
	return test_wait(&s->done);		/* error: wait-in-open */
}

static int settle(const struct state *s)
{
	return test_wait(&s->done);		/* note: wait-in-open */
}

static int open_through_a_helper(const struct state *s)
{
	return settle(s);			/* error: wait-in-open */
}

static int open_on_one_path(const struct state *s)
{
	struct counts *c __test_unlock(count_lock) = test_acquire(&s->counts);

	if (c->runs)
		return settle(s);		/* error: wait-in-open */
	return 0;
}

static const struct test_ops a = { .open = open_waits };		/* note: wait-in-open */
static const struct test_ops b = { .open = open_through_a_helper };	/* note: wait-in-open */
static const struct test_ops c = { .open = open_on_one_path };		/* note: wait-in-open */

static __fe_opening int declared(const struct state *s)			/* note: wait-in-open */
{
	return test_wait(&s->done);		/* error: wait-in-open */
}

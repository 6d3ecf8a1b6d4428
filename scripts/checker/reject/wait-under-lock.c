// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
#include <ferrule/flow.h>

struct conf {
	int rate;
	bool busy;
};

TEST_LOCK(conf_lock, struct conf, test_lock);

struct part {
	struct conf_lock conf;
	struct test_lock ready;
};

struct dev {
	struct conf_lock conf, other;
	struct test_lock done, idle;
	struct part part;
};

static void work(const struct dev *d)
{
	struct conf *c __test_unlock(conf_lock) = test_acquire(&d->conf);

	c->busy = false;
	test_wake(&d->done);			/* note: wait-under-lock */
	test_wake(&d->idle);	/* note: wait-under-lock */
}

static int directly(const struct dev *d)
{
	struct conf *c __test_unlock(conf_lock) = test_acquire(&d->conf);	/* note: wait-under-lock */

	c->busy = true;
	return test_wait(&d->done);		/* error: wait-under-lock */
}

static int wait(const struct dev *d, int n)
{
	return n ? test_wait(&d->done) : 0;
}

static int by_a_helper(const struct dev *d)
{
	struct conf *c __test_unlock(conf_lock) = test_acquire(&d->conf);	/* note: wait-under-lock */

	return wait(d, c->rate);		/* error: wait-under-lock */
}

static int for_a_condition(const struct dev *d)
{
	struct conf *c __test_unlock(conf_lock) = test_acquire(&d->conf);	/* note: wait-under-lock */

	while (c->busy) {
		const void *look __test_looked = test_look(&d->idle);	/* error: wait-under-lock */
	}
	return 0;
}

static void part_work(const struct part *p)
{
	struct conf *c __test_unlock(conf_lock) = test_acquire(&p->conf);

	c->busy = false;
	test_wake(&p->ready);	/* note: wait-under-lock */
}

static int on_one_path(const struct part *p, int n)
{
	struct conf *c __test_unlock(conf_lock) = test_acquire(&p->conf);	/* note: wait-under-lock */

	if (n > c->rate)
		return test_wait(&p->ready);	/* error: wait-under-lock */
	return 0;
}

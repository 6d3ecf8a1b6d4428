// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
#include <ferrule/flow.h>

struct conf {
	int rate;
	bool busy;
};

TEST_LOCK(conf_lock, struct conf, test_lock);

struct dev {
	struct conf_lock conf, other;
	struct test_lock done, idle, sent, never;
};

static void work(const struct dev *d)
{
	struct conf *c __test_unlock(conf_lock) = test_acquire(&d->conf);

	c->busy = false;
	test_wake(&d->done);
	test_wake(&d->sent);
}

/* Who announces it needs no lock. */
static void handler(const struct dev *d)
{
	test_wake(&d->idle);
	test_wake(&d->sent);
}

static int the_guard_ended(const struct dev *d)
{
	{
		struct conf *c __test_unlock(conf_lock) = test_acquire(&d->conf);

		c->busy = true;
	}
	return test_wait(&d->done);
}

static int another_lock(const struct dev *d)
{
	struct conf *c __test_unlock(conf_lock) = test_acquire(&d->other);

	c->busy = true;
	return test_wait(&d->done);
}

static int another_event(const struct dev *d)
{
	struct conf *c __test_unlock(conf_lock) = test_acquire(&d->conf);

	c->busy = true;
	return test_wait(&d->idle);
}

static int also_announced_without_the_lock(const struct dev *d)
{
	struct conf *c __test_unlock(conf_lock) = test_acquire(&d->conf);

	c->busy = true;
	return test_wait(&d->sent);
}

static int announced_by_nobody_here(const struct dev *d)
{
	struct conf *c __test_unlock(conf_lock) = test_acquire(&d->conf);

	c->busy = true;
	return test_wait(&d->never);
}

static int of_another_device(const struct dev *d, const struct dev *other)
{
	struct conf *c __test_unlock(conf_lock) = test_acquire(&d->conf);

	c->busy = true;
	return test_wait(&other->done);
}

// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions */
#include <ferrule/flow.h>

struct state {
	struct count_lock counts;
	struct test_done done;
	struct test_atomic plain;
};

/* A part of the state: a helper that says so is held to all of the part. */
struct engine {
	struct count_lock counts;
	struct test_done done;
};

struct machine {
	struct engine engine;
	struct count_lock counts;
};

static int init_engine(struct engine *e __fe_init)
{
	test_lock_init(&e->counts.lock);
	return test_done_init(&e->done);
}

static int check(struct machine *m)
{
	return m->engine.counts.data.runs;
}

static int by_parts(struct test_dev *dev, struct machine *m __fe_init)
{
	int ret = init_engine(&m->engine);

	if (ret)
		return ret;
	test_lock_init(&m->counts.lock);
	return check(m);
}

static int all(struct test_dev *dev, struct state *s __fe_init)
{
	int ret;

	test_lock_init(&s->counts.lock);
	ret = test_done_init(&s->done);
	if (ret)
		return ret;
	return test_name(dev) ? 0 : -ENODEV;
}

static void locks(struct state *s __fe_init)
{
	test_lock_init(&s->counts.lock);
	while (test_done_init(&s->done))
		test_sleep(1);
}

static int through_a_helper(struct test_dev *dev, struct state *s __fe_init)
{
	locks(s);
	return 0;
}

static int start(const struct state *s)
{
	return s->counts.data.runs;
}

static int the_last_call_may_fail(struct test_dev *dev, struct state *s __fe_init)
{
	test_lock_init(&s->counts.lock);
	return test_done_init(&s->done) ?: start(s);
}

static const struct test_ops third = { .probe = the_last_call_may_fail };
static const struct test_ops ops = { .probe = all };
static const struct test_ops more = { .probe = through_a_helper };

// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions -Wno-unused-result */
#include <ferrule/flow.h>

struct state {
	struct count_lock counts;
	struct count_spin fast;
	struct test_done done;
	struct test_atomic plain;		/* fit for use when it is zero */
};

static int forgotten(struct test_dev *dev, struct state *s __fe_init)	/* note: uninitialised-cell */
{
	test_lock_init(&s->counts.lock);
	test_spin_init(&s->fast.lock);
	return 0;				/* error: uninitialised-cell */
}

static int on_one_path(struct test_dev *dev, struct state *s __fe_init)	/* note: uninitialised-cell */
{
	if (!test_name(dev))
		return 0;			/* error: uninitialised-cell */
	test_lock_init(&s->counts.lock);
	test_spin_init(&s->fast.lock);
	return test_done_init(&s->done);
}

static int although_it_failed(struct test_dev *dev, struct state *s __fe_init)	/* note: uninitialised-cell */
{
	test_lock_init(&s->counts.lock);
	test_spin_init(&s->fast.lock);
	if (test_done_init(&s->done))
		return 0;			/* error: uninitialised-cell */
	return 0;
}

static void one_of_them(struct state *s __fe_init)		/* note: uninitialised-cell */
{
	test_lock_init(&s->counts.lock);
	if (test_done_init(&s->done))
		return;				/* error: uninitialised-cell */
}

static const struct test_ops a = { .probe = forgotten };
static const struct test_ops b = { .probe = on_one_path };
static const struct test_ops c = { .probe = although_it_failed };

static int start(const struct state *s)
{
	return s->counts.data.runs;
}

static int before_a_call_that_may_fail(struct test_dev *dev, struct state *s __fe_init)	/* note: uninitialised-cell */
{
	test_lock_init(&s->counts.lock);
	test_spin_init(&s->fast.lock);
	return start(s);			/* error: uninitialised-cell */
}

static int does_not_say_so(struct state *s)
{
	test_lock_init(&s->counts.lock);
	test_spin_init(&s->fast.lock);
	return test_done_init(&s->done);
}

static int in_a_helper(struct test_dev *dev, struct state *s __fe_init)	/* note: uninitialised-cell */
{
	return does_not_say_so(s);		/* error: uninitialised-cell */ /* note: uninitialised-cell */
}

static int half_of_it(struct state *s __fe_init)	/* note: uninitialised-cell */
{
	test_lock_init(&s->counts.lock);
	return test_done_init(&s->done);	/* error: uninitialised-cell */
}

static const struct test_ops d = { .probe = before_a_call_that_may_fail };
static const struct test_ops e = { .probe = in_a_helper };

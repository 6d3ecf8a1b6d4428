// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions */
#include <ferrule/flow.h>

struct state {
	struct count_lock counts;
	struct test_done done;
	struct test_atomic plain;
};

static void helper(struct state *s)
{
	test_lock_init(&s->counts.lock);
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

static int through_unmarked_helpers(struct test_dev *dev, struct state *s __fe_init)
{
	helper(s);
	return test_done_init(&s->done);
}

static const struct test_ops third = { .probe = through_unmarked_helpers };
static const struct test_ops ops = { .probe = all };
static const struct test_ops more = { .probe = through_a_helper };

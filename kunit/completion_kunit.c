// SPDX-License-Identifier: GPL-2.0
/* Completions: each way a wait ends, and that none begins on a dead device. */
#include <kunit/test.h>

#include <ferrule/completion.h>

#include "test_device.h"
#include "test_thread.h"

struct oven {
	struct fe_completion	done;
};

static int oven_probe(struct fe_dev *dev, void *state)
{
	struct oven *oven = state;

	return fe_completion_init(dev, &oven->done);
}

static const struct fe_driver oven_driver = {
	.name		= "oven",
	.state_size	= sizeof(struct oven),
	.probe		= oven_probe,
};

static struct device *oven_bind(struct kunit *test)
{
	return test_device_of(test, &oven_driver);
}

static const struct fe_completion *oven_done(struct device *dev)
{
	return &((const struct oven *)test_state(dev))->done;
}

static int wait_thread(void *done)
{
	return fe_wait(done);
}

static int wait_long_thread(void *done)
{
	return fe_wait_timeout(done, 10 * TEST_THREAD_LIMIT_MS);
}

/* Both ways to wait. */
static int (* const waits[])(void *done) = { wait_thread, wait_long_thread };

static void wait_name(int (* const *wait)(void *done), char *desc)
{
	strscpy(desc, *wait == wait_thread ? "fe_wait" : "fe_wait_timeout",
		KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(wait, waits, wait_name);

static struct test_thread *wait_begin(struct kunit *test, const struct fe_completion *done)
{
	int (* const *wait)(void *done) = test->param_value;
	struct test_thread *waiter = test_thread(test, *wait, (void *)done);

	KUNIT_EXPECT_TRUE(test, test_thread_sleeps(waiter));
	return waiter;
}

static void an_event_ends_a_wait(struct kunit *test)
{
	const struct fe_completion *done = oven_done(oven_bind(test));
	struct test_thread *waiter = wait_begin(test, done);

	fe_complete(done);
	KUNIT_EXPECT_EQ(test, test_thread_result(waiter), 0);
}

static void a_signal_ends_a_wait(struct kunit *test)
{
	struct test_thread *waiter = wait_begin(test, oven_done(oven_bind(test)));

	test_thread_signal(waiter);
	KUNIT_EXPECT_EQ(test, test_thread_result(waiter), -ERESTARTSYS);
}

/* A waiter in the gate, as all of a driver's are. */
static int gate_and_wait(struct fe_bound *bound, int (*wait)(void *done))
{
	int gate = fe_gate_enter(bound);
	int ret;

	if (gate < 0)
		return gate;
	ret = wait((void *)&((struct oven *)fe_bound_state(bound))->done);
	fe_gate_exit(bound, gate);
	return ret;
}

static int gate_and_wait_thread(void *bound)
{
	return gate_and_wait(bound, wait_thread);
}

static int gate_and_wait_long_thread(void *bound)
{
	return gate_and_wait(bound, wait_long_thread);
}

static void unbind_ends_a_wait(struct kunit *test)
{
	int (* const *wait)(void *done) = test->param_value;
	struct device *dev = oven_bind(test);
	struct test_thread *waiter, *unbinding;

	waiter = test_thread(test, *wait == wait_thread ? gate_and_wait_thread :
			     gate_and_wait_long_thread, test_bound(dev));
	KUNIT_EXPECT_TRUE(test, test_thread_sleeps(waiter));
	unbinding = test_unbind_thread(test, dev);
	KUNIT_EXPECT_EQ(test, test_thread_result(waiter), -ENODEV);
	KUNIT_EXPECT_EQ(test, test_thread_result(unbinding), 0);
}

static void no_wait_begins_on_a_dead_device(struct kunit *test)
{
	int (* const *wait)(void *done) = test->param_value;
	struct device *dev = oven_bind(test);
	const struct fe_completion *done = oven_done(dev);
	struct fe_bound *bound = test_bound(dev);
	int gate = fe_gate_enter(bound);
	struct test_thread *unbinding, *waiter;

	KUNIT_ASSERT_GE(test, gate, 0);
	unbinding = test_unbind_thread(test, dev);
	KUNIT_EXPECT_TRUE(test, test_is_dead_soon(bound));
	KUNIT_EXPECT_TRUE(test, test_thread_goes_on(unbinding));
	/* Who arms now has forgotten the wake-up: it must not wait for another. */
	fe_arm(done);
	waiter = test_thread(test, *wait, (void *)done);
	KUNIT_EXPECT_EQ(test, test_thread_result(waiter), -ENODEV);
	fe_gate_exit(bound, gate);
	KUNIT_EXPECT_EQ(test, test_thread_result(unbinding), 0);
}

static void a_wait_times_out(struct kunit *test)
{
	const struct fe_completion *done = oven_done(oven_bind(test));
	unsigned long begin = jiffies;

	KUNIT_EXPECT_EQ(test, fe_wait_timeout(done, 20), -ETIMEDOUT);
	/* The first of these ticks may have come at once. */
	KUNIT_EXPECT_GT(test, jiffies - begin, msecs_to_jiffies(20));
	KUNIT_EXPECT_EQ(test, fe_wait_timeout(done, 0), -ETIMEDOUT);
}

static void an_event_before_the_wait_counts_once(struct kunit *test)
{
	const struct fe_completion *done = oven_done(oven_bind(test));

	fe_complete(done);
	KUNIT_EXPECT_EQ(test, fe_wait(done), 0);
	KUNIT_EXPECT_EQ(test, fe_wait_timeout(done, 1), -ETIMEDOUT);
	fe_complete(done);
	KUNIT_EXPECT_EQ(test, fe_wait_timeout(done, 0), 0);
}

static void arming_forgets_a_stale_event(struct kunit *test)
{
	const struct fe_completion *done = oven_done(oven_bind(test));

	fe_complete(done);
	fe_complete(done);
	fe_arm(done);
	KUNIT_EXPECT_EQ(test, fe_wait_timeout(done, 1), -ETIMEDOUT);
}

static void an_event_lets_one_waiter_go(struct kunit *test)
{
	const struct fe_completion *done = oven_done(oven_bind(test));
	struct test_thread *one, *other;

	one = test_thread(test, wait_thread, (void *)done);
	KUNIT_EXPECT_TRUE(test, test_thread_sleeps(one));
	other = test_thread(test, wait_thread, (void *)done);
	KUNIT_EXPECT_TRUE(test, test_thread_sleeps(other));
	fe_complete(done);
	KUNIT_EXPECT_EQ(test, test_thread_result(one), 0);
	KUNIT_EXPECT_TRUE(test, test_thread_goes_on(other));
	fe_complete(done);
	KUNIT_EXPECT_EQ(test, test_thread_result(other), 0);
}

static struct kunit_case completion_test_cases[] = {
	KUNIT_CASE_PARAM(an_event_ends_a_wait, wait_gen_params),
	KUNIT_CASE_PARAM(a_signal_ends_a_wait, wait_gen_params),
	KUNIT_CASE_PARAM(unbind_ends_a_wait, wait_gen_params),
	KUNIT_CASE_PARAM(no_wait_begins_on_a_dead_device, wait_gen_params),
	KUNIT_CASE(a_wait_times_out),
	KUNIT_CASE(an_event_before_the_wait_counts_once),
	KUNIT_CASE(arming_forgets_a_stale_event),
	KUNIT_CASE(an_event_lets_one_waiter_go),
	{}
};

static struct kunit_suite completion_test_suite = {
	.name		= "completion",
	.test_cases	= completion_test_cases,
};

kunit_test_suite(completion_test_suite);

MODULE_DESCRIPTION("KUnit tests of Ferrule's completions");
MODULE_LICENSE("GPL");

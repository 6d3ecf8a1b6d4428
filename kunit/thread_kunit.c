// SPDX-License-Identifier: GPL-2.0
/* Threads: between probe and unbind only, whatever they are at. */
#include <kunit/test.h>
#include <linux/delay.h>
#include <linux/ktime.h>

#include <ferrule/completion.h>
#include <ferrule/platform.h>
#include <ferrule/thread.h>
#include <ferrule/wait.h>

#include "fault.h"
#include "test_count.h"
#include "test_device.h"

#define LATE_MS		20

struct clock {
	struct fe_thread	hand;
	struct fe_completion	strike;
	struct fe_waitq		wound;
	bool			complete;
};

/* What the thread is at when it is to end. */
enum clock_way {
	SLEEPS,
	ASKS,
	WAITS,
	WAITS_UNTIL,
	RETURNS,
};

/* What the driver does in the next binding, and what its thread saw. */
static struct clock_plan {
	enum clock_way	way;
	unsigned int	msec;
	bool		lingers;
	bool		waits_in_probe;
	bool		declares_twice;
} clock_plan;

static atomic_t clock_begun, clock_slept, clock_ended, clock_incomplete, clock_at_end;
static s64 clock_shortest;	/* of the sleeps that nothing ended, in milliseconds */
static int clock_answer;

/* Once round. */
static int clock_wait(const struct clock *clock)
{
	switch (clock_plan.way) {
	case SLEEPS:
		return fe_thread_sleep(&clock->hand, clock_plan.msec);
	case ASKS:
		return fe_thread_sleep(&clock->hand, 0);
	case WAITS:
		return fe_wait(&clock->strike);
	case WAITS_UNTIL:
		return fe_wait_until(&clock->wound, false);
	default:
		return -ECANCELED;
	}
}

static void clock_run(const struct clock *clock)
{
	ktime_t begin;
	int ret;

	might_sleep();
	atomic_inc(&clock_begun);
	if (!clock->complete)
		atomic_inc(&clock_incomplete);
	do {
		begin = ktime_get();
		ret = clock_wait(clock);
		if (!ret)
			clock_shortest = min(clock_shortest, ktime_ms_delta(ktime_get(), begin));
		atomic_inc_return(&clock_slept);
	} while (!ret);
	clock_answer = ret;
	if (clock_plan.lingers)
		msleep(LATE_MS);
	atomic_inc(&clock_ended);
}

FE_THREAD(clock, hand, clock_run);

static int clock_probe(struct fe_dev *dev, struct clock *clock)
{
	int ret;

	ret = fe_completion_init(dev, &clock->strike) ?:
	      fe_waitq_init(dev, &clock->wound) ?:
	      clock_hand_declare(dev, clock);
	if (!ret && clock_plan.declares_twice)
		ret = clock_hand_declare(dev, clock);
	if (ret)
		return ret;
	if (clock_plan.waits_in_probe)
		msleep(LATE_MS);
	clock->complete = true;
	return 0;
}

/* The driver's last word comes after threads have ended. */
static void clock_quiesce(struct clock *clock)
{
	atomic_set(&clock_at_end, atomic_read(&clock_begun) - atomic_read(&clock_ended));
}

FE_PLATFORM_DRIVER_ONLY(clock, .probe = clock_probe, .quiesce = clock_quiesce);

static struct device *clock_bind(struct kunit *test)
{
	return test_device_of(test, &clock__fe_driver.fe);
}

static void a_thread_runs_once_when_probe_is_over(struct kunit *test)
{
	clock_plan.waits_in_probe = true;
	clock_plan.msec = 1000 * MSEC_PER_SEC;
	clock_bind(test);
	KUNIT_EXPECT_TRUE(test, test_counts_soon(&clock_begun, 1));
	msleep(LATE_MS);
	KUNIT_EXPECT_EQ(test, atomic_read(&clock_begun), 1);
	KUNIT_EXPECT_EQ(test, atomic_read(&clock_incomplete), 0);
}

static void a_thread_does_not_sleep_less_than_it_wants(struct kunit *test)
{
	clock_plan.msec = LATE_MS;
	clock_bind(test);
	KUNIT_EXPECT_TRUE(test, test_counts_soon(&clock_slept, 3));
	KUNIT_EXPECT_GE(test, clock_shortest, LATE_MS);
	KUNIT_EXPECT_EQ(test, atomic_read(&clock_ended), 0);
}

/* Whatever it is at, and at whatever moment of it. */
static const struct clock_plan clock_plans[] = {
	{ SLEEPS, .msec = 1000 * MSEC_PER_SEC }, { SLEEPS, .msec = 1 }, { ASKS }, { WAITS },
	{ WAITS_UNTIL },
};

static void clock_plan_name(const struct clock_plan *plan, char *desc)
{
	static const char * const ways[] = { "sleeps", "asks", "waits", "waits until" };

	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%s, %u", ways[plan->way], plan->msec);
}

KUNIT_ARRAY_PARAM(clock_plan, clock_plans, clock_plan_name);

static void unbind_ends_a_thread_and_waits_for_it(struct kunit *test)
{
	struct test_thread *unbinding;
	struct device *dev;

	clock_plan = *(const struct clock_plan *)test->param_value;
	clock_plan.lingers = true;
	dev = clock_bind(test);
	KUNIT_ASSERT_TRUE(test, test_counts_soon(&clock_begun, 1));
	unbinding = test_unbind_thread(test, dev);
	KUNIT_EXPECT_EQ(test, test_thread_result(unbinding), 0);
	KUNIT_EXPECT_EQ(test, clock_answer, -ENODEV);
	KUNIT_EXPECT_EQ(test, atomic_read(&clock_at_end), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&clock_ended), 1);
}

static void a_thread_may_return_when_it_likes(struct kunit *test)
{
	struct device *dev;

	clock_plan.way = RETURNS;
	dev = clock_bind(test);
	KUNIT_ASSERT_TRUE(test, test_counts_soon(&clock_ended, 1));
	msleep(LATE_MS);
	test_unbind(dev);
	KUNIT_EXPECT_EQ(test, atomic_read(&clock_begun), 1);
	KUNIT_ASSERT_EQ(test, test_bind(dev, &clock__fe_driver.fe), 0);
	KUNIT_EXPECT_TRUE(test, test_counts_soon(&clock_ended, 2));
}

/* As a file operation does. */
static int clock_sleep_main(void *bound)
{
	const struct clock *clock = fe_bound_state(bound);
	int gate = fe_gate_enter(bound);
	int ret;

	if (gate < 0)
		return -EAGAIN;
	ret = fe_thread_sleep(&clock->hand, 1000 * MSEC_PER_SEC);
	fe_gate_exit(bound, gate);
	return ret;
}

static void another_that_sleeps_here_is_woken_too(struct kunit *test)
{
	struct test_thread *first, *second;
	struct device *dev;

	clock_plan.msec = 1000 * MSEC_PER_SEC;
	dev = clock_bind(test);
	first = test_thread(test, clock_sleep_main, test_bound(dev));
	second = test_thread(test, clock_sleep_main, test_bound(dev));
	KUNIT_EXPECT_TRUE(test, test_thread_sleeps(first));
	KUNIT_EXPECT_TRUE(test, test_thread_sleeps(second));
	test_thread_signal(first);
	KUNIT_EXPECT_EQ(test, test_thread_result(first), -ERESTARTSYS);
	test_unbind(dev);
	KUNIT_EXPECT_EQ(test, test_thread_result(second), -ENODEV);
}

static void a_thread_is_declared_once(struct kunit *test)
{
	clock_plan.declares_twice = true;
	KUNIT_EXPECT_EQ(test, test_bind(test_device(test), &clock__fe_driver.fe), -EBUSY);
	msleep(LATE_MS);
	KUNIT_EXPECT_EQ(test, atomic_read(&clock_begun), 0);
}

static void a_thread_that_fails_is_undone(struct kunit *test)
{
	struct device *dev = test_device(test);
	int nth;

	clock_plan.msec = 1;
	/* Declared, and armed. */
	for (nth = 1; nth <= 2; nth++) {
		fault_set(test, "thread", nth);
		KUNIT_EXPECT_EQ(test, test_bind(dev, &clock__fe_driver.fe), -ENOMEM);
		KUNIT_EXPECT_TRUE(test, fault_was_hit());
	}
	KUNIT_EXPECT_EQ(test, atomic_read(&clock_begun), 0);
	KUNIT_EXPECT_EQ(test, test_bind(dev, &clock__fe_driver.fe), 0);
}

static int thread_test_init(struct kunit *test)
{
	clock_plan = (struct clock_plan){ };
	clock_answer = 0;
	clock_shortest = S64_MAX;
	atomic_set(&clock_begun, 0);
	atomic_set(&clock_slept, 0);
	atomic_set(&clock_ended, 0);
	atomic_set(&clock_incomplete, 0);
	atomic_set(&clock_at_end, 0);
	return 0;
}

static void thread_test_exit(struct kunit *test)
{
	fault_clear();
}

static struct kunit_case thread_test_cases[] = {
	KUNIT_CASE(a_thread_runs_once_when_probe_is_over),
	KUNIT_CASE(a_thread_does_not_sleep_less_than_it_wants),
	KUNIT_CASE_PARAM(unbind_ends_a_thread_and_waits_for_it, clock_plan_gen_params),
	KUNIT_CASE(a_thread_may_return_when_it_likes),
	KUNIT_CASE(another_that_sleeps_here_is_woken_too),
	KUNIT_CASE(a_thread_is_declared_once),
	KUNIT_CASE(a_thread_that_fails_is_undone),
	{}
};

static struct kunit_suite thread_test_suite = {
	.name		= "thread",
	.init		= thread_test_init,
	.exit		= thread_test_exit,
	.test_cases	= thread_test_cases,
};

kunit_test_suite(thread_test_suite);

MODULE_DESCRIPTION("KUnit tests of Ferrule's threads");
MODULE_LICENSE("GPL");

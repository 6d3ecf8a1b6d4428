// SPDX-License-Identifier: GPL-2.0
/* Timers: on time, between probe and unbind only. */
#include <kunit/test.h>
#include <linux/delay.h>
#include <linux/ktime.h>

#include <ferrule/platform.h>
#include <ferrule/timer.h>

#include "fault.h"
#include "test_count.h"
#include "test_device.h"

#define LATE_MS		20

struct clock {
	struct fe_timer	alarm;
	struct fe_res	fuse;
	bool		complete;
};

/* What the driver does in the next binding, and what its handler saw. */
static struct clock_plan {
	bool		starts_in_probe;
	bool		starts_in_quiesce;
	bool		declares_twice;
	u64		again_nsec;
	bool		has_fuse;
} clock_plan;

static atomic_t clock_rung, clock_begun, clock_incomplete, clock_at_end;

/* Until it is being stopped, and then some. */
static void clock_linger(const struct clock *clock)
{
	int ms;

	for (ms = 0; ms < 1000 && READ_ONCE(clock->alarm.on); ms++)
		mdelay(1);
	mdelay(LATE_MS);
}

static u64 clock_ring(const struct clock *clock)
{
	atomic_inc(&clock_begun);
	if (!clock->complete)
		atomic_inc(&clock_incomplete);
	if (clock_plan.has_fuse)
		clock_linger(clock);
	atomic_inc(&clock_rung);
	return clock_plan.again_nsec;
}

FE_TIMER(clock, alarm, clock_ring);

static void fuse_light(void *clock)
{
	fe_timer_start(&((const struct clock *)clock)->alarm, 1);
}

/* Stopped before timers are: a handler runs, on the other CPU, when its timer is stopped. */
static void fuse_stop(struct fe_res *res)
{
	smp_call_function_single(0, fuse_light, container_of(res, struct clock, fuse), true);
	test_counts_soon(&clock_begun, 1);
}

static const struct fe_res_ops fuse_ops = {
	.name	= "fuse",
	.class	= FE_CLASS_IRQ,
	.stop	= fuse_stop,
};

static int clock_probe(struct fe_dev *dev, struct clock *clock)
{
	int ret = clock_alarm_declare(dev, clock);

	if (!ret && clock_plan.declares_twice)
		ret = clock_alarm_declare(dev, clock);
	if (!ret && clock_plan.has_fuse)
		ret = fe_res_check(dev, &clock->fuse, &fuse_ops);
	if (ret)
		return ret;
	if (clock_plan.has_fuse)
		fe_res_add(dev, &clock->fuse, &fuse_ops);
	if (clock_plan.starts_in_probe) {
		fe_timer_start(&clock->alarm, 1);
		msleep(LATE_MS);
	}
	clock->complete = true;
	return 0;
}

/* The driver's last word comes after timers were stopped. */
static void clock_quiesce(struct clock *clock)
{
	atomic_set(&clock_at_end, atomic_read(&clock_begun) - atomic_read(&clock_rung));
	if (!clock_plan.starts_in_quiesce)
		return;
	fe_timer_start(&clock->alarm, 0);
	msleep(LATE_MS);
}

FE_PLATFORM_DRIVER_ONLY(clock, .probe = clock_probe, .quiesce = clock_quiesce);

static const struct clock *clock_bind(struct kunit *test, struct device *dev)
{
	KUNIT_ASSERT_EQ(test, test_bind(dev, &clock__fe_driver.fe), 0);
	return test_state(dev);
}

static void a_timer_rings_once_not_before_its_time(struct kunit *test)
{
	const struct clock *clock = clock_bind(test, test_device(test));
	ktime_t begin = ktime_get();

	fe_timer_start(&clock->alarm, LATE_MS * NSEC_PER_MSEC);
	KUNIT_EXPECT_TRUE(test, test_counts_soon(&clock_rung, 1));
	KUNIT_EXPECT_GE(test, ktime_ms_delta(ktime_get(), begin), LATE_MS);
	msleep(2 * LATE_MS);
	KUNIT_EXPECT_EQ(test, atomic_read(&clock_rung), 1);
	fe_timer_start(&clock->alarm, 0);
	KUNIT_EXPECT_TRUE(test, test_counts_soon(&clock_rung, 2));
}

static void a_later_start_replaces_an_earlier_one(struct kunit *test)
{
	const struct clock *clock = clock_bind(test, test_device(test));

	fe_timer_start(&clock->alarm, LATE_MS * NSEC_PER_MSEC);
	fe_timer_start(&clock->alarm, 1000ULL * NSEC_PER_SEC);
	msleep(2 * LATE_MS);
	KUNIT_EXPECT_EQ(test, atomic_read(&clock_begun), 0);
	fe_timer_start(&clock->alarm, 1);
	KUNIT_EXPECT_TRUE(test, test_counts_soon(&clock_rung, 1));
}

static void a_cancelled_timer_does_not_ring(struct kunit *test)
{
	const struct clock *clock = clock_bind(test, test_device(test));

	fe_timer_start(&clock->alarm, LATE_MS * NSEC_PER_MSEC);
	fe_timer_cancel(&clock->alarm);
	msleep(2 * LATE_MS);
	KUNIT_EXPECT_EQ(test, atomic_read(&clock_begun), 0);
}

static void a_handler_is_called_again_as_it_wants(struct kunit *test)
{
	const struct clock *clock = clock_bind(test, test_device(test));

	clock_plan.again_nsec = NSEC_PER_MSEC;
	fe_timer_start(&clock->alarm, 0);
	KUNIT_EXPECT_TRUE(test, test_counts_soon(&clock_rung, 5));
	clock_plan.again_nsec = 0;
	msleep(LATE_MS);
	atomic_set(&clock_begun, 0);
	msleep(LATE_MS);
	KUNIT_EXPECT_EQ(test, atomic_read(&clock_begun), 0);
}

static void no_handler_runs_before_probe_is_over(struct kunit *test)
{
	const struct clock *clock;

	clock_plan.starts_in_probe = true;
	clock = clock_bind(test, test_device(test));
	msleep(LATE_MS);
	KUNIT_EXPECT_EQ(test, atomic_read(&clock_begun), 0);
	fe_timer_start(&clock->alarm, 0);
	KUNIT_EXPECT_TRUE(test, test_counts_soon(&clock_rung, 1));
	KUNIT_EXPECT_EQ(test, atomic_read(&clock_incomplete), 0);
}

static void unbind_waits_for_a_running_handler(struct kunit *test)
{
	struct device *dev = test_device(test);
	int begun;

	clock_plan.has_fuse = true;
	clock_plan.again_nsec = 1;
	clock_bind(test, dev);
	KUNIT_ASSERT_EQ(test, set_cpus_allowed_ptr(current, cpumask_of(1)), 0);
	test_unbind(dev);
	set_cpus_allowed_ptr(current, cpu_possible_mask);
	KUNIT_EXPECT_EQ(test, atomic_read(&clock_at_end), 0);
	begun = atomic_read(&clock_begun);
	KUNIT_EXPECT_GT(test, begun, 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&clock_rung), begun);
	msleep(LATE_MS);
	KUNIT_EXPECT_EQ(test, atomic_read(&clock_begun), begun);
}

static void a_timer_that_was_started_does_not_ring_after_unbind(struct kunit *test)
{
	struct device *dev = test_device(test);
	const struct clock *clock = clock_bind(test, dev);

	fe_timer_start(&clock->alarm, 10 * LATE_MS * NSEC_PER_MSEC);
	test_unbind(dev);
	msleep(12 * LATE_MS);
	KUNIT_EXPECT_EQ(test, atomic_read(&clock_begun), 0);
}

static void a_timer_cannot_be_started_once_it_was_stopped(struct kunit *test)
{
	struct device *dev = test_device(test);

	clock_plan.starts_in_quiesce = true;
	clock_bind(test, dev);
	test_unbind(dev);
	msleep(LATE_MS);
	KUNIT_EXPECT_EQ(test, atomic_read(&clock_begun), 0);
}

static void a_timer_is_declared_once(struct kunit *test)
{
	clock_plan.declares_twice = true;
	KUNIT_EXPECT_EQ(test, test_bind(test_device(test), &clock__fe_driver.fe), -EBUSY);
}

static void a_timer_that_fails_is_undone(struct kunit *test)
{
	struct device *dev = test_device(test);
	int nth;

	/* Declared, and armed. */
	for (nth = 1; nth <= 2; nth++) {
		fault_set(test, "timer", nth);
		KUNIT_EXPECT_EQ(test, test_bind(dev, &clock__fe_driver.fe), -ENOMEM);
		KUNIT_EXPECT_TRUE(test, fault_was_hit());
	}
	clock_bind(test, dev);
}

static int timer_test_init(struct kunit *test)
{
	clock_plan = (struct clock_plan){ };
	atomic_set(&clock_rung, 0);
	atomic_set(&clock_begun, 0);
	atomic_set(&clock_incomplete, 0);
	atomic_set(&clock_at_end, 0);
	return 0;
}

static void timer_test_exit(struct kunit *test)
{
	fault_clear();
}

static struct kunit_case timer_test_cases[] = {
	KUNIT_CASE(a_timer_rings_once_not_before_its_time),
	KUNIT_CASE(a_later_start_replaces_an_earlier_one),
	KUNIT_CASE(a_cancelled_timer_does_not_ring),
	KUNIT_CASE(a_handler_is_called_again_as_it_wants),
	KUNIT_CASE(no_handler_runs_before_probe_is_over),
	KUNIT_CASE(unbind_waits_for_a_running_handler),
	KUNIT_CASE(a_timer_that_was_started_does_not_ring_after_unbind),
	KUNIT_CASE(a_timer_cannot_be_started_once_it_was_stopped),
	KUNIT_CASE(a_timer_is_declared_once),
	KUNIT_CASE(a_timer_that_fails_is_undone),
	{}
};

static struct kunit_suite timer_test_suite = {
	.name		= "timer",
	.init		= timer_test_init,
	.exit		= timer_test_exit,
	.test_cases	= timer_test_cases,
};

kunit_test_suite(timer_test_suite);

MODULE_DESCRIPTION("KUnit tests of Ferrule's timers");
MODULE_LICENSE("GPL");

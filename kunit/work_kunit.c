// SPDX-License-Identifier: GPL-2.0
/* Work: in process context, between probe and unbind only. */
#include <kunit/test.h>
#include <linux/delay.h>
#include <linux/ktime.h>

#include <ferrule/platform.h>
#include <ferrule/work.h>

#include "fault.h"
#include "test_count.h"
#include "test_device.h"

#define LATE_MS		20

struct mill {
	struct fe_work	grind;
	bool		complete;
};

/* What the driver does in the next binding, and what its handler saw. */
static struct mill_plan {
	bool		queues_in_probe;
	bool		queues_in_quiesce;
	bool		declares_twice;
	bool		queues_again;
	bool		lingers;
} mill_plan;

static atomic_t mill_begun, mill_done, mill_incomplete, mill_at_end;

/* Until it is being stopped, and then some. */
static void mill_linger(const struct mill *mill)
{
	int ms;

	for (ms = 0; ms < 10000 && READ_ONCE(mill->grind.on); ms++)
		usleep_range(1000, 1100);
	msleep(LATE_MS);
}

static void mill_grind(const struct mill *mill)
{
	might_sleep();
	if (mill_plan.queues_again)
		fe_work_queue(&mill->grind);
	atomic_inc(&mill_begun);
	if (!mill->complete)
		atomic_inc(&mill_incomplete);
	if (mill_plan.lingers)
		mill_linger(mill);
	atomic_inc(&mill_done);
}

FE_WORK(mill, grind, mill_grind);

static int mill_probe(struct fe_dev *dev, struct mill *mill)
{
	int ret = mill_grind_declare(dev, mill);

	if (!ret && mill_plan.declares_twice)
		ret = mill_grind_declare(dev, mill);
	if (ret)
		return ret;
	if (mill_plan.queues_in_probe) {
		fe_work_queue(&mill->grind);
		msleep(LATE_MS);
	}
	mill->complete = true;
	return 0;
}

/* The driver's last word comes after work was stopped. */
static void mill_quiesce(struct mill *mill)
{
	atomic_set(&mill_at_end, atomic_read(&mill_begun) - atomic_read(&mill_done));
	if (!mill_plan.queues_in_quiesce)
		return;
	fe_work_queue(&mill->grind);
	msleep(LATE_MS);
}

FE_PLATFORM_DRIVER_ONLY(mill, .probe = mill_probe, .quiesce = mill_quiesce);

static const struct mill *mill_bind(struct kunit *test, struct device *dev)
{
	KUNIT_ASSERT_EQ(test, test_bind(dev, &mill__fe_driver.fe), 0);
	return test_state(dev);
}

static void work_is_done_once(struct kunit *test)
{
	const struct mill *mill = mill_bind(test, test_device(test));

	fe_work_queue(&mill->grind);
	KUNIT_EXPECT_TRUE(test, test_counts_soon(&mill_done, 1));
	msleep(LATE_MS);
	KUNIT_EXPECT_EQ(test, atomic_read(&mill_begun), 1);
	fe_work_queue(&mill->grind);
	KUNIT_EXPECT_TRUE(test, test_counts_soon(&mill_done, 2));
}

static void delayed_work_is_not_done_before_its_time(struct kunit *test)
{
	const struct mill *mill = mill_bind(test, test_device(test));
	ktime_t begin = ktime_get();

	fe_work_queue_after(&mill->grind, 5 * LATE_MS);
	KUNIT_EXPECT_TRUE(test, test_counts_soon(&mill_done, 1));
	KUNIT_EXPECT_GE(test, ktime_ms_delta(ktime_get(), begin), 5 * LATE_MS);
}

static void work_that_is_queued_anew_is_done_once_at_the_later_word(struct kunit *test)
{
	const struct mill *mill = mill_bind(test, test_device(test));

	fe_work_queue_after(&mill->grind, LATE_MS);
	fe_work_queue_after(&mill->grind, 1000 * MSEC_PER_SEC);
	msleep(3 * LATE_MS);
	KUNIT_EXPECT_EQ(test, atomic_read(&mill_begun), 0);
	fe_work_queue(&mill->grind);
	KUNIT_EXPECT_TRUE(test, test_counts_soon(&mill_done, 1));
}

static void work_that_is_queued_while_it_is_done_is_done_again(struct kunit *test)
{
	const struct mill *mill = mill_bind(test, test_device(test));

	mill_plan.queues_again = true;
	fe_work_queue(&mill->grind);
	KUNIT_EXPECT_TRUE(test, test_counts_soon(&mill_done, 5));
	mill_plan.queues_again = false;
	msleep(LATE_MS);
	atomic_set(&mill_begun, 0);
	msleep(LATE_MS);
	KUNIT_EXPECT_EQ(test, atomic_read(&mill_begun), 0);
}

static void cancelled_work_is_not_done(struct kunit *test)
{
	const struct mill *mill = mill_bind(test, test_device(test));

	fe_work_queue_after(&mill->grind, LATE_MS);
	fe_work_cancel(&mill->grind);
	msleep(3 * LATE_MS);
	KUNIT_EXPECT_EQ(test, atomic_read(&mill_begun), 0);
}

static void no_work_is_done_before_probe_is_over(struct kunit *test)
{
	const struct mill *mill;

	mill_plan.queues_in_probe = true;
	mill = mill_bind(test, test_device(test));
	msleep(LATE_MS);
	KUNIT_EXPECT_EQ(test, atomic_read(&mill_begun), 0);
	fe_work_queue(&mill->grind);
	KUNIT_EXPECT_TRUE(test, test_counts_soon(&mill_done, 1));
	KUNIT_EXPECT_EQ(test, atomic_read(&mill_incomplete), 0);
}

/* A handler that runs when its work item is stopped, and that has queued itself again. */
static void unbind_waits_for_work_that_is_being_done(struct kunit *test)
{
	struct device *dev = test_device(test);
	const struct mill *mill = mill_bind(test, dev);

	mill_plan.lingers = true;
	mill_plan.queues_again = true;
	fe_work_queue(&mill->grind);
	KUNIT_ASSERT_TRUE(test, test_counts_soon(&mill_begun, 1));
	test_unbind(dev);
	KUNIT_EXPECT_EQ(test, atomic_read(&mill_at_end), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&mill_done), 1);
	msleep(LATE_MS);
	KUNIT_EXPECT_EQ(test, atomic_read(&mill_begun), 1);
}

static void work_that_was_queued_is_not_done_after_unbind(struct kunit *test)
{
	struct device *dev = test_device(test);
	const struct mill *mill = mill_bind(test, dev);

	fe_work_queue_after(&mill->grind, 10 * LATE_MS);
	test_unbind(dev);
	msleep(12 * LATE_MS);
	KUNIT_EXPECT_EQ(test, atomic_read(&mill_begun), 0);
}

static void work_cannot_be_queued_once_it_was_stopped(struct kunit *test)
{
	struct device *dev = test_device(test);

	mill_plan.queues_in_quiesce = true;
	mill_bind(test, dev);
	test_unbind(dev);
	msleep(LATE_MS);
	KUNIT_EXPECT_EQ(test, atomic_read(&mill_begun), 0);
}

static void a_work_item_is_declared_once(struct kunit *test)
{
	mill_plan.declares_twice = true;
	KUNIT_EXPECT_EQ(test, test_bind(test_device(test), &mill__fe_driver.fe), -EBUSY);
}

static void a_work_item_that_fails_is_undone(struct kunit *test)
{
	struct device *dev = test_device(test);
	int nth;

	/* Declared, and armed. */
	for (nth = 1; nth <= 2; nth++) {
		fault_set(test, "work", nth);
		KUNIT_EXPECT_EQ(test, test_bind(dev, &mill__fe_driver.fe), -ENOMEM);
		KUNIT_EXPECT_TRUE(test, fault_was_hit());
	}
	mill_bind(test, dev);
}

static int work_test_init(struct kunit *test)
{
	mill_plan = (struct mill_plan){ };
	atomic_set(&mill_begun, 0);
	atomic_set(&mill_done, 0);
	atomic_set(&mill_incomplete, 0);
	atomic_set(&mill_at_end, 0);
	return 0;
}

static void work_test_exit(struct kunit *test)
{
	fault_clear();
}

static struct kunit_case work_test_cases[] = {
	KUNIT_CASE(work_is_done_once),
	KUNIT_CASE(delayed_work_is_not_done_before_its_time),
	KUNIT_CASE(work_that_is_queued_anew_is_done_once_at_the_later_word),
	KUNIT_CASE(work_that_is_queued_while_it_is_done_is_done_again),
	KUNIT_CASE(cancelled_work_is_not_done),
	KUNIT_CASE(no_work_is_done_before_probe_is_over),
	KUNIT_CASE(unbind_waits_for_work_that_is_being_done),
	KUNIT_CASE(work_that_was_queued_is_not_done_after_unbind),
	KUNIT_CASE(work_cannot_be_queued_once_it_was_stopped),
	KUNIT_CASE(a_work_item_is_declared_once),
	KUNIT_CASE(a_work_item_that_fails_is_undone),
	{}
};

static struct kunit_suite work_test_suite = {
	.name		= "work",
	.init		= work_test_init,
	.exit		= work_test_exit,
	.test_cases	= work_test_cases,
};

kunit_test_suite(work_test_suite);

MODULE_DESCRIPTION("KUnit tests of Ferrule's work items");
MODULE_LICENSE("GPL");

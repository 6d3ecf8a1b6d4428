// SPDX-License-Identifier: GPL-2.0
/* Wait queues: each way a wait for a condition ends. */
#include <kunit/test.h>

#include <ferrule/wait.h>

#include "test_device.h"
#include "test_thread.h"

struct stop_sign {
	struct fe_waitq		changed;
	atomic_t		green;
	atomic_t		looks;
};

static int stop_sign_probe(struct fe_dev *dev, void *state)
{
	struct stop_sign *sign = state;

	return fe_waitq_init(dev, &sign->changed);
}

static const struct fe_driver stop_sign_driver = {
	.name		= "stop_sign",
	.state_size	= sizeof(struct stop_sign),
	.probe		= stop_sign_probe,
};

static struct device *stop_sign_bind(struct kunit *test)
{
	return test_device_of(test, &stop_sign_driver);
}

static bool look(struct stop_sign *sign)
{
	atomic_inc(&sign->looks);
	return atomic_read(&sign->green);
}

static int wait_for_green(void *arg)
{
	struct stop_sign *sign = arg;

	return fe_wait_until(&sign->changed, look(sign));
}

static int wait_in_the_gate(void *arg)
{
	struct fe_bound *bound = arg;
	int gate = fe_gate_enter(bound);
	int ret;

	if (gate < 0)
		return gate;
	ret = wait_for_green(fe_bound_state(bound));
	fe_gate_exit(bound, gate);
	return ret;
}

static void a_condition_that_holds_is_not_waited_for(struct kunit *test)
{
	struct stop_sign *sign = test_state(stop_sign_bind(test));

	atomic_set(&sign->green, 1);
	KUNIT_EXPECT_EQ(test, wait_for_green(sign), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&sign->looks), 1);
}

static void a_wait_ends_when_woken_with_the_condition_true(struct kunit *test)
{
	struct stop_sign *sign = test_state(stop_sign_bind(test));
	struct test_thread *waiter = test_thread(test, wait_for_green, sign);

	KUNIT_EXPECT_TRUE(test, test_thread_sleeps(waiter));
	fe_wake(&sign->changed);
	KUNIT_EXPECT_TRUE(test, test_thread_goes_on(waiter));
	atomic_set(&sign->green, 1);
	fe_wake(&sign->changed);
	KUNIT_EXPECT_EQ(test, test_thread_result(waiter), 0);
}

static void everyone_who_waits_is_woken(struct kunit *test)
{
	struct stop_sign *sign = test_state(stop_sign_bind(test));
	struct test_thread *waiter[3];
	int i;

	for (i = 0; i < ARRAY_SIZE(waiter); i++)
		waiter[i] = test_thread(test, wait_for_green, sign);
	for (i = 0; i < ARRAY_SIZE(waiter); i++)
		KUNIT_EXPECT_TRUE(test, test_thread_sleeps(waiter[i]));
	atomic_set(&sign->green, 1);
	fe_wake(&sign->changed);
	for (i = 0; i < ARRAY_SIZE(waiter); i++)
		KUNIT_EXPECT_EQ(test, test_thread_result(waiter[i]), 0);
}

static void a_signal_ends_a_wait(struct kunit *test)
{
	struct stop_sign *sign = test_state(stop_sign_bind(test));
	struct test_thread *waiter = test_thread(test, wait_for_green, sign);

	KUNIT_EXPECT_TRUE(test, test_thread_sleeps(waiter));
	test_thread_signal(waiter);
	KUNIT_EXPECT_EQ(test, test_thread_result(waiter), -ERESTARTSYS);
}

static void unbind_ends_a_wait(struct kunit *test)
{
	struct device *dev = stop_sign_bind(test);
	struct test_thread *waiter, *unbinding;

	waiter = test_thread(test, wait_in_the_gate, test_bound(dev));
	KUNIT_EXPECT_TRUE(test, test_thread_sleeps(waiter));
	unbinding = test_unbind_thread(test, dev);
	KUNIT_EXPECT_EQ(test, test_thread_result(waiter), -ENODEV);
	KUNIT_EXPECT_EQ(test, test_thread_result(unbinding), 0);
}

static void no_condition_is_looked_at_on_a_dead_device(struct kunit *test)
{
	struct device *dev = stop_sign_bind(test);
	struct stop_sign *sign = test_state(dev);
	struct fe_bound *bound = test_bound(dev);
	int gate = fe_gate_enter(bound);
	struct test_thread *unbinding;

	KUNIT_ASSERT_GE(test, gate, 0);
	unbinding = test_unbind_thread(test, dev);
	KUNIT_EXPECT_TRUE(test, test_is_dead_soon(bound));
	atomic_set(&sign->green, 1);
	KUNIT_EXPECT_EQ(test, wait_for_green(sign), -ENODEV);
	KUNIT_EXPECT_EQ(test, atomic_read(&sign->looks), 0);
	fe_gate_exit(bound, gate);
	KUNIT_EXPECT_EQ(test, test_thread_result(unbinding), 0);
}

static struct kunit_case wait_test_cases[] = {
	KUNIT_CASE(a_condition_that_holds_is_not_waited_for),
	KUNIT_CASE(a_wait_ends_when_woken_with_the_condition_true),
	KUNIT_CASE(everyone_who_waits_is_woken),
	KUNIT_CASE(a_signal_ends_a_wait),
	KUNIT_CASE(unbind_ends_a_wait),
	KUNIT_CASE(no_condition_is_looked_at_on_a_dead_device),
	{}
};

static struct kunit_suite wait_test_suite = {
	.name		= "wait",
	.test_cases	= wait_test_cases,
};

kunit_test_suite(wait_test_suite);

MODULE_DESCRIPTION("KUnit tests of Ferrule's wait queues");
MODULE_LICENSE("GPL");

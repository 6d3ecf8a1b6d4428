// SPDX-License-Identifier: GPL-2.0
/*
 * The gate: unbind waits for those inside, nobody enters a dead device, and everyone who
 * waits inside is woken, so that unbind does not wait for ever.
 */
#include <kunit/test.h>

#include <ferrule/completion.h>
#include <ferrule/wait.h>

#include "test_device.h"
#include "test_thread.h"
#include "trace.h"

static DEFINE_TRACE(events);

/* What a bound device has that those inside wait for. */
struct hall {
	struct fe_completion	event;
	struct fe_completion	other;
	struct fe_waitq		changed;
};

static int hall_probe(struct fe_dev *dev, void *state)
{
	struct hall *hall = state;
	int ret;

	ret = fe_completion_init(dev, &hall->event);
	if (ret)
		return ret;
	ret = fe_completion_init(dev, &hall->other);
	if (ret)
		return ret;
	return fe_waitq_init(dev, &hall->changed);
}

static void hall_quiesce(void *state)
{
	trace(&events, "quiesce");
}

static const struct fe_driver hall_driver = {
	.name		= "hall",
	.state_size	= sizeof(struct hall),
	.probe		= hall_probe,
	.quiesce	= hall_quiesce,
};

/* Somebody inside the gate, until told to leave. */
struct visitor {
	struct fe_bound		*bound;
	struct completion	inside;
	struct completion	leave;
};

static int visitor_stay(void *arg)
{
	struct visitor *v = arg;
	int gate = fe_gate_enter(v->bound);

	if (gate < 0)
		return gate;
	complete(&v->inside);
	wait_for_completion_interruptible(&v->leave);
	trace(&events, "leave");
	fe_gate_exit(v->bound, gate);
	return 0;
}

static struct test_thread *visitor_enter(struct kunit *test, struct visitor *v,
					 struct device *dev)
{
	struct test_thread *thread;

	v->bound = test_bound(dev);
	init_completion(&v->inside);
	init_completion(&v->leave);
	thread = test_thread(test, visitor_stay, v);
	KUNIT_ASSERT_TRUE(test, wait_for_completion_timeout(&v->inside, 10 * HZ));
	return thread;
}

static void unbind_waits_for_those_inside(struct kunit *test)
{
	struct device *dev = test_device(test);
	struct test_thread *inside, *unbinding;
	struct visitor *v = kunit_kzalloc(test, sizeof(*v), GFP_KERNEL);

	KUNIT_ASSERT_EQ(test, test_bind(dev, &hall_driver), 0);
	inside = visitor_enter(test, v, dev);
	unbinding = test_unbind_thread(test, dev);
	KUNIT_EXPECT_TRUE(test, test_thread_goes_on(unbinding));
	KUNIT_EXPECT_STREQ(test, events.text, "");
	complete(&v->leave);
	KUNIT_EXPECT_EQ(test, test_thread_result(unbinding), 0);
	KUNIT_EXPECT_EQ(test, test_thread_result(inside), 0);
	KUNIT_EXPECT_STREQ(test, events.text, "leave quiesce");
}

static void nobody_enters_a_dead_device(struct kunit *test)
{
	struct device *dev = test_device(test);
	struct visitor *v = kunit_kzalloc(test, sizeof(*v), GFP_KERNEL);
	struct test_thread *unbinding;

	KUNIT_ASSERT_EQ(test, test_bind(dev, &hall_driver), 0);
	visitor_enter(test, v, dev);
	unbinding = test_unbind_thread(test, dev);
	KUNIT_EXPECT_TRUE(test, test_is_dead_soon(v->bound));
	KUNIT_EXPECT_EQ(test, fe_gate_enter(v->bound), -ENODEV);
	complete(&v->leave);
	KUNIT_EXPECT_EQ(test, test_thread_result(unbinding), 0);
}

static void the_gate_nests(struct kunit *test)
{
	struct device *dev = test_device(test);
	struct fe_bound *bound;
	int outer, inner;

	KUNIT_ASSERT_EQ(test, test_bind(dev, &hall_driver), 0);
	bound = test_bound(dev);
	outer = fe_gate_enter(bound);
	KUNIT_EXPECT_GE(test, outer, 0);
	inner = fe_gate_enter(bound);
	KUNIT_EXPECT_GE(test, inner, 0);
	fe_gate_exit(bound, inner);
	fe_gate_exit(bound, outer);
}

static void a_visitor_of_one_device_does_not_hold_up_another(struct kunit *test)
{
	struct device *one = test_device(test), *other = test_device(test);
	struct visitor *v = kunit_kzalloc(test, sizeof(*v), GFP_KERNEL);
	struct test_thread *inside, *unbinding;

	KUNIT_ASSERT_EQ(test, test_bind(one, &hall_driver), 0);
	KUNIT_ASSERT_EQ(test, test_bind(other, &hall_driver), 0);
	KUNIT_EXPECT_PTR_NE(test, test_state(one), test_state(other));
	inside = visitor_enter(test, v, one);
	unbinding = test_unbind_thread(test, other);
	KUNIT_EXPECT_EQ(test, test_thread_result(unbinding), 0);
	KUNIT_EXPECT_FALSE(test, fe_bound_dead(test_bound(one)));
	complete(&v->leave);
	KUNIT_EXPECT_EQ(test, test_thread_result(inside), 0);
}

/* Everything in flight: threads inside the gate in each kind of wait. */
static int crowd_wait(const struct hall *hall)
{
	return fe_wait(&hall->event);
}

static int crowd_wait_timeout(const struct hall *hall)
{
	return fe_wait_timeout(&hall->other, 10 * TEST_THREAD_LIMIT_MS);
}

static int crowd_wait_until(const struct hall *hall)
{
	return fe_wait_until(&hall->changed, false);
}

/* Its answer is heard by nobody, but its unbinding must be. */
static int crowd_wait_again(const struct hall *hall)
{
	int ret = fe_wait(&hall->event);

	return ret == -ENODEV ? fe_wait_until(&hall->changed, false) : ret;
}

struct waiter {
	struct fe_bound	*bound;
	int		(*wait)(const struct hall *hall);
};

static int waiter_main(void *arg)
{
	struct waiter *w = arg;
	int gate = fe_gate_enter(w->bound);
	int ret;

	if (gate < 0)
		return gate;
	ret = w->wait(fe_bound_state(w->bound));
	trace(&events, "o");
	fe_gate_exit(w->bound, gate);
	return ret;
}

static void unbind_wakes_everyone_in_flight(struct kunit *test)
{
	static int (* const waits[])(const struct hall *) = {
		crowd_wait, crowd_wait, crowd_wait_timeout, crowd_wait_until,
		crowd_wait_until, crowd_wait_again,
	};
	struct device *dev = test_device(test);
	struct test_thread *thread[ARRAY_SIZE(waits)];
	struct waiter *w = kunit_kcalloc(test, ARRAY_SIZE(waits), sizeof(*w), GFP_KERNEL);
	struct test_thread *unbinding;
	int i;

	KUNIT_ASSERT_EQ(test, test_bind(dev, &hall_driver), 0);
	for (i = 0; i < ARRAY_SIZE(waits); i++) {
		w[i] = (struct waiter){ .bound = test_bound(dev), .wait = waits[i] };
		thread[i] = test_thread(test, waiter_main, &w[i]);
	}
	for (i = 0; i < ARRAY_SIZE(waits); i++)
		KUNIT_EXPECT_TRUE(test, test_thread_sleeps(thread[i]));
	unbinding = test_unbind_thread(test, dev);
	KUNIT_ASSERT_EQ(test, test_thread_result(unbinding), 0);
	for (i = 0; i < ARRAY_SIZE(waits); i++)
		KUNIT_EXPECT_EQ(test, test_thread_result(thread[i]), -ENODEV);
	/* All of them were out before the driver's last word. */
	KUNIT_EXPECT_STREQ(test, events.text, "o o o o o o quiesce");
}

static int gate_test_init(struct kunit *test)
{
	trace_clear(&events);
	return 0;
}

static struct kunit_case gate_test_cases[] = {
	KUNIT_CASE(unbind_waits_for_those_inside),
	KUNIT_CASE(nobody_enters_a_dead_device),
	KUNIT_CASE(the_gate_nests),
	KUNIT_CASE(a_visitor_of_one_device_does_not_hold_up_another),
	KUNIT_CASE(unbind_wakes_everyone_in_flight),
	{}
};

static struct kunit_suite gate_test_suite = {
	.name		= "gate",
	.init		= gate_test_init,
	.test_cases	= gate_test_cases,
};

kunit_test_suite(gate_test_suite);

MODULE_DESCRIPTION("KUnit tests of Ferrule's gate");
MODULE_LICENSE("GPL");

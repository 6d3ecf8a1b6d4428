// SPDX-License-Identifier: GPL-2.0
/*
 * Acquiring a handle: which ones are refused, and what a fault in it leaves behind. The table
 * is at the top of bound_kunit.c.
 */
#include <kunit/test.h>

#include <ferrule/box.h>
#include <ferrule/coherent.h>
#include <ferrule/completion.h>
#include <ferrule/dma.h>
#include <ferrule/miscdev.h>
#include <ferrule/platform.h>
#include <ferrule/wait.h>

#include "fault.h"
#include "test_device.h"
#include "trace.h"

static DEFINE_TRACE(events);

/* Acquires where and when it must not; the results are kept for the test. */
struct trespass {
	struct fe_res	first;
	struct fe_res	late;
};

static void trespass_release(struct fe_res *res)
{
	trace(&events, "release");
}

static const struct fe_res_ops trespass_ops = {
	.name		= "trespass",
	.class		= FE_CLASS_PLAIN,
	.release	= trespass_release,
};

static struct fe_res trespass_elsewhere;
static struct fe_dev *trespass_dev;
static int trespass_ret[6];

static int trespass_probe(struct fe_dev *dev, void *state)
{
	struct trespass *t = state;
	const struct fe_res_ops *ops = &trespass_ops;
	struct fe_res *end = state + sizeof(*t);
	struct fe_res on_stack;

	trespass_dev = dev;
	trespass_ret[0] = fe_res_check(dev, &on_stack, ops);
	trespass_ret[1] = fe_res_check(dev, &trespass_elsewhere, ops);
	trespass_ret[2] = fe_res_check(dev, state - 1, ops);
	trespass_ret[3] = fe_res_check(dev, (void *)(end - 1) + 1, ops);
	trespass_ret[4] = fe_res_check(dev, &t->first, ops);
	fe_res_add(dev, &t->first, ops);
	trespass_ret[5] = fe_res_check(dev, &t->first, ops);
	return 0;
}

static int trespass_start(const void *state)
{
	const struct trespass *t = state;

	return fe_res_check(trespass_dev, &t->late, &trespass_ops) == -EPERM ? 0 : -EINVAL;
}

static void trespass_quiesce(void *state)
{
	struct trespass *t = state;

	trace(&events, "late:%d", fe_res_check(trespass_dev, &t->late, &trespass_ops));
}

static const struct fe_driver trespass_driver = {
	.name		= "trespass",
	.state_size	= sizeof(struct trespass),
	.probe		= trespass_probe,
	.start		= trespass_start,
	.quiesce	= trespass_quiesce,
};

static void a_handle_outside_the_state_is_refused(struct kunit *test)
{
	struct device *dev = test_device(test);

	KUNIT_ASSERT_EQ(test, test_bind(dev, &trespass_driver), 0);
	KUNIT_EXPECT_EQ_MSG(test, trespass_ret[0], -EINVAL, "on the stack");
	KUNIT_EXPECT_EQ_MSG(test, trespass_ret[1], -EINVAL, "in the module's data");
	KUNIT_EXPECT_EQ_MSG(test, trespass_ret[2], -EINVAL, "a byte before the state");
	KUNIT_EXPECT_EQ_MSG(test, trespass_ret[3], -EINVAL, "a byte beyond the state");
}

static void a_handle_is_acquired_once(struct kunit *test)
{
	struct device *dev = test_device(test);

	KUNIT_ASSERT_EQ(test, test_bind(dev, &trespass_driver), 0);
	KUNIT_EXPECT_EQ(test, trespass_ret[4], 0);
	KUNIT_EXPECT_EQ(test, trespass_ret[5], -EBUSY);
	test_unbind(dev);
	KUNIT_EXPECT_STREQ(test, events.text, "late:-1 release");
}

static void nothing_is_acquired_after_probe(struct kunit *test)
{
	struct device *dev = test_device(test);
	struct trespass *t;

	/* In start, … */
	KUNIT_ASSERT_EQ(test, test_bind(dev, &trespass_driver), 0);
	/* … when the device is bound, … */
	t = test_state(dev);
	KUNIT_EXPECT_EQ(test, fe_res_check(trespass_dev, &t->late, &trespass_ops), -EPERM);
	/* … and when it ends. */
	test_unbind(dev);
	KUNIT_EXPECT_STREQ(test, events.text, "late:-1 release");
}

/* One of each kind that needs no particular bus, for the layer's own fault points. */
FE_COHERENT(stock_ring, u32, 64);

struct stock {
	struct fe_waitq		changed;
	struct fe_completion	event;
	struct fe_dma		dma;
	struct stock_ring	ring;
	struct fe_dma_buf	buf;
	u32			*box;
	struct fe_miscdev	node;
};

struct stock_file {
	struct fe_file		fe;
};

FE_MISCDEV(stock, node, stock_file);

static int stock_probe(struct fe_dev *dev, struct stock *s)
{
	int ret;

	ret = fe_waitq_init(dev, &s->changed);
	if (ret)
		return ret;
	ret = fe_completion_init(dev, &s->event);
	if (ret)
		return ret;
	ret = fe_dma_init(dev, &s->dma, 32);
	if (ret)
		return ret;
	ret = fe_coherent_alloc(dev, &s->ring);
	if (ret)
		return ret;
	ret = fe_dma_buf_alloc(&s->dma, 4096, &s->buf);
	if (ret)
		return ret;
	s->box = fe_box_new(u32);
	if (IS_ERR(s->box))
		return PTR_ERR(s->box);
	trace(&events, "probed");
	return stock_node_declare(dev, s, "ferrule-stock");
}

static int stock_start(const struct stock *s)
{
	trace(&events, "start");
	return 0;
}

static void stock_quiesce(struct stock *s)
{
	trace(&events, "quiesce");
}

static void stock_drop(struct stock *s __fe_drop)
{
	trace(&events, "drop");
	fe_box_drop(s->box);
	fe_dma_buf_drop(&s->buf);
}

FE_PLATFORM_DRIVER_ONLY(stock, .probe = stock_probe, .start = stock_start,
			.quiesce = stock_quiesce, .drop = stock_drop);

static const struct fault_point {
	const char	*name;
	unsigned int	nth;
	const char	*trace;
} fault_points[] = {
	{ "bound", 1, "" },
	{ "waitq", 1, "drop" },
	{ "completion", 1, "drop" },
	{ "dma", 1, "drop" },
	{ "coherent", 1, "drop" },
	{ "dma_buf", 1, "drop" },
	{ "box", 1, "drop" },
	{ "miscdev", 1, "probed drop" },
	{ "miscdev", 2, "probed start quiesce drop" },
};

static void fault_point_name(const struct fault_point *f, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%s%s", f->name, f->nth > 1 ? ", armed" : "");
}

KUNIT_ARRAY_PARAM(fault, fault_points, fault_point_name);

static void a_fault_in_an_acquire_is_survived(struct kunit *test)
{
	const struct fault_point *f = test->param_value;
	struct device *dev = test_device(test);

	fault_set(test, f->name, f->nth);
	KUNIT_EXPECT_EQ(test, test_bind(dev, &stock__fe_driver.fe), -ENOMEM);
	KUNIT_EXPECT_TRUE(test, fault_was_hit());
	KUNIT_EXPECT_STREQ(test, events.text, f->trace);

	/* Nothing was kept, the number of the node included: it works the next time. */
	KUNIT_ASSERT_EQ(test, test_bind(dev, &stock__fe_driver.fe), 0);
	KUNIT_EXPECT_STREQ(test, ((struct stock *)test_state(dev))->node.name, "ferrule-stock0");
}

static void every_acquire_has_a_fault_point(struct kunit *test)
{
	struct device *dev = test_device(test);
	int nth, ret = -ENOMEM;

	for (nth = 1; ret && nth < 100; nth++) {
		fault_set(test, "", nth);
		ret = test_bind(dev, &stock__fe_driver.fe);
		KUNIT_EXPECT_TRUE(test, !ret || ret == -ENOMEM);
	}
	KUNIT_ASSERT_EQ(test, ret, 0);
	KUNIT_EXPECT_EQ(test, nth - 2, ARRAY_SIZE(fault_points));
}

static int acquire_test_init(struct kunit *test)
{
	trace_clear(&events);
	return 0;
}

static void acquire_test_exit(struct kunit *test)
{
	fault_clear();
}

static struct kunit_case acquire_test_cases[] = {
	KUNIT_CASE(a_handle_outside_the_state_is_refused),
	KUNIT_CASE(a_handle_is_acquired_once),
	KUNIT_CASE(nothing_is_acquired_after_probe),
	KUNIT_CASE_PARAM(a_fault_in_an_acquire_is_survived, fault_gen_params),
	KUNIT_CASE(every_acquire_has_a_fault_point),
	{}
};

static struct kunit_suite acquire_test_suite = {
	.name		= "acquire",
	.init		= acquire_test_init,
	.exit		= acquire_test_exit,
	.test_cases	= acquire_test_cases,
};

kunit_test_suite(acquire_test_suite);

MODULE_DESCRIPTION("KUnit tests of Ferrule's acquire functions");
MODULE_LICENSE("GPL");

// SPDX-License-Identifier: GPL-2.0
/*
 * The life of a binding: what is called, in which order, whatever goes wrong.
 *
 * Each way to fail × what is undone then (rig_failures, rig_lives):
 *
 *	fails			stopped		quiesce	halt	drop	released
 *	bound, pci_enable	-		-	-	-	-
 *	probe, after n of m	if no arm	-	once	once	n, last first
 *	arm of the nth		those before	once	once	once	all, last first
 *	start			all but nodes	once	once	once	all, last first
 *	node, the nth		all, nodes first once	once	once	all, last first
 *	nothing; then unbind	all, nodes first once	once	once	all, last first
 *
 * Each acquire × each way to refuse it; the suite is X_kunit.c:
 *
 *	handle			elsewhere -EINVAL, twice -EBUSY, late -EPERM	acquire
 *	a fault in it		waitq completion dma coherent dma_buf box	acquire
 *				miscdev, declared and armed			acquire
 *				pci_enable bound bar vectors irq		pci
 *				timer, work, thread: declared and armed		of that name
 *				disk attributes debugfs: the same		block attrs debugfs
 *				faux page ranges xarray file dma_give		of that name
 *	its own reasons							of that name
 *
 * Each entry point × the moment of unbind. A suite does what the kernel can do to itself; edu and
 * nullblk are the drivers' test programs, for what needs a user:
 *
 *	entry			before it	during it	after it	where
 *	gate			let in		waited for	-ENODEV		gate
 *	fe_wait, _timeout	waits		woken, -ENODEV	-ENODEV		completion
 *	fe_wait_until, fe_retry	waits		woken, -ENODEV	-ENODEV		wait, file
 *	fe_poll of a register	polls		-ENODEV		-ENODEV		mmio
 *	open			let in		waited for	-ENODEV		file
 *	read, write		answered	woken, -ENODEV	-ENODEV		file
 *	  their user memory	brought in	not waited for	-ENODEV		edu stalled_buffer
 *	ioctl			answered	woken, -ENODEV	-ENODEV		file, edu unbind_*
 *	  its argument		copied		not waited for	-ENODEV		edu stalled_argument
 *	poll, epoll		its mask	woken, EPOLLHUP	EPOLLHUP	file, edu epoll
 *	mmap			mapped		waited for	-ENODEV		mmap
 *	fault			a page		page is taken	SIGBUS		mmap, edu window
 *	close			release		release, once	memory only	file
 *	interrupt		handled		waited for	not called	irq
 *	timer			rings		waited for	not called	timer
 *	work			done		waited for	not called	work
 *	thread			runs		woken, waited for ended		thread
 *	fe_thread_sleep		sleeps		woken, -ENODEV	-ENODEV		thread
 *	attribute, debugfs	answered	woken, -ENODEV	-ENODEV		attrs, debugfs
 *	  user memory		copied		not waited for	-ENODEV		debugfs
 *	request, new		asked		refused		-EIO		request_unbind
 *	  deferred, timed	in flight	ends, -ENODEV	-		request_unbind
 *	  to be polled for	in flight	ends, -ENODEV	-		request_unbind
 *	  busy, without a tag	asked later	refused		-		request_unbind
 *	  over its time		timeout		ends, -ENODEV	not called	request_unbind
 *	control in configfs	answered	waited for	-ENODEV		configfs
 *	rmmod			-EWOULDBLOCK while anything is open		edu, nullblk
 */
#include <kunit/test.h>
#include <linux/ctype.h>

#include "test_device.h"
#include "trace.h"

static DEFINE_TRACE(events);

/*
 * A driver that acquires handles of the test's own kinds, one for each letter of a plan:
 *
 *	p	a plain resource, with nothing to arm or stop
 *	i t w h q	irq, timer, work, thread and queue: armed and stopped
 *	n	a node
 *	s	stopped, but not armed
 *	I … N	the same, but arming it fails with ARM_ERROR
 *	x	probe fails here with PROBE_ERROR
 *
 * In the trace a handle is its letter and its place in the plan.
 */
#define PROBE_ERROR	(-EIO)
#define ARM_ERROR	(-ENOSPC)
#define START_ERROR	(-EPROTO)
#define RIG_PARTS	8

struct part {
	struct fe_res	fe;
	char		letter;
	int		place;
};

struct rig {
	struct part	part[RIG_PARTS];
};

static struct rig_plan {
	const char	*parts;
	int		probe_ret;	/* if no x stops it */
	int		start_ret;
} rig_plan;

static void part_trace(const char *what, struct fe_res *res)
{
	struct part *part = container_of(res, struct part, fe);

	trace(&events, "%s:%c%d", what, tolower(part->letter), part->place);
}

static int part_arm(struct fe_res *res)
{
	part_trace("arm", res);
	return isupper(container_of(res, struct part, fe)->letter) ? ARM_ERROR : 0;
}

static void part_wake(struct fe_res *res)
{
	part_trace("wake", res);
}

static void part_stop(struct fe_res *res)
{
	part_trace("stop", res);
}

static void part_release(struct fe_res *res)
{
	part_trace("free", res);
}

#define PART_OPS(class_) {						\
	.name = "part", .class = class_, .arm = part_arm,		\
	.wake = part_wake, .stop = part_stop, .release = part_release,	\
}

static const struct part_kind {
	char			letter;
	struct fe_res_ops	ops;
} part_kinds[] = {
	{ 'i', PART_OPS(FE_CLASS_IRQ) },
	{ 't', PART_OPS(FE_CLASS_TIMER) },
	{ 'w', PART_OPS(FE_CLASS_WORK) },
	{ 'h', PART_OPS(FE_CLASS_THREAD) },
	{ 'q', PART_OPS(FE_CLASS_QUEUE) },
	{ 'n', PART_OPS(FE_CLASS_NODE) },
	{ 'p', { .name = "part", .class = FE_CLASS_PLAIN, .wake = part_wake,
		 .release = part_release } },
	{ 's', { .name = "part", .class = FE_CLASS_WORK, .stop = part_stop,
		 .release = part_release } },
};

static const struct fe_res_ops *part_ops(char letter)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(part_kinds); i++)
		if (part_kinds[i].letter == tolower(letter))
			return &part_kinds[i].ops;
	return NULL;
}

static int part_add(struct fe_dev *dev, struct part *part, char letter, int place)
{
	int ret = fe_res_check(dev, &part->fe, part_ops(letter));

	if (ret)
		return ret;
	part->letter = letter;
	part->place = place;
	fe_res_add(dev, &part->fe, part_ops(letter));
	part_trace("add", &part->fe);
	return 0;
}

static int rig_probe(struct fe_dev *dev, void *state)
{
	struct rig *rig = state;
	int ret, i;

	for (i = 0; rig_plan.parts[i]; i++) {
		if (rig_plan.parts[i] == 'x')
			return PROBE_ERROR;
		ret = part_add(dev, &rig->part[i], rig_plan.parts[i], i);
		if (ret)
			return ret;
	}
	return rig_plan.probe_ret;
}

static int rig_start(const void *state)
{
	trace(&events, "start");
	return rig_plan.start_ret;
}

static void rig_quiesce(void *state)
{
	trace(&events, "quiesce");
}

static void rig_halt(struct device *dev)
{
	trace(&events, "halt");
}

static void rig_drop(void *state)
{
	trace(&events, "drop");
}

static const struct fe_driver rig_driver = {
	.name		= "rig",
	.state_size	= sizeof(struct rig),
	.probe		= rig_probe,
	.start		= rig_start,
	.quiesce	= rig_quiesce,
	.halt		= rig_halt,
	.drop		= rig_drop,
};

struct rig_case {
	const char	*name;
	const char	*parts;
	int		start_ret;
	int		ret;
	const char	*add, *arm, *wake, *stop, *release;	/* the trace, phase by phase */
};

static void rig_case_name(const struct rig_case *c, char *desc)
{
	strscpy(desc, c->name, KUNIT_PARAM_DESC_SIZE);
}

static void rig_case_check(struct kunit *test, const struct rig_case *c)
{
	const char * const phase[] = { c->add, c->arm, c->wake, c->stop, c->release };
	char *expected = kunit_kzalloc(test, sizeof(events.text), GFP_KERNEL);
	int i;

	KUNIT_ASSERT_NOT_NULL(test, expected);
	for (i = 0; i < ARRAY_SIZE(phase); i++) {
		if (!phase[i])
			continue;
		if (*expected)
			strlcat(expected, " ", sizeof(events.text));
		strlcat(expected, phase[i], sizeof(events.text));
	}
	KUNIT_EXPECT_STREQ(test, events.text, expected);
}

static const struct rig_case rig_failures[] = {
	{
		.name = "probe, before it acquired anything",
		.parts = "xp",
		.ret = PROBE_ERROR,
		.stop = "halt drop",
	},
	{
		.name = "probe, after one of two",
		.parts = "pxp",
		.ret = PROBE_ERROR,
		.add = "add:p0",
		.wake = "wake:p0",
		.stop = "halt drop",
		.release = "free:p0",
	},
	{
		.name = "probe, after all: nothing was armed",
		.parts = "pinqx",
		.ret = PROBE_ERROR,
		.add = "add:p0 add:i1 add:n2 add:q3",
		.wake = "wake:q3 wake:n2 wake:i1 wake:p0",
		.stop = "halt drop",
		.release = "free:q3 free:n2 free:i1 free:p0",
	},
	{
		.name = "probe, with one that runs without being armed",
		.parts = "spx",
		.ret = PROBE_ERROR,
		.add = "add:s0 add:p1",
		.wake = "wake:p1",
		.stop = "stop:s0 halt drop",
		.release = "free:p1 free:s0",
	},
	{
		.name = "arm, the first",
		.parts = "pIqn",
		.ret = ARM_ERROR,
		.add = "add:p0 add:i1 add:q2 add:n3",
		.arm = "arm:i1",
		.wake = "wake:n3 wake:q2 wake:i1 wake:p0",
		.stop = "quiesce halt drop",
		.release = "free:n3 free:q2 free:i1 free:p0",
	},
	{
		.name = "arm, the second of a class",
		.parts = "iIw",
		.ret = ARM_ERROR,
		.add = "add:i0 add:i1 add:w2",
		.arm = "arm:i0 arm:i1",
		.wake = "wake:w2 wake:i1 wake:i0",
		.stop = "stop:i0 quiesce halt drop",
		.release = "free:w2 free:i1 free:i0",
	},
	{
		.name = "arm, the last",
		.parts = "qtI",
		.ret = ARM_ERROR,
		.add = "add:q0 add:t1 add:i2",
		.arm = "arm:q0 arm:t1 arm:i2",
		.wake = "wake:i2 wake:t1 wake:q0",
		.stop = "stop:t1 stop:q0 quiesce halt drop",
		.release = "free:i2 free:t1 free:q0",
	},
	{
		.name = "start: no node was opened",
		.parts = "nip",
		.start_ret = START_ERROR,
		.ret = START_ERROR,
		.add = "add:n0 add:i1 add:p2",
		.arm = "arm:i1 start",
		.wake = "wake:p2 wake:i1 wake:n0",
		.stop = "stop:i1 quiesce halt drop",
		.release = "free:p2 free:i1 free:n0",
	},
	{
		.name = "node, the only one",
		.parts = "Ni",
		.ret = ARM_ERROR,
		.add = "add:n0 add:i1",
		.arm = "arm:i1 start arm:n0",
		.wake = "wake:i1 wake:n0",
		.stop = "stop:i1 quiesce halt drop",
		.release = "free:i1 free:n0",
	},
	{
		.name = "node, the second",
		.parts = "niN",
		.ret = ARM_ERROR,
		.add = "add:n0 add:i1 add:n2",
		.arm = "arm:i1 start arm:n0 arm:n2",
		.wake = "wake:n2 wake:i1 wake:n0",
		.stop = "stop:n0 stop:i1 quiesce halt drop",
		.release = "free:n2 free:i1 free:n0",
	},
};

KUNIT_ARRAY_PARAM(rig_failure, rig_failures, rig_case_name);

static void what_failed_is_undone_and_nothing_else(struct kunit *test)
{
	const struct rig_case *c = test->param_value;
	struct device *dev = test_device(test);
	unsigned int refs = kref_read(&dev->kobj.kref);

	rig_plan = (struct rig_plan){ .parts = c->parts, .start_ret = c->start_ret };
	KUNIT_EXPECT_EQ(test, test_bind(dev, &rig_driver), c->ret);
	rig_case_check(test, c);
	KUNIT_EXPECT_NULL(test, dev_get_drvdata(dev));
	KUNIT_EXPECT_EQ(test, kref_read(&dev->kobj.kref), refs);
}

static const struct rig_case rig_lives[] = {
	{
		.name = "nothing acquired",
		.parts = "",
		.arm = "start bound",
		.stop = "quiesce halt drop",
	},
	{
		.name = "plain resources: last in, first out",
		.parts = "ppp",
		.add = "add:p0 add:p1 add:p2",
		.arm = "start bound",
		.wake = "wake:p2 wake:p1 wake:p0",
		.stop = "quiesce halt drop",
		.release = "free:p2 free:p1 free:p0",
	},
	{
		.name = "armed as declared, nodes last; stopped by class",
		.parts = "nqhwtip",
		.add = "add:n0 add:q1 add:h2 add:w3 add:t4 add:i5 add:p6",
		.arm = "arm:q1 arm:h2 arm:w3 arm:t4 arm:i5 start arm:n0 bound",
		.wake = "wake:p6 wake:i5 wake:t4 wake:w3 wake:h2 wake:q1 wake:n0",
		.stop = "stop:n0 stop:i5 stop:t4 stop:w3 stop:h2 stop:q1 quiesce halt drop",
		.release = "free:p6 free:i5 free:t4 free:w3 free:h2 free:q1 free:n0",
	},
	{
		.name = "the other way round: stopped by class all the same",
		.parts = "pitwhqn",
		.add = "add:p0 add:i1 add:t2 add:w3 add:h4 add:q5 add:n6",
		.arm = "arm:i1 arm:t2 arm:w3 arm:h4 arm:q5 start arm:n6 bound",
		.wake = "wake:n6 wake:q5 wake:h4 wake:w3 wake:t2 wake:i1 wake:p0",
		.stop = "stop:n6 stop:i1 stop:t2 stop:w3 stop:h4 stop:q5 quiesce halt drop",
		.release = "free:n6 free:q5 free:h4 free:w3 free:t2 free:i1 free:p0",
	},
	{
		.name = "in a class the newest is stopped first",
		.parts = "iinnsw",
		.add = "add:i0 add:i1 add:n2 add:n3 add:s4 add:w5",
		.arm = "arm:i0 arm:i1 arm:w5 start arm:n2 arm:n3 bound",
		.wake = "wake:w5 wake:n3 wake:n2 wake:i1 wake:i0",
		.stop = "stop:n3 stop:n2 stop:i1 stop:i0 stop:w5 stop:s4 quiesce halt drop",
		.release = "free:w5 free:s4 free:n3 free:n2 free:i1 free:i0",
	},
};

KUNIT_ARRAY_PARAM(rig_life, rig_lives, rig_case_name);

static void a_binding_lives_in_order(struct kunit *test)
{
	const struct rig_case *c = test->param_value;
	struct device *dev = test_device(test);
	unsigned int refs = kref_read(&dev->kobj.kref);

	rig_plan = (struct rig_plan){ .parts = c->parts };
	KUNIT_ASSERT_EQ(test, test_bind(dev, &rig_driver), c->ret);
	trace(&events, "bound");
	test_unbind(dev);
	rig_case_check(test, c);
	KUNIT_EXPECT_NULL(test, dev_get_drvdata(dev));
	KUNIT_EXPECT_EQ(test, kref_read(&dev->kobj.kref), refs);
}

static void a_positive_result_is_success(struct kunit *test)
{
	struct device *dev = test_device(test);

	rig_plan = (struct rig_plan){ .parts = "i", .probe_ret = 3, .start_ret = 4 };
	KUNIT_ASSERT_EQ(test, test_bind(dev, &rig_driver), 0);
	KUNIT_EXPECT_STREQ(test, events.text, "add:i0 arm:i0 start");
}

static void operations_but_probe_are_optional(struct kunit *test)
{
	static const struct fe_driver bare = {
		.name = "bare", .state_size = sizeof(struct rig), .probe = rig_probe,
	};
	struct device *dev = test_device(test);

	rig_plan = (struct rig_plan){ .parts = "p" };
	KUNIT_ASSERT_EQ(test, test_bind(dev, &bare), 0);
	test_unbind(dev);
	KUNIT_EXPECT_STREQ(test, events.text, "add:p0 wake:p0 free:p0");
}

static void each_binding_begins_with_a_zeroed_state(struct kunit *test)
{
	struct device *dev = test_device(test);
	int i;

	rig_plan = (struct rig_plan){ .parts = "p" };
	for (i = 0; i < 3; i++) {
		KUNIT_ASSERT_EQ(test, test_bind(dev, &rig_driver), 0);
		KUNIT_EXPECT_NULL(test, memchr_inv(&((struct rig *)test_state(dev))->part[1], 0,
						   sizeof(struct part) * (RIG_PARTS - 1)));
		memset(&((struct rig *)test_state(dev))->part[1].letter, 'z', 1);
		test_unbind(dev);
	}
}

static int bound_test_init(struct kunit *test)
{
	trace_clear(&events);
	return 0;
}

static struct kunit_case bound_test_cases[] = {
	KUNIT_CASE_PARAM(a_binding_lives_in_order, rig_life_gen_params),
	KUNIT_CASE_PARAM(what_failed_is_undone_and_nothing_else, rig_failure_gen_params),
	KUNIT_CASE(a_positive_result_is_success),
	KUNIT_CASE(operations_but_probe_are_optional),
	KUNIT_CASE(each_binding_begins_with_a_zeroed_state),
	{}
};

static struct kunit_suite bound_test_suite = {
	.name		= "bound",
	.init		= bound_test_init,
	.test_cases	= bound_test_cases,
};

kunit_test_suite(bound_test_suite);

MODULE_DESCRIPTION("KUnit tests of Ferrule's bindings");
MODULE_LICENSE("GPL");

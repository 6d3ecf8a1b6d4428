// SPDX-License-Identifier: GPL-2.0
/*
 * What DEBUG=1 adds: the file that shows what is live, the fault points' countdown, the
 * report of what a driver leaked.
 */
#include <kunit/test.h>
#include <linux/kmsg_dump.h>
#include <linux/umh.h>

#include <ferrule/box.h>
#include <ferrule/completion.h>
#include <ferrule/miscdev.h>
#include <ferrule/platform.h>
#include <ferrule/wait.h>

#include "fault.h"
#include "live.h"
#include "test_device.h"

#define LOG_LINE	256

struct museum {
	struct fe_completion	event;
	struct fe_waitq		changed;
	struct fe_miscdev	node;
};

struct museum_file {
	struct fe_file		fe;
};

FE_MISCDEV(museum, node, museum_file);

static int museum_probe(struct fe_dev *dev, void *state)
{
	struct museum *museum = state;
	int ret;

	ret = fe_completion_init(dev, &museum->event);
	if (ret)
		return ret;
	ret = fe_waitq_init(dev, &museum->changed);
	return ret ?: museum_node_declare(dev, museum, "ferrule-museum");
}

static const struct fe_driver museum_driver = {
	.name		= "museum",
	.state_size	= sizeof(struct museum),
	.probe		= museum_probe,
};

static void what_is_bound_is_live(struct kunit *test)
{
	struct device *one = test_device(test), *two = test_device(test);
	char *text;

	KUNIT_EXPECT_EQ(test, live_count(test, "museum"), 0);
	KUNIT_ASSERT_EQ(test, test_bind(one, &museum_driver), 0);
	KUNIT_ASSERT_EQ(test, test_bind(two, &museum_driver), 0);
	KUNIT_EXPECT_EQ(test, live_count(test, "museum"), 2);
	KUNIT_EXPECT_EQ(test, live_count(test, "completion"), 2);
	KUNIT_EXPECT_EQ(test, live_count(test, "waitq"), 2);
	KUNIT_EXPECT_EQ(test, live_count(test, "miscdev"), 2);
	text = live_text(test);
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, dev_name(one)));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, dev_name(two)));
	test_unbind(one);
	text = live_text(test);
	KUNIT_EXPECT_NULL(test, strstr(text, dev_name(one)));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, dev_name(two)));
	test_unbind(two);
	KUNIT_EXPECT_EQ(test, live_count(test, "museum"), 0);
	KUNIT_EXPECT_EQ(test, live_count(test, "miscdev"), 0);
}

static void what_is_live_says_where_it_was_acquired(struct kunit *test)
{
	struct fe_completion *box __fe_free = fe_box_new(struct fe_completion);
	char *text;

	KUNIT_ASSERT_FALSE(test, IS_ERR(box));
	KUNIT_ASSERT_EQ(test, test_bind(test_device(test), &museum_driver), 0);
	text = live_text(test);
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, __func__));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "armed, acquired at"));
}

static void what_failed_half_way_is_not_live(struct kunit *test)
{
	fault_set(test, "waitq", 1);
	KUNIT_EXPECT_EQ(test, test_bind(test_device(test), &museum_driver), -ENOMEM);
	KUNIT_EXPECT_EQ(test, live_count(test, "museum"), 0);
	KUNIT_EXPECT_EQ(test, live_count(test, "completion"), 0);
}

static void a_fault_point_counts_down_and_fires_once(struct kunit *test)
{
	static const bool fails[] = { false, false, true, false, false };
	int i;

	fault_set(test, "", 3);
	for (i = 0; i < ARRAY_SIZE(fails); i++) {
		u32 *box __fe_free = fe_box_new(u32);

		KUNIT_EXPECT_EQ(test, IS_ERR(box), fails[i]);
		KUNIT_EXPECT_EQ(test, fault_was_hit(), i >= 2);
	}
}

static void a_named_fault_point_passes_the_others_by(struct kunit *test)
{
	struct device *dev = test_device(test);

	fault_set(test, "box", 1);
	KUNIT_EXPECT_EQ(test, test_bind(dev, &museum_driver), 0);
	KUNIT_EXPECT_FALSE(test, fault_was_hit());
}

/* A driver whose end is looked at; it needs no device for that. */
struct thief {
	int	unused;
};

static int thief_probe(struct fe_dev *dev, struct thief *thief)
{
	return 0;
}

FE_PLATFORM_DRIVER_ONLY(thief, .probe = thief_probe);

/* Its owner has no place in sysfs yet, see faux_kunit.c, but it is the owner. */
static void thief_come_and_go(struct kunit *test)
{
	struct device_driver *core = &thief__fe_driver.platform.driver;

	KUNIT_ASSERT_EQ(test, fe_platform_register(&thief__fe_driver, NULL), 0);
	core->owner = THIS_MODULE;
	fe_platform_unregister(&thief__fe_driver);
}

/* The kernel's log from now on. */
static u64 log_position(void)
{
	struct kmsg_dump_iter iter;

	kmsg_dump_rewind(&iter);
	return iter.next_seq;
}

/* The first line since then that says who leaked what; NULL if none does. */
static const char *log_leak(struct kunit *test, u64 since)
{
	char *line = kunit_kzalloc(test, LOG_LINE, GFP_KERNEL);
	struct kmsg_dump_iter iter;
	size_t len;

	KUNIT_ASSERT_NOT_NULL(test, line);
	kmsg_dump_rewind(&iter);
	iter.cur_seq = since;
	while (kmsg_dump_get_line(&iter, false, line, LOG_LINE - 1, &len)) {
		line[len] = '\0';
		if (strstr(line, " leaked: "))
			return line;
	}
	return NULL;
}

static void what_a_driver_leaves_is_reported_with_its_site(struct kunit *test)
{
	u32 *box __fe_free = fe_box_new(u32);
	u64 since = log_position();
	const char *line;

	KUNIT_ASSERT_FALSE(test, IS_ERR(box));
	thief_come_and_go(test);
	line = log_leak(test, since);
	KUNIT_ASSERT_NOT_NULL(test, line);
	KUNIT_EXPECT_NOT_NULL(test, strstr(line, "ferrule: thief leaked: box, acquired at "));
	KUNIT_EXPECT_NOT_NULL(test, strstr(line, __func__));
	/* Once. */
	KUNIT_EXPECT_EQ(test, live_count(test, "box"), 0);
}

static void what_a_driver_dropped_or_another_has_is_no_leak(struct kunit *test)
{
	char *argv[4] = { "/bin/sh", "-c", "modprobe nullblk && rmmod nullblk", NULL };
	char *envp[2] = { "PATH=/bin:/sbin", NULL };
	u64 since = log_position();
	u32 *box __fe_free = NULL;

	{
		u32 *dropped __fe_free = fe_box_new(u32);

		KUNIT_EXPECT_FALSE(test, IS_ERR(dropped));
	}
	thief_come_and_go(test);
	box = fe_box_new(u32);
	KUNIT_ASSERT_FALSE(test, IS_ERR(box));
	KUNIT_ASSERT_EQ(test, call_usermodehelper(argv[0], argv, envp, UMH_WAIT_PROC), 0);
	KUNIT_EXPECT_NULL(test, log_leak(test, since));
	KUNIT_EXPECT_EQ(test, live_count(test, "box"), 1);
}

static void debug_test_exit(struct kunit *test)
{
	fault_clear();
}

static struct kunit_case debug_test_cases[] = {
	KUNIT_CASE(what_is_bound_is_live),
	KUNIT_CASE(what_is_live_says_where_it_was_acquired),
	KUNIT_CASE(what_failed_half_way_is_not_live),
	KUNIT_CASE(a_fault_point_counts_down_and_fires_once),
	KUNIT_CASE(a_named_fault_point_passes_the_others_by),
	KUNIT_CASE(what_a_driver_leaves_is_reported_with_its_site),
	KUNIT_CASE(what_a_driver_dropped_or_another_has_is_no_leak),
	{}
};

static struct kunit_suite debug_test_suite = {
	.name		= "debug",
	.exit		= debug_test_exit,
	.test_cases	= debug_test_cases,
};

kunit_test_suite(debug_test_suite);

MODULE_DESCRIPTION("KUnit tests of Ferrule's debugging aids");
MODULE_LICENSE("GPL");

// SPDX-License-Identifier: GPL-2.0
/* Attributes, through the files that a user sees, between probe and unbind only. */
#include <kunit/test.h>
#include <linux/completion.h>

#include <ferrule/attrs.h>
#include <ferrule/platform.h>
#include <ferrule/wait.h>

#include "fault.h"
#include "test_device.h"
#include "test_file.h"

struct lamp {
	struct fe_attrs	attrs;
	struct fe_waitq	lit;
	atomic_t	*level;
};

/* What the driver does in the next binding. */
static struct lamp_plan {
	bool			declares_twice;
	/* who reads "level" says so, and waits for the second */
	struct completion	*reads, *may_end;
	/* who reads "lit" says so */
	struct completion	*waits;
} lamp_plan;

static atomic_t lamp_level;
static int lamp_seen_early;

static int lamp_show_level(const struct lamp *lamp, struct fe_text_out *text)
{
	if (lamp_plan.reads) {
		complete(lamp_plan.reads);
		wait_for_completion(lamp_plan.may_end);
	}
	fe_text_add(text, "%d\n", atomic_read(lamp->level));
	return 0;
}

static int lamp_set_level(const struct lamp *lamp, struct fe_text_in *text)
{
	u64 level;
	int ret = fe_text_number(text, &level) ?: fe_text_end(text);

	if (ret)
		return ret;
	if (level > 100)
		return -ERANGE;
	atomic_set(lamp->level, level);
	return 0;
}

/* Answers when there is light. */
static int lamp_show_lit(const struct lamp *lamp, struct fe_text_out *text)
{
	int ret;

	if (lamp_plan.waits)
		complete(lamp_plan.waits);
	ret = fe_wait_until(&lamp->lit, atomic_read(lamp->level) > 0);
	if (!ret)
		fe_text_add(text, "yes\n");
	return ret;
}

FE_ATTRS(lamp, attrs,
	 FE_ATTR(level, lamp_show_level, lamp_set_level),
	 FE_ATTR_RO(lit, lamp_show_lit));

static const char *lamp_path(struct kunit *test, struct device *dev, const char *name)
{
	char *path = kunit_kzalloc(test, 128, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, path);
	snprintf(path, 128, "/sys/devices/platform/%s/%s", dev_name(dev), name);
	return path;
}

static const char *lamp_early;

static int lamp_probe(struct fe_dev *dev, struct lamp *lamp)
{
	int ret;

	lamp->level = &lamp_level;
	ret = fe_waitq_init(dev, &lamp->lit) ?: lamp_attrs_declare(dev, lamp);
	if (!ret && lamp_plan.declares_twice)
		ret = lamp_attrs_declare(dev, lamp);
	return ret;
}

/* Everything is armed but the nodes. */
static int lamp_start(const struct lamp *lamp)
{
	char byte[2];

	if (lamp_early)
		lamp_seen_early = test_file_read(lamp_early, byte, sizeof(byte));
	return 0;
}

FE_PLATFORM_DRIVER_ONLY(lamp, .probe = lamp_probe, .start = lamp_start);

static struct device *lamp_bind(struct kunit *test)
{
	struct device *dev = test_device(test);

	KUNIT_ASSERT_EQ(test, test_bind(dev, &lamp__fe_driver.fe), 0);
	return dev;
}

static void expect_text(struct kunit *test, const char *path, const char *text)
{
	char *found = kunit_kzalloc(test, PAGE_SIZE, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, found);
	KUNIT_EXPECT_GE(test, test_file_read(path, found, PAGE_SIZE), 0);
	KUNIT_EXPECT_STREQ(test, (const char *)found, text);
}

static void an_attribute_is_read_and_written(struct kunit *test)
{
	const char *level = lamp_path(test, lamp_bind(test), "level");

	expect_text(test, level, "0\n");
	KUNIT_EXPECT_EQ(test, test_file_write(level, "42\n"), 0);
	expect_text(test, level, "42\n");
	KUNIT_EXPECT_EQ(test, test_file_write(level, "101"), -ERANGE);
	KUNIT_EXPECT_EQ(test, test_file_write(level, "much"), -EINVAL);
	expect_text(test, level, "42\n");
}

static void a_text_with_a_zero_byte_is_refused(struct kunit *test)
{
	const char *level = lamp_path(test, lamp_bind(test), "level");
	struct file *filp = filp_open(level, O_WRONLY, 0);
	loff_t pos = 0;

	KUNIT_ASSERT_FALSE(test, IS_ERR(filp));
	KUNIT_EXPECT_EQ(test, kernel_write(filp, "8\0x", 3, &pos), -EINVAL);
	test_file_close(filp);
	expect_text(test, level, "0\n");
}

static void what_is_only_read_cannot_be_written(struct kunit *test)
{
	const char *lit = lamp_path(test, lamp_bind(test), "lit");

	KUNIT_EXPECT_EQ(test, test_file_write(lit, "1"), -EACCES);
	atomic_set(&lamp_level, 1);
	expect_text(test, lit, "yes\n");
}

static void attributes_come_last(struct kunit *test)
{
	struct device *dev = test_device(test);

	lamp_early = lamp_path(test, dev, "level");
	KUNIT_ASSERT_EQ(test, test_bind(dev, &lamp__fe_driver.fe), 0);
	KUNIT_EXPECT_EQ(test, lamp_seen_early, -ENOENT);
	expect_text(test, lamp_early, "0\n");
}

static void unbind_takes_attributes_away(struct kunit *test)
{
	struct device *dev = lamp_bind(test);
	const char *level = lamp_path(test, dev, "level");
	struct file *filp = filp_open(level, O_RDWR, 0);
	loff_t pos = 0;
	char byte;

	KUNIT_ASSERT_FALSE(test, IS_ERR(filp));
	test_unbind(dev);
	KUNIT_EXPECT_EQ(test, kernel_read(filp, &byte, 1, &pos), -ENODEV);
	KUNIT_EXPECT_EQ(test, kernel_write(filp, "1", 1, &pos), -ENODEV);
	test_file_close(filp);
	KUNIT_EXPECT_EQ(test, test_file_write(level, "1"), -ENOENT);
	KUNIT_EXPECT_EQ(test, test_bind(dev, &lamp__fe_driver.fe), 0);
	expect_text(test, level, "0\n");
}

static int lamp_read(void *path)
{
	char text[8];

	return test_file_read(path, text, sizeof(text));
}

static void unbind_waits_for_who_reads(struct kunit *test)
{
	DECLARE_COMPLETION_ONSTACK(reads);
	DECLARE_COMPLETION_ONSTACK(may_end);
	struct device *dev = lamp_bind(test);
	struct test_thread *reader, *unbinder;

	lamp_plan.reads = &reads;
	lamp_plan.may_end = &may_end;
	reader = test_thread(test, lamp_read, (void *)lamp_path(test, dev, "level"));
	wait_for_completion(&reads);
	unbinder = test_unbind_thread(test, dev);
	KUNIT_EXPECT_TRUE(test, test_is_dead_soon(test_bound(dev)));
	KUNIT_EXPECT_TRUE(test, test_thread_goes_on(unbinder));
	complete(&may_end);
	KUNIT_EXPECT_EQ(test, test_thread_result(reader), 2);
	KUNIT_EXPECT_EQ(test, test_thread_result(unbinder), 0);
}

static void who_waits_in_an_attribute_is_woken_at_unbind(struct kunit *test)
{
	DECLARE_COMPLETION_ONSTACK(waits);
	struct device *dev = lamp_bind(test);
	struct test_thread *reader;

	lamp_plan.waits = &waits;
	reader = test_thread(test, lamp_read, (void *)lamp_path(test, dev, "lit"));
	wait_for_completion(&waits);
	KUNIT_EXPECT_TRUE(test, test_thread_sleeps(reader));
	test_unbind(dev);
	KUNIT_EXPECT_EQ(test, test_thread_result(reader), -ENODEV);
}

static void attributes_are_declared_once(struct kunit *test)
{
	lamp_plan.declares_twice = true;
	KUNIT_EXPECT_EQ(test, test_bind(test_device(test), &lamp__fe_driver.fe), -EBUSY);
}

static void attributes_that_fail_are_undone(struct kunit *test)
{
	struct device *dev = test_device(test);
	int nth;

	/* Declared, and made. */
	for (nth = 1; nth <= 2; nth++) {
		fault_set(test, "attributes", nth);
		KUNIT_EXPECT_EQ(test, test_bind(dev, &lamp__fe_driver.fe), -ENOMEM);
		KUNIT_EXPECT_TRUE(test, fault_was_hit());
		KUNIT_EXPECT_EQ(test, test_file_write(lamp_path(test, dev, "level"), "1"), -ENOENT);
	}
	KUNIT_EXPECT_EQ(test, test_bind(dev, &lamp__fe_driver.fe), 0);
}

/* On the way back, too, only what is the driver's goes. */
static void a_file_that_the_device_has_stays(struct kunit *test)
{
	static int old = 7;
	static DEVICE_INT_ATTR(lit, 0444, old);
	struct device *dev = test_device(test);
	const char *lit = lamp_path(test, dev, "lit");

	KUNIT_ASSERT_EQ(test, device_create_file(dev, &dev_attr_lit.attr), 0);
	KUNIT_EXPECT_EQ(test, test_bind(dev, &lamp__fe_driver.fe), -EEXIST);
	KUNIT_EXPECT_EQ(test, test_file_write(lamp_path(test, dev, "level"), "1"), -ENOENT);
	expect_text(test, lit, "7\n");
	device_remove_file(dev, &dev_attr_lit.attr);
	KUNIT_EXPECT_EQ(test, test_bind(dev, &lamp__fe_driver.fe), 0);
}

static int attrs_test_init(struct kunit *test)
{
	lamp_plan = (struct lamp_plan){ };
	lamp_early = NULL;
	lamp_seen_early = 0;
	atomic_set(&lamp_level, 0);
	return 0;
}

static void attrs_test_exit(struct kunit *test)
{
	fault_clear();
}

static struct kunit_case attrs_test_cases[] = {
	KUNIT_CASE(an_attribute_is_read_and_written),
	KUNIT_CASE(a_text_with_a_zero_byte_is_refused),
	KUNIT_CASE(what_is_only_read_cannot_be_written),
	KUNIT_CASE(attributes_come_last),
	KUNIT_CASE(unbind_takes_attributes_away),
	KUNIT_CASE(unbind_waits_for_who_reads),
	KUNIT_CASE(who_waits_in_an_attribute_is_woken_at_unbind),
	KUNIT_CASE(attributes_are_declared_once),
	KUNIT_CASE(attributes_that_fail_are_undone),
	KUNIT_CASE(a_file_that_the_device_has_stays),
	{}
};

static struct kunit_suite attrs_test_suite = {
	.name		= "attrs",
	.init		= attrs_test_init,
	.exit		= attrs_test_exit,
	.test_cases	= attrs_test_cases,
};

kunit_test_suite(attrs_test_suite);

MODULE_DESCRIPTION("KUnit tests of Ferrule's attributes");
MODULE_LICENSE("GPL");

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A driver that shows and takes text in files of its device, and what is the same of them wherever
 * the files are. The suite says that: LAMP_FILES, the type of the handle; LAMP_RES, its name;
 * LAMP_PATH, where they are, a format for the device's name; and after this, which files there
 * are: lamp_files_declare().
 */
#ifndef _KUNIT_LAMP_H
#define _KUNIT_LAMP_H

#include <kunit/test.h>
#include <linux/completion.h>

#include <ferrule/platform.h>
#include <ferrule/wait.h>

#include "fault.h"
#include "test_device.h"
#include "test_file.h"

struct lamp {
	struct LAMP_FILES	files;
	struct fe_waitq		lit;
	atomic_t		*level;
};

/* What the driver does in the next binding. */
static struct lamp_plan {
	bool			declares_twice;
	/* who reads "level" says so, and waits for the second */
	struct completion	*reads, *may_end;
	/* who reads "lit" says so */
	struct completion	*waits;
	/* looked for before the binding is up, and what came of it */
	const char		*early;
	int			seen_early;
} lamp_plan;

static atomic_t lamp_level;

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

static int lamp_files_declare(struct fe_dev *dev, struct lamp *lamp);

static int lamp_probe(struct fe_dev *dev, struct lamp *lamp)
{
	int ret;

	lamp->level = &lamp_level;
	ret = fe_waitq_init(dev, &lamp->lit) ?: lamp_files_declare(dev, lamp);
	if (!ret && lamp_plan.declares_twice)
		ret = lamp_files_declare(dev, lamp);
	return ret;
}

/* Everything is armed but the nodes. */
static int lamp_start(const struct lamp *lamp)
{
	char byte[2];

	if (lamp_plan.early)
		lamp_plan.seen_early = test_file_read(lamp_plan.early, byte, sizeof(byte));
	return 0;
}

FE_PLATFORM_DRIVER_ONLY(lamp, .probe = lamp_probe, .start = lamp_start);

static const char *lamp_path(struct kunit *test, struct device *dev, const char *name)
{
	char *path = kunit_kzalloc(test, 128, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, path);
	snprintf(path, 128, LAMP_PATH "/%s", dev_name(dev), name);
	return path;
}

static struct device *lamp_bind(struct kunit *test)
{
	return test_device_of(test, &lamp__fe_driver.fe);
}

static struct file *lamp_open(struct kunit *test, const char *path, int flags)
{
	struct file *filp = filp_open(path, flags, 0);

	KUNIT_ASSERT_FALSE(test, IS_ERR(filp));
	return filp;
}

static void a_file_is_read_and_written(struct kunit *test)
{
	const char *level = lamp_path(test, lamp_bind(test), "level");

	test_file_expect(test, level, "0\n");
	KUNIT_EXPECT_EQ(test, test_file_write(level, "42\n"), 0);
	test_file_expect(test, level, "42\n");
	KUNIT_EXPECT_EQ(test, test_file_write(level, "101"), -ERANGE);
	KUNIT_EXPECT_EQ(test, test_file_write(level, "much"), -EINVAL);
	test_file_expect(test, level, "42\n");
}

static void a_text_with_a_zero_byte_is_refused(struct kunit *test)
{
	const char *level = lamp_path(test, lamp_bind(test), "level");
	struct file *filp = lamp_open(test, level, O_WRONLY);
	loff_t pos = 0;

	KUNIT_EXPECT_EQ(test, kernel_write(filp, "8\0x", 3, &pos), -EINVAL);
	test_file_close(filp);
	test_file_expect(test, level, "0\n");
}

static void files_come_last(struct kunit *test)
{
	struct device *dev = test_device(test);

	lamp_plan.early = lamp_path(test, dev, "level");
	KUNIT_ASSERT_EQ(test, test_bind(dev, &lamp__fe_driver.fe), 0);
	KUNIT_EXPECT_EQ(test, lamp_plan.seen_early, -ENOENT);
	test_file_expect(test, lamp_plan.early, "0\n");
}

static void unbind_takes_files_away(struct kunit *test)
{
	struct device *dev = lamp_bind(test);
	const char *level = lamp_path(test, dev, "level");
	struct file *filp = lamp_open(test, level, O_RDWR);
	loff_t pos = 0;
	char byte;

	test_unbind(dev);
	KUNIT_EXPECT_EQ(test, kernel_read(filp, &byte, 1, &pos), -ENODEV);
	KUNIT_EXPECT_EQ(test, kernel_write(filp, "1", 1, &pos), -ENODEV);
	KUNIT_EXPECT_EQ(test, test_file_write(level, "1"), -ENOENT);
	KUNIT_EXPECT_EQ(test, test_bind(dev, &lamp__fe_driver.fe), 0);
	test_file_expect(test, level, "0\n");
	/* It does not reach the new binding. */
	KUNIT_EXPECT_EQ(test, kernel_read(filp, &byte, 1, &pos), -ENODEV);
	test_file_close(filp);
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

static void who_waits_in_a_file_is_woken_at_unbind(struct kunit *test)
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

static void files_are_declared_once(struct kunit *test)
{
	lamp_plan.declares_twice = true;
	KUNIT_EXPECT_EQ(test, test_bind(test_device(test), &lamp__fe_driver.fe), -EBUSY);
}

static void files_that_fail_are_undone(struct kunit *test)
{
	struct device *dev = test_device(test);
	int nth;

	/* Declared, and made. */
	for (nth = 1; nth <= 2; nth++) {
		fault_set(test, LAMP_RES, nth);
		KUNIT_EXPECT_EQ(test, test_bind(dev, &lamp__fe_driver.fe), -ENOMEM);
		KUNIT_EXPECT_TRUE(test, fault_was_hit());
		KUNIT_EXPECT_EQ(test, test_file_write(lamp_path(test, dev, "level"), "1"), -ENOENT);
	}
	KUNIT_EXPECT_EQ(test, test_bind(dev, &lamp__fe_driver.fe), 0);
}

static int lamp_test_init(struct kunit *test)
{
	lamp_plan = (struct lamp_plan){ };
	atomic_set(&lamp_level, 0);
	return 0;
}

static void lamp_test_exit(struct kunit *test)
{
	fault_clear();
}

#define LAMP_CASES							\
	KUNIT_CASE(a_file_is_read_and_written),				\
	KUNIT_CASE(a_text_with_a_zero_byte_is_refused),			\
	KUNIT_CASE(files_come_last),					\
	KUNIT_CASE(unbind_takes_files_away),				\
	KUNIT_CASE(unbind_waits_for_who_reads),				\
	KUNIT_CASE(who_waits_in_a_file_is_woken_at_unbind),		\
	KUNIT_CASE(files_are_declared_once),				\
	KUNIT_CASE(files_that_fail_are_undone)

#endif /* _KUNIT_LAMP_H */

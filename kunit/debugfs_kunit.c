// SPDX-License-Identifier: GPL-2.0
/* Files in debugfs, as a user sees them, between probe and unbind only: lamp.h, and … */
#include <linux/debugfs.h>

#include <ferrule/debugfs.h>

#define LAMP_FILES	fe_debugfs
#define LAMP_RES	"debugfs"
#define LAMP_PATH	"/sys/kernel/debug/lamp-%s"
#include "lamp.h"

FE_DEBUGFS(lamp, files,
	   FE_DEBUGFS_FILE(level, lamp_show_level, lamp_set_level),
	   FE_DEBUGFS_FILE_RO(lit, lamp_show_lit));

static void a_text_that_is_too_long_is_refused(struct kunit *test)
{
	const char *level = lamp_path(test, lamp_bind(test), "level");
	struct file *filp = lamp_open(test, level, O_WRONLY);
	char *text = kunit_kzalloc(test, PAGE_SIZE, GFP_KERNEL);
	loff_t pos = 0;

	KUNIT_ASSERT_NOT_NULL(test, text);
	memset(text, '0', PAGE_SIZE - 1);
	text[PAGE_SIZE - 2] = '7';
	KUNIT_EXPECT_EQ(test, kernel_write(filp, text, PAGE_SIZE - 1, &pos), PAGE_SIZE - 1);
	text[PAGE_SIZE - 1] = '8';
	KUNIT_EXPECT_EQ(test, kernel_write(filp, text, PAGE_SIZE, &pos), -E2BIG);
	test_file_close(filp);
	test_file_expect(test, level, "7\n");
}

static void what_is_only_read_cannot_be_written(struct kunit *test)
{
	const char *lit = lamp_path(test, lamp_bind(test), "lit");
	struct file *filp = lamp_open(test, lit, O_RDWR);	/* root may */

	KUNIT_EXPECT_EQ(test, file_inode(filp)->i_mode & 0777, 0444);
	test_file_close(filp);
	KUNIT_EXPECT_EQ(test, test_file_write(lit, "1"), -EINVAL);
	atomic_set(&lamp_level, 1);
	test_file_expect(test, lit, "yes\n");
}

static void what_is_read_in_pieces_is_of_one_moment(struct kunit *test)
{
	struct device *dev = lamp_bind(test);
	struct file *filp = lamp_open(test, lamp_path(test, dev, "level"), O_RDONLY);
	char text[8] = { };
	loff_t pos = 0;

	atomic_set(&lamp_level, 42);
	KUNIT_EXPECT_EQ(test, kernel_read(filp, text, 1, &pos), 1);
	atomic_set(&lamp_level, 100);
	KUNIT_EXPECT_EQ(test, kernel_read(filp, text + 1, 6, &pos), 2);
	KUNIT_EXPECT_EQ(test, kernel_read(filp, text + 3, 4, &pos), 0);
	KUNIT_EXPECT_STREQ(test, (const char *)text, "42\n");
	pos = 0;
	KUNIT_EXPECT_EQ(test, kernel_read(filp, text, 3, &pos), 3);
	KUNIT_EXPECT_STREQ(test, (const char *)text, "100");
	test_unbind(dev);
	/* What is left of it goes with the device. */
	KUNIT_EXPECT_EQ(test, kernel_read(filp, text, 3, &pos), -ENODEV);
	test_file_close(filp);
}

static void memory_and_module_stay_until_the_last_close(struct kunit *test)
{
	struct device *dev = lamp_bind(test);
	unsigned int refs = kref_read(&dev->kobj.kref);
	int pins = module_refcount(THIS_MODULE);
	struct file *filp = lamp_open(test, lamp_path(test, dev, "level"), O_RDONLY);

	KUNIT_EXPECT_EQ(test, module_refcount(THIS_MODULE), pins + 1);
	test_unbind(dev);
	KUNIT_EXPECT_EQ(test, kref_read(&dev->kobj.kref), refs);
	KUNIT_EXPECT_EQ(test, module_refcount(THIS_MODULE), pins + 1);
	test_file_close(filp);
	KUNIT_EXPECT_EQ(test, kref_read(&dev->kobj.kref), refs - 1);
	KUNIT_EXPECT_EQ(test, module_refcount(THIS_MODULE), pins);
}

static int lamp_read_on(void *filp)
{
	loff_t pos = 0;
	char byte;

	return kernel_read(filp, &byte, 1, &pos);
}

/*
 * The test has the lock of the open file that a reader has who copies to user memory, which may
 * take for ever; another reader of that file waits for it.
 */
static void who_copies_for_ever_does_not_stall_unbind(struct kunit *test)
{
	struct device *dev = lamp_bind(test);
	struct file *filp = lamp_open(test, lamp_path(test, dev, "level"), O_RDONLY);
	struct seq_file *m = filp->private_data;
	struct test_thread *reader, *unbinder;
	int ms;

	mutex_lock(&m->lock);
	reader = test_thread(test, lamp_read_on, filp);
	for (ms = 0; ms < TEST_THREAD_LIMIT_MS && list_empty_careful(&m->lock.wait_list); ms++)
		usleep_range(1000, 1100);
	KUNIT_EXPECT_FALSE(test, list_empty_careful(&m->lock.wait_list));
	unbinder = test_unbind_thread(test, dev);
	KUNIT_EXPECT_EQ(test, test_thread_result(unbinder), 0);
	mutex_unlock(&m->lock);
	KUNIT_EXPECT_EQ(test, test_thread_result(reader), -ENODEV);
	test_file_close(filp);
}

/* The directory that is there already is somebody else's. */
static void that_debugfs_has_no_room_is_no_error(struct kunit *test)
{
	struct device *dev = test_device(test);
	struct dentry *other;
	char name[64];

	snprintf(name, sizeof(name), "lamp-%s", dev_name(dev));
	other = debugfs_create_dir(name, NULL);
	KUNIT_ASSERT_FALSE(test, IS_ERR(other));
	KUNIT_EXPECT_EQ(test, test_bind(dev, &lamp__fe_driver.fe), 0);
	KUNIT_EXPECT_EQ(test, test_file_write(lamp_path(test, dev, "level"), "1"), -ENOENT);
	test_unbind(dev);
	KUNIT_EXPECT_FALSE(test, d_unhashed(other));
	debugfs_remove(other);
	KUNIT_EXPECT_EQ(test, test_bind(dev, &lamp__fe_driver.fe), 0);
	test_file_expect(test, lamp_path(test, dev, "level"), "0\n");
}

static struct kunit_case debugfs_test_cases[] = {
	LAMP_CASES,
	KUNIT_CASE(a_text_that_is_too_long_is_refused),
	KUNIT_CASE(what_is_only_read_cannot_be_written),
	KUNIT_CASE(what_is_read_in_pieces_is_of_one_moment),
	KUNIT_CASE(memory_and_module_stay_until_the_last_close),
	KUNIT_CASE(who_copies_for_ever_does_not_stall_unbind),
	KUNIT_CASE(that_debugfs_has_no_room_is_no_error),
	{}
};

static struct kunit_suite debugfs_test_suite = {
	.name		= "debugfs",
	.init		= lamp_test_init,
	.exit		= lamp_test_exit,
	.test_cases	= debugfs_test_cases,
};

kunit_test_suite(debugfs_test_suite);

MODULE_DESCRIPTION("KUnit tests of Ferrule's files in debugfs");
MODULE_LICENSE("GPL");

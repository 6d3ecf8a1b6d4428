/* SPDX-License-Identifier: GPL-2.0 */
/* Files that a test reads and writes as a user does: parameters, sysfs, what a program left. */
#ifndef _KUNIT_TEST_FILE_H
#define _KUNIT_TEST_FILE_H

#include <kunit/test.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/sched.h>

/*
 * At once, in the test's own thread: fput() would leave it to a work item. What a test that
 * failed left open, KUnit closes in the thread that loads the module, which does it on its
 * way out of the kernel.
 */
static inline void test_file_close(struct file *filp)
{
	if (current->flags & PF_KTHREAD)
		__fput_sync(filp);
	else
		fput(filp);
}

static inline int test_file_write(const char *path, const char *text)
{
	struct file *filp = filp_open(path, O_WRONLY, 0);
	loff_t pos = 0;
	ssize_t ret;

	if (IS_ERR(filp))
		return PTR_ERR(filp);
	ret = kernel_write(filp, text, strlen(text), &pos);
	test_file_close(filp);
	return ret < 0 ? ret : 0;
}

/* Fills @text, of @size bytes, and terminates it. Returns its length, or an error. */
static inline ssize_t test_file_read(const char *path, char *text, size_t size)
{
	struct file *filp = filp_open(path, O_RDONLY, 0);
	loff_t pos = 0;
	ssize_t ret;

	if (IS_ERR(filp))
		return PTR_ERR(filp);
	ret = kernel_read(filp, text, size - 1, &pos);
	test_file_close(filp);
	if (ret >= 0)
		text[ret] = '\0';
	return ret;
}

static inline void test_file_expect(struct kunit *test, const char *path, const char *text)
{
	char *found = kunit_kzalloc(test, PAGE_SIZE, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, found);
	KUNIT_EXPECT_GE(test, test_file_read(path, found, PAGE_SIZE), 0);
	KUNIT_EXPECT_STREQ(test, (const char *)found, text);
}

#endif /* _KUNIT_TEST_FILE_H */

/* SPDX-License-Identifier: GPL-2.0 */
/* Character devices, opened by a test as user space opens them: by their names. */
#ifndef _KUNIT_NODE_H
#define _KUNIT_NODE_H

#include <kunit/test.h>
#include <linux/fs.h>
#include <linux/poll.h>

#include "test_file.h"

/* The file or an ERR_PTR: for what must fail. Otherwise use test_open(). */
static inline struct file *node_open(const char *name, int flags)
{
	char path[64];

	snprintf(path, sizeof(path), "/dev/%s", name);
	return filp_open(path, flags, 0);
}

struct test_open {
	const char	*name;
	int		flags;
};

static inline int test_open_init(struct kunit_resource *res, void *context)
{
	const struct test_open *open = context;

	res->data = node_open(open->name, open->flags);
	return PTR_ERR_OR_ZERO(res->data);
}

static inline void test_open_free(struct kunit_resource *res)
{
	test_file_close(res->data);
}

/* Closed with the test, or by test_close(). */
static inline struct file *test_open(struct kunit *test, const char *name, int flags)
{
	struct test_open open = { .name = name, .flags = flags };
	struct file *filp;

	filp = kunit_alloc_resource(test, test_open_init, test_open_free, GFP_KERNEL, &open);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, filp);
	return filp;
}

static inline bool test_open_match(struct kunit *test, struct kunit_resource *res, void *filp)
{
	return res->free == test_open_free && res->data == filp;
}

static inline void test_close(struct kunit *test, struct file *filp)
{
	KUNIT_ASSERT_EQ(test, kunit_destroy_resource(test, test_open_match, filp), 0);
}

#endif /* _KUNIT_NODE_H */

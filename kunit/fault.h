/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Faults on request: the layer's own module parameters, written as a user writes them.
 */
#ifndef _KUNIT_FAULT_H
#define _KUNIT_FAULT_H

#include <kunit/test.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>

#ifndef FERRULE_DEBUG
#error "the suites need DEBUG=1: fault points and live resources"
#endif

#define FAULT_PARAMETERS	"/sys/module/ferrule/parameters/"

static inline int fault_write(const char *parameter, const char *value)
{
	struct file *filp = filp_open(parameter, O_WRONLY, 0);
	loff_t pos = 0;
	ssize_t ret;

	if (IS_ERR(filp))
		return PTR_ERR(filp);
	ret = kernel_write(filp, value, strlen(value), &pos);
	__fput_sync(filp);
	return ret < 0 ? ret : 0;
}

/* The @nth acquisition from now fails; @point: only those of that name, "" for any. */
static inline void fault_set(struct kunit *test, const char *point, unsigned int nth)
{
	char number[12];

	snprintf(number, sizeof(number), "%u\n", nth);
	/* A parameter that is a string takes a line. */
	KUNIT_ASSERT_EQ(test, fault_write(FAULT_PARAMETERS "fail_nth", "0\n"), 0);
	KUNIT_ASSERT_EQ(test, fault_write(FAULT_PARAMETERS "fail_point", *point ? point : "\n"), 0);
	KUNIT_ASSERT_EQ(test, fault_write(FAULT_PARAMETERS "fail_nth", number), 0);
}

/* For a suite's exit: what was not hit must not hit another test. */
static inline void fault_clear(void)
{
	fault_write(FAULT_PARAMETERS "fail_nth", "0\n");
}

/* Was the fault that was set hit? The layer counts down to 0. */
static inline bool fault_was_hit(void)
{
	struct file *filp = filp_open(FAULT_PARAMETERS "fail_nth", O_RDONLY, 0);
	char text[12] = "";
	loff_t pos = 0;

	if (IS_ERR(filp))
		return false;
	kernel_read(filp, text, sizeof(text) - 1, &pos);
	__fput_sync(filp);
	return text[0] == '0';
}

#endif /* _KUNIT_FAULT_H */

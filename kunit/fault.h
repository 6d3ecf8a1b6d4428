/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Faults on request: the layer's own module parameters, written as a user writes them.
 */
#ifndef _KUNIT_FAULT_H
#define _KUNIT_FAULT_H

#include <kunit/test.h>

#include "test_file.h"

#ifndef FERRULE_DEBUG
#error "the suites need DEBUG=1: fault points and live resources"
#endif

#define FAULT_PARAMETERS	"/sys/module/ferrule/parameters/"

/* The @nth acquisition from now fails; @point: only those of that name, "" for any. */
static inline void fault_set(struct kunit *test, const char *point, unsigned int nth)
{
	/* A parameter that is a string takes a line. */
	const char *name = *point ? point : "\n";
	char number[12];

	snprintf(number, sizeof(number), "%u\n", nth);
	KUNIT_ASSERT_EQ(test, test_file_write(FAULT_PARAMETERS "fail_nth", "0\n"), 0);
	KUNIT_ASSERT_EQ(test, test_file_write(FAULT_PARAMETERS "fail_point", name), 0);
	KUNIT_ASSERT_EQ(test, test_file_write(FAULT_PARAMETERS "fail_nth", number), 0);
}

/* For a suite's exit: what was not hit must not hit another test. */
static inline void fault_clear(void)
{
	test_file_write(FAULT_PARAMETERS "fail_nth", "0\n");
}

/* Was the fault that was set hit? The layer counts down to 0. */
static inline bool fault_was_hit(void)
{
	char text[12];

	return test_file_read(FAULT_PARAMETERS "fail_nth", text, sizeof(text)) > 0 &&
	       text[0] == '0';
}

#endif /* _KUNIT_FAULT_H */

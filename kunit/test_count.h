/* SPDX-License-Identifier: GPL-2.0 */
/* What callbacks count, waited for by the test. */
#ifndef _KUNIT_TEST_COUNT_H
#define _KUNIT_TEST_COUNT_H

#include <linux/atomic.h>
#include <linux/delay.h>

#define TEST_COUNT_LIMIT_MS	10000

static inline bool test_counts_soon(const atomic_t *count, int n)
{
	int ms;

	for (ms = 0; ms < TEST_COUNT_LIMIT_MS && atomic_read(count) < n; ms++)
		usleep_range(1000, 1100);
	return atomic_read(count) >= n;
}

#endif /* _KUNIT_TEST_COUNT_H */

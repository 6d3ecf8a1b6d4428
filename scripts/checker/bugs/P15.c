// SPDX-License-Identifier: GPL-2.0
/*
 * P15: an array is freed before the timer that walks it
 *
 * Class: devm-order
 * Was: CVE-2026-98198, pwm-fan
 * Answer: does not build. At unbind there is no order to get wrong: every producer is stopped
 *   before anything is freed (kunit/bound_kunit.c).
 * Layer: none for timers of this kind yet; stand-in
 */
#include <ferrule/future.h>

static int fan(int n)
{
	struct buf tachs = buf_make(n);
	struct timer t;
	int ret = timer_start(&t, &tachs);	/* note: drop-while-borrowed */

	if (ret) {
		buf_drop(&tachs);
		return ret;
	}
	buf_drop(&tachs);			/* error: drop-while-borrowed */
	timer_drop(&t);
	return 0;
}

/* The order of declarations is the order of the ends. */
static int scoped(int n)
{
	struct timer t __timer = {};
	struct buf tachs __buf = buf_make(n);	/* error: drop-while-borrowed */

	return timer_start(&t, &tachs);		/* note: drop-while-borrowed */
}

/* Moved away under the timer. */
static int replaced(struct buf *into, int n)
{
	struct buf tachs __buf = buf_make(n);
	struct timer t __timer = {};
	int ret = timer_start(&t, &tachs);	/* note: drop-while-borrowed */

	if (ret)
		return ret;
	buf_consume(fe_move(tachs));		/* error: drop-while-borrowed */
	return 0;
}

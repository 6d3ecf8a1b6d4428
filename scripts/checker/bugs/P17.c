// SPDX-License-Identifier: GPL-2.0
/*
 * P17: a work queue is destroyed while an interrupt handler queues on it
 *
 * Class: uaf-irq
 * Was: CVE-2026-98768, anx7411
 * Answer: cannot be written: there is no remove(); handlers, timers and work are stopped at unbind
 *   before anything that they use is released (kunit/irq_kunit.c). An interrupt that a driver
 *   would own itself keeps what it uses borrowed.
 * Layer: <ferrule/irq.h>; none for work yet, stand-in
 */
#include <ferrule/future.h>

static int own_order(int n)
{
	struct queue q __queue = {};
	struct work handler __work = {};
	int ret = queue_alloc(&q);

	if (ret)
		return ret;
	ret = work_start(&handler, &q);		/* note: drop-while-borrowed */
	if (ret || n)
		return ret;
	queue_drop(&q);				/* error: drop-while-borrowed */
	return 0;
}

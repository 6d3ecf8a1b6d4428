// SPDX-License-Identifier: GPL-2.0
/*
 * P08: a work queue is destroyed before what uses it
 *
 * Class: wrong-unwind
 * Was: ucsi_init()
 * Answer: does not build.
 * Layer: a stand-in: the layer's work, <ferrule/work.h>, has no queues to destroy
 *
 * Bound resources have no order to get wrong: the layer stops all, then releases them last
 * in, first out. What a driver owns is dropped in an order that the checker proves.
 */
#include <ferrule/future.h>

static int init(int n)
{
	struct queue q;
	struct work partner;
	int ret = queue_alloc(&q);

	if (ret)
		return ret;
	ret = work_start(&partner, &q);		/* note: drop-while-borrowed */
	if (ret)
		goto free_queue;
	if (n)
		goto free_both;
	work_drop(&partner);
	queue_drop(&q);
	return 0;
free_both:
	queue_drop(&q);				/* error: drop-while-borrowed */
	work_drop(&partner);
	return -ENODEV;
free_queue:
	queue_drop(&q);
	return ret;
}

/* Scopes end in the reverse order of their declarations. */
static int scoped(void)
{
	struct work partner __work = {};
	struct queue q __queue = {};		/* error: drop-while-borrowed */

	if (queue_alloc(&q) || work_start(&partner, &q))	/* note: drop-while-borrowed */
		return -ENOMEM;
	test_sleep(1);
	return 0;
}

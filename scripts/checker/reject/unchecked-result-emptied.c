// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
/* Owners under a lock, which somebody else takes out. */
#include <ferrule/flow.h>

struct queue {
	int head, count;
	struct obj *now __fe_own, *next __fe_own;
};

TEST_LOCK(queue_lock, struct queue, test_spin);

struct dev {
	struct queue_lock queue;
};

static void stop(const struct dev *dev)
{
	struct queue *q __test_unlock(queue_lock) = test_acquire(&dev->queue);
	struct obj *o = fe_move(q->now);	/* note: unchecked-result */

	obj_put(o);
	q->count = 0;
}

static struct obj *take(struct queue *q) __fe_gives __fe_nullable;

static struct obj *take(struct queue *q)
{
	return fe_move(q->next);		/* note: unchecked-result */
}

static void written(const struct dev *dev)
{
	struct queue *q __test_unlock(queue_lock) = test_acquire(&dev->queue);	/* note: unchecked-result */

	q->now->x = 1;				/* error: unchecked-result */
}

static int read_after_something_else(const struct dev *dev)
{
	struct queue *q __test_unlock(queue_lock) = test_acquire(&dev->queue);	/* note: unchecked-result */

	q->head++;
	return q->now->x;			/* error: unchecked-result */
}

static int through_a_variable(const struct dev *dev)
{
	struct queue *q __test_unlock(queue_lock) = test_acquire(&dev->queue);	/* note: unchecked-result */
	const struct obj *o = q->now;

	return o->x;				/* error: unchecked-result */
}

static int taken_by_a_helper(const struct dev *dev, int n)
{
	struct queue *q __test_unlock(queue_lock) = test_acquire(&dev->queue);	/* note: unchecked-result */

	if (n)
		return q->next->x;		/* error: unchecked-result */
	return 0;
}

static int tested_under_an_earlier_guard(const struct dev *dev)
{
	struct queue *q __test_unlock(queue_lock) = NULL;
	bool has_one;

	{
		struct queue *first __test_unlock(queue_lock) = test_acquire(&dev->queue);

		has_one = first->now;
	}
	if (!has_one)
		return 0;
	q = test_acquire(&dev->queue);		/* note: unchecked-result */
	return q->now->x;			/* error: unchecked-result */
}

// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
/* Owners under a lock, of which the driver knows that they are there. */
#include <ferrule/flow.h>

struct queue {
	int head, count;
	bool up;
	struct obj *now __fe_own, *kept __fe_own, *changed __fe_own;
};

TEST_LOCK(queue_lock, struct queue, test_spin);

struct dev {
	struct queue_lock queue;
};

static void stop(const struct dev *dev)
{
	struct queue *q __test_unlock(queue_lock) = test_acquire(&dev->queue);

	obj_put(fe_move(q->now));
	q->count = 0;
}

/* It is not left empty. */
static void change(const struct dev *dev, struct obj *o __fe_take)
{
	struct queue *q __test_unlock(queue_lock) = test_acquire(&dev->queue);

	obj_put(fe_move(q->changed));
	q->changed = o;
}

static int nobody_empties_it(const struct dev *dev)
{
	struct queue *q __test_unlock(queue_lock) = test_acquire(&dev->queue);

	return q->kept->x + q->changed->x;
}

static int tested(const struct dev *dev)
{
	struct queue *q __test_unlock(queue_lock) = test_acquire(&dev->queue);

	return q->now ? q->now->x : 0;
}

static int tested_in_a_variable(const struct dev *dev)
{
	struct queue *q __test_unlock(queue_lock) = test_acquire(&dev->queue);
	const struct obj *o = q->now;

	if (!o)
		return 0;
	return o->x + q->now->id;
}

static int known_by_a_count(const struct dev *dev)
{
	struct queue *q __test_unlock(queue_lock) = test_acquire(&dev->queue);
	int n = q->count;

	if (!n)
		return 0;
	return q->now->x;
}

static int known_by_two_flags(const struct dev *dev)
{
	struct queue *q __test_unlock(queue_lock) = test_acquire(&dev->queue);
	bool is = q->up && q->count;

	return is ? q->now->x : 0;
}

static bool is_busy(const struct queue *q)
{
	return q->now;
}

static int known_by_a_predicate(const struct dev *dev)
{
	struct queue *q __test_unlock(queue_lock) = test_acquire(&dev->queue);

	if (!is_busy(q))
		return 0;
	return q->now->x;
}

static int filled_here(const struct dev *dev, struct obj *o __fe_take)
{
	struct queue *q __test_unlock(queue_lock) = test_acquire(&dev->queue);

	obj_put(fe_move(q->now));
	q->now = o;
	return q->now->x;
}

/* Its caller has looked, or not. */
static int in_a_helper(const struct queue *q)
{
	return q->now->x;
}

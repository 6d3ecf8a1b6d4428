// SPDX-License-Identifier: GPL-2.0
/* Wait queues that end with the binding. */
#include <linux/module.h>

#include <ferrule/wait.h>

/*
 * SAFETY: waiters and pollers alike, exclusive ones too; they look at dead, which is set: a waiter
 * who does not see it was on the queue before its lock is taken here.
 */
static void fe_waitq_wake(struct fe_res *res)
{
	struct fe_waitq *q = container_of(res, struct fe_waitq, fe);

	WRITE_ONCE(q->dead, true);
	wake_up_all(&q->queue);
}

static const struct fe_res_ops fe_waitq_ops = {
	.name	= "waitq",
	.class	= FE_CLASS_PLAIN,
	.wake	= fe_waitq_wake,
};

int __fe_waitq_init(struct fe_dev *dev, struct fe_waitq *q, const char *name,
		    struct lock_class_key *key)
{
	int ret;

	ret = fe_res_check(dev, &q->fe, &fe_waitq_ops);
	if (ret)
		return ret;
	__init_waitqueue_head(&q->queue, name, key);
	fe_res_add(dev, &q->fe, &fe_waitq_ops);
	return 0;
}
EXPORT_SYMBOL_GPL(__fe_waitq_init);

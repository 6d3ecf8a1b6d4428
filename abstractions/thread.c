// SPDX-License-Identifier: GPL-2.0
/* Threads, started after probe and stopped after what could have woken them. */
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/sched/task.h>

#include <ferrule/thread.h>

static struct fe_thread *to_thread(struct fe_res *res)
{
	return container_of(res, struct fe_thread, fe);
}

/*
 * SAFETY: process context. The reference keeps a thread that returns by itself, so that there is
 * one to stop.
 */
static int fe_thread_arm(struct fe_res *res)
{
	struct fe_thread *t = to_thread(res);
	struct task_struct *task;

	task = kthread_create(t->run, t, "%s/%s", res->bound->drv->name,
			      dev_name(res->bound->dev));
	if (IS_ERR(task))
		return PTR_ERR(task);
	t->task = get_task_struct(task);
	wake_up_process(task);
	return 0;
}

/* SAFETY: whoever sleeps later does not. */
static void fe_thread_wake(struct fe_res *res)
{
	complete_all(&to_thread(res)->end);
}

/*
 * SAFETY: process context, and not the thread itself: no callback can end its own device. What it
 * sleeps or waits in was woken before. When kthread_stop() returns, so has the driver's function,
 * and the thread is in the kernel's code for good.
 */
static void fe_thread_stop(struct fe_res *res)
{
	struct fe_thread *t = to_thread(res);

	kthread_stop(t->task);
	put_task_struct(t->task);
	t->task = NULL;
}

static const struct fe_res_ops fe_thread_ops = {
	.name	= "thread",
	.class	= FE_CLASS_THREAD,
	.arm	= fe_thread_arm,
	.wake	= fe_thread_wake,
	.stop	= fe_thread_stop,
};

int fe_thread_declare(struct fe_dev *dev, struct fe_thread *t, int (*run)(void *thread))
{
	int ret;

	ret = fe_res_check(dev, &t->fe, &fe_thread_ops);
	if (ret)
		return ret;
	t->run = run;
	init_completion(&t->end);
	fe_res_add(dev, &t->fe, &fe_thread_ops);
	return 0;
}
EXPORT_SYMBOL_GPL(fe_thread_declare);

/*
 * SAFETY: of the cell: a completion is written through const because it locks itself; it lives in
 * memory that the layer allocated. One that is complete for good is not used up by who waits.
 */
int fe_thread_sleep(const struct fe_thread *t, unsigned int msec)
{
	struct completion *end = (struct completion *)&t->end;
	long left;

	if (!msec) {
		cond_resched();
		return completion_done(end) ? -ENODEV : 0;
	}
	/* One more: the tick that counts first may be about to happen. */
	left = wait_for_completion_interruptible_timeout(end, msecs_to_jiffies(msec) + 1);
	return left > 0 ? -ENODEV : left;
}
EXPORT_SYMBOL_GPL(fe_thread_sleep);

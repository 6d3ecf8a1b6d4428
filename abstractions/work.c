// SPDX-License-Identifier: GPL-2.0
/* Work items, on after probe and stopped after interrupts and timers, which queue them. */
#include <linux/module.h>

#include <ferrule/work.h>

static struct fe_work *to_work(struct fe_res *res)
{
	return container_of(res, struct fe_work, fe);
}

static int fe_work_arm(struct fe_res *res)
{
	WRITE_ONCE(to_work(res)->on, true);
	return 0;
}

/*
 * SAFETY: process context, and no handler of this work item: no callback can end its own device.
 * A handler that saw the work item on is waited for, with what it queued; one that comes later
 * does nothing. What a handler waits for was woken before.
 */
static void fe_work_stop(struct fe_res *res)
{
	struct fe_work *w = to_work(res);

	WRITE_ONCE(w->on, false);
	cancel_delayed_work_sync(&w->work);
}

/* SAFETY: nobody is left who could queue it: every producer of callbacks was stopped. */
static void fe_work_release(struct fe_res *res)
{
	cancel_delayed_work_sync(&to_work(res)->work);
}

static const struct fe_res_ops fe_work_ops = {
	.name		= "work",
	.class		= FE_CLASS_WORK,
	.arm		= fe_work_arm,
	.stop		= fe_work_stop,
	.release	= fe_work_release,
};

int fe_work_declare(struct fe_dev *dev, struct fe_work *w, work_func_t handle)
{
	int ret;

	ret = fe_res_check(dev, &w->fe, &fe_work_ops);
	if (ret)
		return ret;
	INIT_DELAYED_WORK(&w->work, handle);
	fe_res_add(dev, &w->fe, &fe_work_ops);
	return 0;
}
EXPORT_SYMBOL_GPL(fe_work_declare);

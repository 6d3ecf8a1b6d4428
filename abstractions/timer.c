// SPDX-License-Identifier: GPL-2.0
/* Timers, on after probe and stopped after interrupts. */
#include <linux/module.h>

#include <ferrule/timer.h>

static struct fe_timer *to_timer(struct fe_res *res)
{
	return container_of(res, struct fe_timer, fe);
}

static int fe_timer_arm(struct fe_res *res)
{
	WRITE_ONCE(to_timer(res)->on, true);
	return 0;
}

/*
 * SAFETY: process context, and no handler of this timer. A handler that saw the timer on is waited
 * for, with what it started; one that comes later does nothing.
 */
static void fe_timer_stop(struct fe_res *res)
{
	struct fe_timer *t = to_timer(res);

	WRITE_ONCE(t->on, false);
	hrtimer_cancel(&t->timer);
}

/* SAFETY: nobody is left who could start it: every producer of callbacks was stopped. */
static void fe_timer_release(struct fe_res *res)
{
	hrtimer_cancel(&to_timer(res)->timer);
}

static const struct fe_res_ops fe_timer_ops = {
	.name		= "timer",
	.class		= FE_CLASS_TIMER,
	.arm		= fe_timer_arm,
	.stop		= fe_timer_stop,
	.release	= fe_timer_release,
};

int fe_timer_declare(struct fe_dev *dev, struct fe_timer *t,
		     enum hrtimer_restart (*expire)(struct hrtimer *timer))
{
	int ret;

	ret = fe_res_check(dev, &t->fe, &fe_timer_ops);
	if (ret)
		return ret;
	hrtimer_init(&t->timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	t->timer.function = expire;
	fe_res_add(dev, &t->fe, &fe_timer_ops);
	return 0;
}
EXPORT_SYMBOL_GPL(fe_timer_declare);

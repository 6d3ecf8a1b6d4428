// SPDX-License-Identifier: GPL-2.0
/* Completions that end with the binding. */
#include <linux/module.h>

#include <ferrule/completion.h>

/* SAFETY: complete_all() lets every waiter go, those to come included. */
static void fe_completion_wake(struct fe_res *res)
{
	struct fe_completion *c = container_of(res, struct fe_completion, fe);

	WRITE_ONCE(c->dead, true);
	/*
	 * Pairs with the barrier in fe_completion_dead(): either the waiter sees dead, or its
	 * fe_arm() came before what it then finds complete.
	 */
	smp_mb();
	complete_all(&c->event);
}

static const struct fe_res_ops fe_completion_ops = {
	.name	= "completion",
	.class	= FE_CLASS_PLAIN,
	.wake	= fe_completion_wake,
};

int fe_completion_init(struct fe_dev *dev, struct fe_completion *c)
{
	int ret;

	ret = fe_res_check(dev, &c->fe, &fe_completion_ops);
	if (ret)
		return ret;
	init_completion(&c->event);
	fe_res_add(dev, &c->fe, &fe_completion_ops);
	return 0;
}
EXPORT_SYMBOL_GPL(fe_completion_init);

// SPDX-License-Identifier: GPL-2.0
/* Coherent DMA memory. */
#include <linux/module.h>

#include <ferrule/coherent.h>

/*
 * SAFETY: the device is kept from memory before anything is released (bound.c), so that
 * nobody writes what is freed here; mappings into user space are gone. Process context.
 */
static void fe_coherent_release(struct fe_res *res)
{
	struct fe_coherent *c = container_of(res, struct fe_coherent, fe);

	dma_free_coherent(res->bound->dev, c->size, c->cpu, c->dma);
}

static const struct fe_res_ops fe_coherent_ops = {
	.name		= "coherent",
	.class		= FE_CLASS_PLAIN,
	.release	= fe_coherent_release,
};

int __fe_coherent_alloc(struct fe_dev *dev, struct fe_coherent *c, size_t size)
{
	int ret;

	ret = fe_res_check(dev, &c->fe, &fe_coherent_ops);
	if (ret)
		return ret;
	c->cpu = dma_alloc_coherent(fe_dev_raw(dev), size, &c->dma, GFP_KERNEL);
	if (!c->cpu)
		return -ENOMEM;
	c->size = size;
	fe_res_add(dev, &c->fe, &fe_coherent_ops);
	return 0;
}
EXPORT_SYMBOL_GPL(__fe_coherent_alloc);

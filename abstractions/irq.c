// SPDX-License-Identifier: GPL-2.0
/* Interrupt handlers, armed after probe and stopped before all else. */
#include <linux/module.h>

#include <ferrule/irq.h>

static struct fe_irq *to_irq(struct fe_res *res)
{
	return container_of(res, struct fe_irq, fe);
}

static int fe_irq_number(const struct fe_irq *irq)
{
	return pci_irq_vector(to_pci_dev(irq->fe.bound->dev), irq->vector);
}

/*
 * SAFETY: the handler may run before request_irq() returns, and does so with the state
 * complete: probe is over. A line interrupt is shared; it was off at the device since
 * before probe (pci.c), so that nobody's handler saw ours before it was there.
 */
static int fe_irq_arm(struct fe_res *res)
{
	struct pci_dev *pci = to_pci_dev(res->bound->dev);
	struct fe_irq *irq = to_irq(res);
	bool line = irq->vectors->line;
	int ret;

	ret = request_irq(fe_irq_number(irq), irq->thunk, line ? IRQF_SHARED : 0,
			  res->bound->drv->name, res->bound->state);
	if (!ret && line)
		pci_intx(pci, true);
	return ret;
}

/* SAFETY: free_irq() waits for running handlers; process context, no handler of ours. */
static void fe_irq_stop(struct fe_res *res)
{
	struct fe_irq *irq = to_irq(res);

	if (irq->vectors->line)
		pci_intx(to_pci_dev(res->bound->dev), false);
	free_irq(fe_irq_number(irq), res->bound->state);
}

static const struct fe_res_ops fe_irq_ops = {
	.name	= "irq",
	.class	= FE_CLASS_IRQ,
	.arm	= fe_irq_arm,
	.stop	= fe_irq_stop,
};

int fe_irq_declare(struct fe_dev *dev, struct fe_irq *irq, const struct fe_pci_vectors *vectors,
		   unsigned int vector, irq_handler_t thunk)
{
	int ret;

	ret = fe_res_check(dev, &irq->fe, &fe_irq_ops);
	if (ret)
		return ret;
	if (vectors->fe.bound != dev->fe.bound || vector >= vectors->count) {
		dev_err(fe_dev_raw(dev), "irq: no vector %u of %u\n", vector, vectors->count);
		return -EINVAL;
	}
	irq->vectors = vectors;
	irq->vector = vector;
	irq->thunk = thunk;
	fe_res_add(dev, &irq->fe, &fe_irq_ops);
	return 0;
}
EXPORT_SYMBOL_GPL(fe_irq_declare);

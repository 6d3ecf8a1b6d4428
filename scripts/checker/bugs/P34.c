// SPDX-License-Identifier: GPL-2.0
/*
 * P34: a handler runs before, and after, what it uses exists
 *
 * Class: leak-probe
 * Was: CVE-2026-64462, altera_pcie_probe()
 * Answer: cannot be written: handlers are declared in probe and requested when it is over, so that
 *   none sees a state that is half made or half gone (kunit/irq_kunit.c).
 * Layer: <ferrule/irq.h>
 */
#include <ferrule/irq.h>
#include <ferrule/pci.h>

struct pcie {
	int domain;
	struct fe_irq irq;
};

/* A handler writes nothing but through locks and atomics. */
static irqreturn_t handler(struct pcie *p)	/* note: callback-contract */
{
	p->domain++;
	return IRQ_HANDLED;
}

FE_IRQ(pcie, irq, handler);			/* error: callback-contract */
/* compiler: incompatible pointer type */

static int by_hand(struct pcie *p)
{
	return request_irq(3, NULL, 0, "pcie", p);	/* error: foreign-symbol */
}

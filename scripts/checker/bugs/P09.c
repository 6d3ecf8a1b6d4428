// SPDX-License-Identifier: GPL-2.0
/*
 * P09: a pointer is tested without the lock under which it is used
 *
 * Class: race
 * Was: CVE-2026-23207, tegra_qspi_isr_thread()
 * Answer: does not build.
 * Layer: <ferrule/lock.h>
 */
#include <ferrule/irq.h>
#include <ferrule/lock.h>

struct transfer {
	u32 len;
};

struct current_xfer {
	const struct transfer *t;
};

FE_SPINLOCK_IRQ(xfer_lock, struct current_xfer);	/* note: private-field */

struct ctlr {
	struct xfer_lock xfer;
	struct fe_irq irq;
};

static irqreturn_t tested_without_the_lock(const struct ctlr *c)
{
	if (!c->xfer.data.t)			/* error: private-field */
		return IRQ_NONE;
	return IRQ_HANDLED;
}

static u32 used_after_the_lock(const struct ctlr *c)
{
	const struct transfer *t;

	{
		struct current_xfer *x __fe_unlock(xfer_lock) = fe_lock(&c->xfer);

		t = x->t;
	}
	return t->len;
}

static u32 guard_used_after_the_lock(const struct ctlr *c)
{
	struct current_xfer *x = fe_lock(&c->xfer);

	xfer_lock_unlock(&x);			/* note: unguarded-access */
	return x->t ? 1 : 0;			/* error: unguarded-access */
}

static void cleared_without_the_lock(struct ctlr *c)
{
	c->xfer.data.t = NULL;			/* error: private-field */
}

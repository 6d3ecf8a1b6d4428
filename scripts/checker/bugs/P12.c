// SPDX-License-Identifier: GPL-2.0
/*
 * P12: a register that all channels share is changed under the lock of one
 *
 * Class: race
 * Was: dw_edma_v0_core_start()
 * Answer: builds. A register has a width and a mode, but no lock: two writers of one lose an
 *   update, of the device's and not of memory. What can be said is said by keeping its
 *   value in the data of the lock that belongs to it; then the other lock does not do.
 * Layer: <ferrule/mmio.h>, <ferrule/lock.h>
 */
#include <ferrule/lock.h>
#include <ferrule/mmio.h>

FE_BAR(edma_regs, 0x100);
FE_REG(edma_regs, EDMA_INT_MASK, 0x00, u32, RW);
FE_REG(edma_regs, EDMA_DOORBELL, 0x04, u32, WO);

struct engine {
	u32 mask;
};

struct channel {
	u32 id;
};

FE_SPINLOCK_IRQ(engine_lock, struct engine);	/* note: private-field */
FE_SPINLOCK_IRQ(channel_lock, struct channel);

struct edma {
	struct edma_regs regs;
	struct engine_lock engine;
	struct channel_lock channel;
};

static void start(const struct edma *e)
{
	struct channel *c __fe_unlock(channel_lock) = fe_lock(&e->channel);

	fe_write(&e->regs, EDMA_INT_MASK, fe_read(&e->regs, EDMA_INT_MASK) & ~8);
	fe_write(&e->regs, EDMA_DOORBELL, c->id);
}

static void start_with_the_value_in_the_lock(struct edma *e)
{
	struct channel *c __fe_unlock(channel_lock) = fe_lock(&e->channel);

	e->engine.data.mask &= ~8;		/* error: private-field */
	fe_write(&e->regs, EDMA_INT_MASK, e->engine.data.mask);	/* error: private-field */
	fe_write(&e->regs, EDMA_DOORBELL, c->id);
}

// SPDX-License-Identifier: GPL-2.0
/*
 * P12: a register that all channels share is changed under the lock of one
 *
 * Class: race
 * Was: dw_edma_v0_core_start()
 * Answer: does not build, where the register's declaration says to which lock's data it belongs.
 *   Of one that does not say so the layer knows width and mode, but no lock: two writers of it
 *   lose an update, of the device's and not of memory.
 * Layer: <ferrule/mmio.h>, <ferrule/lock.h>
 */
#include <ferrule/lock.h>
#include <ferrule/mmio.h>

struct engine {
	u32 channels;
};

struct channel {
	u32 id;
};

FE_BAR(edma_regs, 0x100);
FE_REG_GUARDED(edma_regs, EDMA_INT_MASK, 0x00, u32, RW, struct engine);	/* note: register-access */
FE_REG(edma_regs, EDMA_DOORBELL, 0x04, u32, WO);

FE_SPINLOCK_IRQ(engine_lock, struct engine);
FE_SPINLOCK_IRQ(channel_lock, struct channel);

struct edma {
	struct edma_regs regs;
	struct engine_lock engine;
	struct channel_lock channel;
};

static void start(const struct edma *e)
{
	struct channel *c __fe_unlock(channel_lock) = fe_lock(&e->channel);

	fe_write(&e->regs, EDMA_INT_MASK, 8);	/* error: register-access */
	fe_write(&e->regs, EDMA_DOORBELL, c->id);
}

static void start_with_the_other_guard(const struct edma *e)
{
	struct channel *c __fe_unlock(channel_lock) = fe_lock(&e->channel);

	fe_write_guarded(&e->regs, EDMA_INT_MASK, c, 8);	/* error: pointer-cast */	/* compiler: incompatible pointer type */
}

static void start_as_it_is_right(const struct edma *e)
{
	struct engine *engine __fe_unlock(engine_lock) = fe_lock(&e->engine);
	u32 mask = fe_read_guarded(&e->regs, EDMA_INT_MASK, engine);

	fe_write_guarded(&e->regs, EDMA_INT_MASK, engine, mask & ~8);
}

// SPDX-License-Identifier: GPL-2.0
/* layer: the real one */
#include <ferrule/lock.h>
#include <ferrule/mmio.h>

struct engine {
	u32 channels;
};

FE_BAR(regs, 0x100);
FE_REG_GUARDED(regs, INT_MASK, 0x00, u32, RW, struct engine);
FE_REG_GUARDED(regs, INT_CLEAR, 0x04, u32, WO, struct engine);
FE_SPINLOCK_IRQ(engine_lock, struct engine);

struct dev {
	struct regs regs;
	struct engine_lock engine;
};

static void changed(const struct dev *dev)
{
	struct engine *engine __fe_unlock(engine_lock) = fe_lock(&dev->engine);
	u32 mask = fe_read_guarded(&dev->regs, INT_MASK, engine);

	engine->channels++;
	fe_write_guarded(&dev->regs, INT_MASK, engine, mask | 1);
}

static void by_a_helper(const struct dev *dev, const struct engine *engine __fe_guarded, u32 mask)
{
	fe_write_guarded(&dev->regs, INT_MASK, engine, mask);
	fe_write_guarded(&dev->regs, INT_CLEAR, engine, ~mask);
}

static void helped(const struct dev *dev, bool all)
{
	struct engine *engine __fe_unlock(engine_lock) = fe_lock(&dev->engine);
	const struct engine *view = engine;

	if (all)
		by_a_helper(dev, engine, 0);
	by_a_helper(dev, view, engine->channels);
}

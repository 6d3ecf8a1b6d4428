// SPDX-License-Identifier: GPL-2.0
/* layer: the real one */
/* A register that belongs to the data of a lock wants its guard. */
#include <ferrule/box.h>
#include <ferrule/lock.h>
#include <ferrule/mmio.h>

struct engine {
	u32 channels;
};

struct all {
	struct engine engine;
};

FE_BAR(regs, 0x100);
FE_REG_GUARDED(regs, INT_MASK, 0x00, u32, RW, struct engine);
FE_SPINLOCK_IRQ(engine_lock, struct engine);
FE_SPINLOCK_IRQ(all_lock, struct all);

struct dev {
	struct regs regs;
	struct engine_lock engine;
	struct all_lock all;
};

static void after_the_lock(const struct dev *dev)
{
	struct engine *engine = fe_lock(&dev->engine);

	engine->channels++;
	engine_lock_unlock(&engine);		/* note: unguarded-access */
	fe_write_guarded(&dev->regs, INT_MASK, engine, 8);	/* error: unguarded-access */
}

static void with_a_copy(const struct dev *dev, struct engine engine)
{
	fe_write_guarded(&dev->regs, INT_MASK, &engine, 8);	/* error: unguarded-access */
}

static u32 with_one_of_its_own(const struct dev *dev)
{
	struct engine engine = { };

	return fe_read_guarded(&dev->regs, INT_MASK, &engine);	/* error: unguarded-access */
}

static void with_a_part_of_another(const struct dev *dev)
{
	struct all *all __fe_unlock(all_lock) = fe_lock(&dev->all);

	fe_write_guarded(&dev->regs, INT_MASK, &all->engine, 8);	/* error: unguarded-access */
}

static void with_what_the_caller_has(const struct dev *dev, const struct engine *engine)
{
	fe_write_guarded(&dev->regs, INT_MASK, engine, 8);	/* error: unguarded-access */
}

static void with_a_guard_it_says(const struct dev *dev, const struct engine *engine __fe_guarded)
{
	fe_write_guarded(&dev->regs, INT_MASK, engine, 8);
}

static void through_a_helper(const struct dev *dev, struct engine engine)
{
	with_a_guard_it_says(dev, &engine);	/* error: unguarded-access */
}

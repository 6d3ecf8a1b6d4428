// SPDX-License-Identifier: GPL-2.0
/* layer: the real one */
#include <ferrule/mmio.h>

FE_BAR(regs, 0x100);
FE_BAR(others, 0x100);

FE_REG(regs, STATUS, 0x00, u32, RO);	/* note: register-access */
FE_REG(regs, COMMAND, 0x04, u32, WO);	/* note: register-access */
FE_REG(regs, CONTROL, 0x08, u32, RW);	/* note: register-access */
FE_REG(regs, MODE, 0x0c, u8, RW);	/* note: register-access */
FE_REG_ARRAY(regs, COUNTERS, 0x40, u32, RO, 8);	/* note: register-access */
FE_REG_ARRAY(regs, DOORBELLS, 0x80, u16, WO, 8);	/* note: register-access */
FE_REG(others, OTHER, 0x00, u32, RW);	/* note: register-access */

struct engine {
	u32 channels;
};

FE_REG_GUARDED(regs, MASK, 0x20, u32, RW, struct engine);	/* note: register-access */

struct dev {
	struct regs	regs;
	struct others	others;
};

static void written_though_read_only(const struct dev *dev)
{
	fe_write(&dev->regs, STATUS, 1);	/* error: register-access */
}

static u32 read_though_write_only(const struct dev *dev)
{
	return fe_read(&dev->regs, COMMAND);	/* error: register-access */
}

static u32 of_another_block(const struct dev *dev)
{
	fe_write(&dev->others, CONTROL, 1);	/* error: register-access */
	return fe_read(&dev->regs, OTHER);	/* error: register-access */
}

static void too_wide(const struct dev *dev, u64 address)
{
	fe_write(&dev->regs, CONTROL, address);	/* error: register-access */
	fe_write(&dev->regs, MODE, 0x100);	/* error: register-access */	/* compiler: changes value from */
}

static u32 several(const struct dev *dev)
{
	fe_write(&dev->regs, DOORBELLS, 1);	/* error: register-access */
	return fe_read(&dev->regs, COUNTERS);	/* error: register-access */
}

static int several_the_wrong_way(const struct dev *dev, size_t i, u16 *value)
{
	return fe_write_at(&dev->regs, COUNTERS, i, 0) ?:	/* error: register-access */
	       fe_read_at(&dev->regs, DOORBELLS, i, value);	/* error: register-access */
}

static int waits_for_what_cannot_be_read(const struct dev *dev)
{
	return fe_poll(&dev->regs, COMMAND, 1, 1, 100);	/* error: register-access */
}

static u32 belongs_to_a_lock(const struct dev *dev)
{
	fe_write(&dev->regs, MASK, 1);		/* error: register-access */
	return fe_read(&dev->regs, MASK);	/* error: register-access */
}

static int waits_without_the_lock(const struct dev *dev)
{
	return fe_poll(&dev->regs, MASK, 1, 1, 100);	/* error: register-access */
}

static void too_wide_at_run_time(const struct dev *dev, u32 flags, u32 channel, size_t length)
{
	fe_write(&dev->regs, CONTROL, flags | BIT(channel));	/* error: register-access */
	fe_write(&dev->regs, CONTROL, flags | BIT(32));		/* error: register-access */
	fe_write(&dev->regs, MODE, length);			/* error: register-access */
	if (length <= 0x100)
		fe_write(&dev->regs, MODE, length);		/* error: register-access */
}

static int too_wide_for_one(const struct dev *dev, size_t length)
{
	return fe_write_at(&dev->regs, DOORBELLS, 0, length);	/* error: register-access */
}

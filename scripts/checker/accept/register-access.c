// SPDX-License-Identifier: GPL-2.0
/* layer: the real one */
#include <ferrule/mmio.h>

FE_BAR(regs, 0x100);

FE_REG(regs, STATUS, 0x00, u32, RO);
FE_REG(regs, COMMAND, 0x04, u32, WO);
FE_REG(regs, CONTROL, 0x08, u32, RW);
FE_REG(regs, MODE, 0x0c, u8, RW);
FE_REG(regs, ADDRESS, 0x10, u64, RW);
FE_REG_ARRAY(regs, COUNTERS, 0x40, u32, RO, 8);
FE_REG_ARRAY(regs, DOORBELLS, 0x80, u16, WO, 8);

struct dev {
	struct regs regs;
};

static void changed(struct dev *dev, u8 mode, u64 address)
{
	fe_write(&dev->regs, CONTROL, fe_read(&dev->regs, CONTROL) | 8);
	fe_write(&dev->regs, MODE, mode);
	fe_write(&dev->regs, MODE, mode & 0xf);
	fe_write(&dev->regs, MODE, 0xff);
	fe_write(&dev->regs, ADDRESS, address);
	fe_write(&dev->regs, ADDRESS, mode);
}

static int each(const struct dev *dev, u32 *sum)
{
	for (size_t i = 0; i < 8; i++) {
		u32 count;
		int ret = fe_read_at(&dev->regs, COUNTERS, i, &count);

		if (ret)
			return ret;
		*sum += count;
	}
	return fe_write_at(&dev->regs, DOORBELLS, 3, 1);
}

static int ready(const struct dev *dev)
{
	const struct regs *regs = &dev->regs;

	fe_write(regs, COMMAND, 1);
	return fe_poll(regs, STATUS, 1, 1, 100);
}

static void bits(struct dev *dev, u32 flags, u32 channel, bool enable)
{
	u32 control = fe_read(&dev->regs, CONTROL);

	fe_write(&dev->regs, CONTROL, control | BIT(3));
	fe_write(&dev->regs, CONTROL, control & ~BIT(3));
	fe_write(&dev->regs, CONTROL, enable ? BIT(31) | GENMASK(7, 4) : 0);
	fe_write(&dev->regs, CONTROL, flags & GENMASK(15, 0));
	if (channel < 32)
		fe_write(&dev->regs, CONTROL, BIT(channel));
	fe_write(&dev->regs, MODE, BIT(channel & 7));
}

static void halves(struct dev *dev, u64 address)
{
	fe_write(&dev->regs, CONTROL, address >> 32);
	fe_write(&dev->regs, CONTROL, address & 0xffffffff);
	fe_write(&dev->regs, CONTROL, (u32)address);
	if (address <= U32_MAX)
		fe_write(&dev->regs, CONTROL, address);
}

static int sized(struct dev *dev, size_t length)
{
	if (!length || length > 4096)
		return -EINVAL;
	fe_write(&dev->regs, CONTROL, length - 1);
	return fe_write_at(&dev->regs, DOORBELLS, 0, length);
}

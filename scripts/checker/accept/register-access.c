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

// SPDX-License-Identifier: GPL-2.0
/* layer: the real one */
#include <ferrule/mmio.h>

#define CHANNELS	4
#define CHANNEL(n)	(0x40 + (n) * 0x10)

FE_BAR(regs, 0x100);

FE_REG(regs, FIRST, 0x00, u32, RO);
FE_REG(regs, LAST, 0xff, u8, RW);
FE_REG(regs, LAST_WIDE, 0xf8, u64, RW);
FE_REG_ARRAY(regs, ALL, 0x00, u32, RO, 64);
FE_REG(regs, THIRD, CHANNEL(3), u16, RW);

/* One may be read where another is written, or be a half of it. */
FE_REG(regs, STATUS, 0x20, u32, RO);
FE_REG(regs, COMMAND, 0x20, u32, WO);
FE_REG(regs, TIME, 0x28, u64, RO);
FE_REG(regs, TIME_HIGH, 0x2c, u32, RO);

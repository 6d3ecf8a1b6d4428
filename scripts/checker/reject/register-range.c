// SPDX-License-Identifier: GPL-2.0
/* layer: the real one */
#include <ferrule/mmio.h>

FE_BAR(regs, 0x100);
FE_BAR(odd, 0x103);

FE_REG(regs, LAST, 0xfc, u32, RW);
FE_REG(regs, BEHIND, 0x100, u32, RW);		/* error: register-range */
FE_REG(regs, HALF_BEHIND, 0x100 - 4, u64, RO);	/* error: register-range */
FE_REG(regs, BEFORE, -4, u32, RW);		/* error: register-range */
FE_REG(regs, MISALIGNED, 0x0e, u32, RO);	/* error: register-range */
FE_REG(regs, MISALIGNED_WIDE, 0x0c, u64, WO);	/* error: register-range */
FE_REG(odd, CUT_OFF, 0x100, u32, RW);		/* error: register-range */
FE_REG_ARRAY(regs, TOO_MANY, 0xf0, u32, RO, 5);	/* error: register-range */
FE_REG_ARRAY(regs, TOO_FAR, 0xf0, u32, RO, 0x40000000);	/* error: register-range */
FE_REG_ARRAY(regs, LESS_THAN_NONE, 0x00, u32, RO, -1);	/* error: register-range */

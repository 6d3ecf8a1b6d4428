// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>

TEST_REGS(own_regs)

static u32 asm_of_the_layer(const struct own_regs *regs)
{
	return own_regs_read(regs);
}

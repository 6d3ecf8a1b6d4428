// SPDX-License-Identifier: GPL-2.0
/*
 * P33: a number of the device says where in its memory to read
 *
 * Class: oob
 * Was: CVE-2026-46022, ibmasm_handle_mouse_interrupt()
 * Answer: does not build, or answers -ERANGE: a register of an array is read by index only, and
 *   the result must be looked at (kunit/mmio_kunit.c).
 * Layer: <ferrule/mmio.h>
 */
#include <ferrule/mmio.h>

FE_BAR(sp_regs, 0x1000);			/* note: private-field */
FE_REG(sp_regs, SP_READER, 0x00, u32, RW);
FE_REG(sp_regs, SP_WRITER, 0x04, u32, RO);
FE_REG_ARRAY(sp_regs, SP_QUEUE, 0x100, u32, RO, 60);

struct sp {
	struct sp_regs regs;
	u32 seen[60];
};

static u32 read_with_an_address(const struct sp *sp)
{
	return readl(sp->regs.bar.base + fe_read(&sp->regs, SP_READER));	/* error: foreign-symbol, error: pointer-arithmetic, error: private-field */
}

static int ignored(const struct sp *sp)
{
	u32 entry = 0;
	int ret = fe_read_at(&sp->regs, SP_QUEUE, fe_read(&sp->regs, SP_READER), &entry); /* error: ignored-error */

	ret = 0;
	return ret + entry;
}

static u32 in_memory(const struct sp *sp)
{
	return sp->seen[fe_read(&sp->regs, SP_READER)];	/* error: raw-index */
}

static u32 in_a_loop(const struct sp *sp)
{
	u32 sum = 0;

	for (u32 i = fe_read(&sp->regs, SP_READER); i != fe_read(&sp->regs, SP_WRITER); i++)
		sum += sp->seen[i];		/* error: raw-index */
	return sum;
}

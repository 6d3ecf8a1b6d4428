// SPDX-License-Identifier: GPL-2.0
/* layer: the real one */
/* What a function of the layer did not fill, since it failed. */
#include <ferrule/dma.h>
#include <ferrule/mmio.h>
#include <ferrule/text.h>

FE_BAR(regs, 0x100);
FE_REG(regs, LIMIT, 0x00, u32, RW);
FE_REG_ARRAY(regs, COUNTERS, 0x40, u32, RO, 8);

struct dev {
	struct regs regs;
};

static int used_before_the_test(const struct dev *dev, struct fe_text_in *text)
{
	u64 limit;				/* note: uninitialised */
	int ret = fe_text_number(text, &limit);

	fe_write(&dev->regs, LIMIT, (u32)limit);	/* error: uninitialised */
	return ret;
}

static u32 not_tested_at_all(const struct dev *dev, size_t i)
{
	u32 count;				/* note: uninitialised */

	if (fe_read_at(&dev->regs, COUNTERS, i, &count))
		fe_write(&dev->regs, LIMIT, 0);
	return count;					/* error: uninitialised */
}

static int the_second_of_two(const struct dev *dev, struct fe_text_in *text)
{
	u64 first, last;			/* note: uninitialised */
	int ret = fe_text_number(text, &first) ?: fe_text_number(text, &last);

	if (ret == -ERANGE)
		return ret;
	return last > 3;				/* error: uninitialised */
}

static int an_empty_map_is_wanted(struct fe_dma_buf *buf)
{
	struct fe_dma_map map;
	int ret = fe_dma_give(buf, 16, FE_TO_DEVICE, &map);	/* error: uninitialised */

	if (ret)
		return ret;
	*buf = fe_dma_take(&map);
	return 0;
}

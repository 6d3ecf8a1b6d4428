// SPDX-License-Identifier: GPL-2.0
/* layer: the real one */
#include <ferrule/dma.h>
#include <ferrule/mmio.h>
#include <ferrule/text.h>

FE_BAR(regs, 0x100);
FE_REG(regs, LIMIT, 0x00, u32, RW);
FE_REG_ARRAY(regs, COUNTERS, 0x40, u32, RO, 8);

struct dev {
	struct regs regs;
};

static int tested(const struct dev *dev, struct fe_text_in *text)
{
	u64 first, last;
	int ret;

	ret = fe_text_number(text, &first) ?: fe_text_number(text, &last) ?: fe_text_end(text);
	if (ret)
		return ret;
	if (first > last || last > U32_MAX)
		return -ERANGE;
	fe_write(&dev->regs, LIMIT, first);
	return 0;
}

static u32 sum(const struct dev *dev)
{
	u32 count, all = 0;

	for (size_t i = 0; i < 8; i++)
		if (!fe_read_at(&dev->regs, COUNTERS, i, &count))
			all += count;
	return all;
}

static u32 with_a_default(const struct dev *dev, size_t i)
{
	u32 count = 0;
	int ret = fe_read_at(&dev->regs, COUNTERS, i, &count);

	return ret ? 1 : count;
}

static bool is_above(const struct dev *dev, size_t i, u32 limit)
{
	u32 count;

	return !fe_read_at(&dev->regs, COUNTERS, i, &count) && count > limit;
}

static int given_and_taken(struct fe_dma_buf *buf)
{
	struct fe_dma_map map = {};
	int ret = fe_dma_give(buf, 16, FE_TO_DEVICE, &map);

	if (ret)
		return ret;
	*buf = fe_dma_take(&map);
	return 0;
}

static int only_if_wanted(const struct dev *dev, bool wanted)
{
	u32 count;
	int ret = 0;

	if (wanted)
		ret = fe_read_at(&dev->regs, COUNTERS, 0, &count);
	if (ret)
		return ret;
	return wanted ? count : 0;
}

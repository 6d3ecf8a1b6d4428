// SPDX-License-Identifier: GPL-2.0
/* Registers that are waited for. */
#include <linux/delay.h>
#include <linux/ktime.h>
#include <linux/module.h>

#include <ferrule/mmio.h>

static u64 fe_bar_load(const void __iomem *at, size_t width)
{
	switch (width) {
	case sizeof(u8):
		return readb(at);
	case sizeof(u16):
		return readw(at);
	case sizeof(u32):
		return readl(at);
	default:
		return readq(at);
	}
}

/* Sleeps a sixteenth of the limit between looks, within reason. */
static void fe_bar_pause(unsigned long timeout_us)
{
	unsigned long us = clamp(timeout_us / 16, 10UL, 10000UL);

	usleep_range(us, 2 * us);
}

int fe_bar_poll(const struct fe_bar *bar, size_t offset, size_t width, u64 mask, u64 want,
		unsigned long timeout_us)
{
	const void __iomem *at = bar->base + offset;
	u64 gone = GENMASK_ULL(8 * width - 1, 0);
	ktime_t end = ktime_add_us(ktime_get(), timeout_us);
	bool last;
	u64 value;

	might_sleep();
	for (;;) {
		/* Before the look, so that one more follows however long we slept. */
		last = ktime_after(ktime_get(), end);
		value = fe_bar_load(at, width);
		if (value == gone || fe_bound_dead(bar->fe.bound))
			return -ENODEV;
		if ((value & mask) == want)
			return 0;
		if (last)
			return -ETIMEDOUT;
		fe_bar_pause(timeout_us);
	}
}
EXPORT_SYMBOL_GPL(fe_bar_poll);

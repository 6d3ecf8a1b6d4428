// SPDX-License-Identifier: GPL-2.0
/*
 * P07: a buffer stays mapped where queueing it fails
 *
 * Class: dma
 * Was: CVE-2026-64337, mtu3_gadget_queue()
 * Answer: does not build. A map in the driver's state is freed at unbind, after the device was
 *   stopped, and fe_dma_give() into one that is in use answers -EBUSY (kunit/dma_kunit.c).
 * Layer: <ferrule/dma.h>
 */
#include <ferrule/dma.h>

static void start_hw(dma_addr_t addr)
{
}

static int queue(struct fe_dma_buf *buf, bool full)
{
	struct fe_dma_map map = {};
	int ret = fe_dma_give(buf, 64, FE_TO_DEVICE, &map);	/* note: leak */

	if (ret)
		return ret;
	if (full)
		return -EAGAIN;			/* error: leak */
	start_hw(fe_dma_addr(&map));
	*buf = fe_dma_take(&map);
	return 0;
}

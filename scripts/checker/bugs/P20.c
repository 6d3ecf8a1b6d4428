// SPDX-License-Identifier: GPL-2.0
/*
 * P20: the CPU reads what belongs to the device
 *
 * Class: dma
 * Was: CVE-2026-46077, atmel_tdes_crypt_stop()
 * Answer: does not build. There is no direction to confuse: taking the buffer back is what makes
 *   the device's bytes visible, and without it there is no buffer.
 * Layer: <ferrule/dma.h>
 */
#include <ferrule/dma.h>

static int crypt_stop(struct fe_dma_buf *buf, struct fe_dma_map *map, struct fe_writer *to)
{
	int ret = fe_dma_give(buf, 64, FE_FROM_DEVICE, map);	/* note: dma-owned-by-device */

	if (ret)
		return ret;
	return fe_dma_buf_put(buf, 0, 64, to);	/* error: dma-owned-by-device */
}

static int of_an_own_buffer(struct fe_dma *dma, struct fe_writer *to)
{
	struct fe_dma_buf buf __fe_scoped(fe_dma_buf) = { };
	struct fe_dma_map map __fe_scoped(fe_dma_map) = { };	/* error: dma-owned-by-device */
	int ret = fe_dma_buf_alloc(dma, 64, &buf);

	if (ret)
		return ret;
	ret = fe_dma_give(&buf, 64, FE_FROM_DEVICE, &map);	/* note: dma-owned-by-device */
	if (ret)
		return ret;
	return fe_dma_buf_put(&buf, 0, 64, to);	/* error: dma-owned-by-device */
}

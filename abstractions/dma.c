// SPDX-License-Identifier: GPL-2.0
/* Streaming DMA: who owns a buffer is which type holds it. */
#include <linux/io.h>
#include <linux/module.h>

#include <ferrule/dma.h>

#include "debug.h"

static const struct fe_res_ops fe_dma_ops = {
	.name	= "dma",
	.class	= FE_CLASS_PLAIN,
};

int fe_dma_init(struct fe_dev *dev, struct fe_dma *dma, unsigned int bits)
{
	int ret;

	ret = fe_res_check(dev, &dma->fe, &fe_dma_ops);
	if (ret)
		return ret;
	if (!bits || bits > 64)
		return -EINVAL;
	ret = dma_set_mask_and_coherent(fe_dev_raw(dev), DMA_BIT_MASK(bits));
	if (ret)
		return ret;
	dma->bits = bits;
	fe_res_add(dev, &dma->fe, &fe_dma_ops);
	return 0;
}
EXPORT_SYMBOL_GPL(fe_dma_init);

static bool fe_dma_reaches(const struct fe_dma *dma, const void *cpu, size_t size)
{
	return virt_to_phys((void *)cpu) + size - 1 <= DMA_BIT_MASK(dma->bits);
}

/* From the widest zone that may do, then from the lowest one. */
static void *fe_dma_pages(const struct fe_dma *dma, size_t size)
{
	gfp_t gfp = GFP_KERNEL | __GFP_ZERO | __GFP_NOWARN;
	void *cpu;

	cpu = alloc_pages_exact(size, dma->bits <= 32 ? gfp | GFP_DMA32 : gfp);
	if (!cpu || fe_dma_reaches(dma, cpu, size))
		return cpu;
	free_pages_exact(cpu, size);
	cpu = alloc_pages_exact(size, gfp | GFP_DMA);
	if (!cpu || fe_dma_reaches(dma, cpu, size))
		return cpu;
	free_pages_exact(cpu, size);
	return NULL;
}

int fe_dma_buf_alloc(const struct fe_dma *dma, size_t size, struct fe_dma_buf *buf)
{
	void *cpu;

	if (!size || size > KMALLOC_MAX_SIZE)
		return -EINVAL;
	if (fe_fault("dma_buf"))
		return -ENOMEM;
	cpu = fe_dma_pages(dma, size);
	if (!cpu)
		return -ENOMEM;
	fe_debug_own(cpu, "dma_buf", _RET_IP_);
	*buf = (struct fe_dma_buf){ .cpu = cpu, .size = size, .dma = dma };
	return 0;
}
EXPORT_SYMBOL_GPL(fe_dma_buf_alloc);

void fe_dma_buf_drop(struct fe_dma_buf *buf)
{
	if (!buf->cpu)
		return;
	fe_debug_disown(buf->cpu);
	free_pages_exact(buf->cpu, buf->size);
	*buf = (struct fe_dma_buf){ };
}
EXPORT_SYMBOL_GPL(fe_dma_buf_drop);

/*
 * SAFETY: dma_map_single() wants memory of the direct map, which alloc_pages_exact() gives,
 * and an answer from dma_mapping_error(). The device is bound: the caller has @buf's @dma.
 */
int fe_dma_give(struct fe_dma_buf *buf, size_t len, enum fe_dma_dir dir, struct fe_dma_map *map)
{
	struct device *dev;
	dma_addr_t addr;
	int ret;

	if (map->buf.cpu)
		return -EBUSY;
	if (!buf->cpu || !len || len > buf->size)
		return -EINVAL;
	ret = fe_fault("dma_give");
	if (ret)
		return ret;
	dev = buf->dma->fe.bound->dev;
	addr = dma_map_single(dev, buf->cpu, len, (enum dma_data_direction)dir);
	if (dma_mapping_error(dev, addr))
		return -EIO;
	*map = (struct fe_dma_map){
		.buf = fe_move(*buf),
		.addr = addr,
		.len = len,
		.dir = (enum dma_data_direction)dir,
	};
	return 0;
}
EXPORT_SYMBOL_GPL(fe_dma_give);

struct fe_dma_buf fe_dma_take(struct fe_dma_map *map)
{
	struct fe_dma_map own = fe_move(*map);

	if (own.buf.cpu)
		dma_unmap_single(own.buf.dma->fe.bound->dev, own.addr, own.len, own.dir);
	return own.buf;
}
EXPORT_SYMBOL_GPL(fe_dma_take);

void fe_dma_map_drop(struct fe_dma_map *map)
{
	struct fe_dma_buf buf = fe_dma_take(map);

	fe_dma_buf_drop(&buf);
}
EXPORT_SYMBOL_GPL(fe_dma_map_drop);

static bool fe_dma_buf_has(const struct fe_dma_buf *buf, size_t offset, size_t n)
{
	return offset <= buf->size && n <= buf->size - offset;
}

int fe_dma_buf_get(struct fe_dma_buf *buf, size_t offset, size_t n, struct fe_reader *from)
{
	if (!fe_dma_buf_has(buf, offset, n))
		return -ERANGE;
	return fe_user_get(&from->u, buf->cpu + offset, n);
}
EXPORT_SYMBOL_GPL(fe_dma_buf_get);

int fe_dma_buf_put(const struct fe_dma_buf *buf, size_t offset, size_t n, struct fe_writer *to)
{
	if (!fe_dma_buf_has(buf, offset, n))
		return -ERANGE;
	return fe_user_put(&to->u, buf->cpu + offset, n);
}
EXPORT_SYMBOL_GPL(fe_dma_buf_put);

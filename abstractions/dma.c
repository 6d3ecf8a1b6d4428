// SPDX-License-Identifier: GPL-2.0
/* Streaming DMA: who owns a buffer is which type holds it. */
#include <linux/io.h>
#include <linux/module.h>
#include <linux/slab.h>

#include <ferrule/dma.h>

#include "debug.h"

/* SAFETY: the device is kept from memory before anything is released (bound.c). */
static void fe_dma_release(struct fe_res *res)
{
	struct fe_dma *dma = container_of(res, struct fe_dma, fe);
	struct fe_dma_memory *memory, *next;
	struct fe_dma_map map;
	struct fe_dma_buf buf;

	llist_for_each_entry_safe(memory, next, llist_del_all(&dma->left), left) {
		map.memory = memory;
		buf = fe_dma_take(&map);
		fe_dma_buf_drop(&buf);
	}
}

static const struct fe_res_ops fe_dma_ops = {
	.name		= "dma",
	.class		= FE_CLASS_PLAIN,
	.release	= fe_dma_release,
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

/*
 * From the widest zone that may do, then from the lowest one.
 *
 * SAFETY: virt_to_phys() wants the direct map, which alloc_pages_exact() is in: no zone of high
 * memory was asked for.
 */
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

/*
 * NULL if there is no memory, or none that the device reaches.
 *
 * SAFETY: of the cell: the list of what was dropped is written through const, without a lock; it
 * lives in memory that the layer allocated.
 */
static struct fe_dma_memory *fe_dma_memory_new(const struct fe_dma *dma, size_t size)
{
	struct fe_dma_memory *memory = kmalloc(sizeof(*memory), GFP_KERNEL);

	if (!memory)
		return NULL;
	memory->cpu = fe_dma_pages(dma, size);
	if (!memory->cpu) {
		kfree(memory);
		return NULL;
	}
	memory->page = virt_to_page(memory->cpu);
	memory->size = size;
	memory->dma = (struct fe_dma *)dma;
	memory->dev = dma->fe.bound->dev;
	return memory;
}

int fe_dma_buf_alloc(const struct fe_dma *dma, size_t size, struct fe_dma_buf *buf)
{
	struct fe_dma_memory *memory;

	if (!size || size > KMALLOC_MAX_SIZE)
		return -EINVAL;
	if (fe_fault("dma_buf"))
		return -ENOMEM;
	memory = fe_dma_memory_new(dma, size);
	if (!memory)
		return -ENOMEM;
	fe_debug_own(memory, "dma_buf", _RET_IP_);
	buf->memory = memory;
	return 0;
}
EXPORT_SYMBOL_GPL(fe_dma_buf_alloc);

void fe_dma_buf_free(struct fe_dma_buf *buf)
{
	struct fe_dma_memory *memory = fe_move(buf->memory);

	fe_debug_disown(memory);
	free_pages_exact(memory->cpu, memory->size);
	kfree(memory);
}
EXPORT_SYMBOL_GPL(fe_dma_buf_free);

/*
 * SAFETY: dma_map_page() wants pages that the kernel has for itself, which alloc_pages_exact()
 * gives, and an answer from dma_mapping_error(). The device is bound: the caller has a buffer.
 */
int fe_dma_give(struct fe_dma_buf *buf, size_t len, enum fe_dma_dir dir, struct fe_dma_map *map)
{
	struct fe_dma_memory *memory = buf->memory;

	if (map->memory)
		return -EBUSY;
	if (!memory || !len || len > memory->size)
		return -EINVAL;
	memory->dir = (enum dma_data_direction)dir;
	memory->len = len;
	memory->addr = fe_fault("dma_give") ? DMA_MAPPING_ERROR :
		dma_map_page(memory->dev, memory->page, 0, len, memory->dir);
	if (dma_mapping_error(memory->dev, memory->addr))
		return -EIO;
	buf->memory = NULL;
	map->memory = memory;
	return 0;
}
EXPORT_SYMBOL_GPL(fe_dma_give);

/* SAFETY: an owned value ends before the resources of its binding, of which its fe_dma is one. */
void fe_dma_map_drop(struct fe_dma_map *map)
{
	struct fe_dma_memory *memory = fe_move(map->memory);

	if (memory)
		llist_add(&memory->left, &memory->dma->left);
}
EXPORT_SYMBOL_GPL(fe_dma_map_drop);

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Streaming DMA: buffers that change hands.
 *
 * A struct fe_dma_buf is memory that the CPU owns. fe_dma_give() moves it into a
 * struct fe_dma_map, which the device owns: the driver has no way to touch it there.
 * fe_dma_take() moves it back, which a driver does once the device says that it is done.
 * A map that is dropped, at unbind or before it, is freed after the device was stopped: until then
 * the device may write there, and nobody else gets the memory.
 *
 * Both are owned values; a driver that keeps one in its state declares it by FE_DROP().
 */
#ifndef _FERRULE_DMA_H
#define _FERRULE_DMA_H

#include <linux/dma-mapping.h>
#include <linux/llist.h>

#include <ferrule/own.h>
#include <ferrule/user.h>

/**
 * struct fe_dma - a device's way to memory
 *
 * Invariants: while the device is bound its DMA mask is @bits wide. What is @left was dropped and
 * may still be written by the device.
 */
struct __fe_pinned __fe_cell fe_dma {
	struct fe_res		fe __fe_private;
	unsigned int		bits __fe_private;
	struct llist_head	left __fe_private;
};

/**
 * fe_dma_init() - say which memory the device can reach
 * @dev: the device
 * @dma: a handle in the driver's state
 * @bits: width of an address, 1 to 64
 *
 * Context: probe. See dma_set_mask_and_coherent().
 * Return: 0; -EINVAL for @bits; -EIO if the platform cannot do it; or what fe_res_check() says.
 */
int __fe_must_check fe_dma_init(struct fe_dev *dev, struct fe_dma *dma __fe_acquire,
				unsigned int bits);

/*
 * The memory itself: whoever owns it owns the pointer to this, so that little moves.
 *
 * Invariants: @size bytes at @cpu, whose pages begin with @page, all within the reach of @dev.
 * While a struct fe_dma_map owns it, @len of them are mapped at @addr.
 */
struct fe_dma_memory {
	struct llist_node	left;
	struct fe_dma		*dma;
	struct device		*dev;
	struct page		*page;
	void			*cpu;
	size_t			size;
	dma_addr_t		addr;
	size_t			len;
	enum dma_data_direction	dir;
};

/**
 * struct fe_dma_buf - memory for DMA that the CPU owns
 *
 * Invariants: empty (all zero), or the only name of the memory.
 */
struct __fe_owned fe_dma_buf {
	struct fe_dma_memory	*memory __fe_private;
};

/**
 * struct fe_dma_map - memory for DMA that the device owns
 *
 * Invariants: empty (all zero), or the only name of the memory, which is mapped.
 */
struct __fe_owned __fe_on_device fe_dma_map {
	struct fe_dma_memory	*memory __fe_private;
};

enum fe_dma_dir {
	FE_TO_DEVICE	= DMA_TO_DEVICE,
	FE_FROM_DEVICE	= DMA_FROM_DEVICE,
	FE_BOTH_WAYS	= DMA_BIDIRECTIONAL,
};

/**
 * fe_dma_buf_alloc() - allocate a buffer
 * @dma: of the device
 * @size: bytes; not 0
 * @buf: where to put it, empty; the caller owns it if, and only if, 0 is returned
 *
 * The memory is zeroed, and such that the device reaches it without a bounce buffer.
 *
 * Context: may sleep. See alloc_pages_exact().
 * Return: 0; -EINVAL for @size; -ENOMEM.
 */
int __fe_must_check fe_dma_buf_alloc(const struct fe_dma *dma, size_t size,
				     struct fe_dma_buf *buf __fe_out) __fe_sleeps;

/* For fe_dma_buf_drop(): the buffer is not empty. */
__fe_private void fe_dma_buf_free(struct fe_dma_buf *buf __fe_drop);

/**
 * fe_dma_buf_drop() - free a buffer
 * @buf: owned by the caller; empty is fine; empty afterwards
 *
 * Context: process context. See free_pages_exact().
 *
 * SAFETY: where there is no memory the buffer is empty, and nothing is left to end.
 */
static inline __fe_trusted void fe_dma_buf_drop(struct fe_dma_buf *buf __fe_drop)
{
	if (buf->memory)
		fe_dma_buf_free(buf);
}

/**
 * fe_dma_give() - give a buffer to the device
 * @buf: moved from if 0 is returned, untouched otherwise
 * @len: bytes from its start that are mapped; not 0
 * @dir: who will write them
 * @map: where the buffer goes; empty before; filled if, and only if, 0 is returned
 *
 * Context: any. See dma_map_page(); what the CPU wrote is visible to the device.
 * Return: 0; -EINVAL for the length or an empty buffer; -EBUSY if the map is not empty;
 * -EIO if it cannot be mapped.
 */
int __fe_must_check fe_dma_give(struct fe_dma_buf *buf __fe_take_ok __fe_to_device, size_t len,
				enum fe_dma_dir dir, struct fe_dma_map *map __fe_out);

/**
 * fe_dma_take() - take a buffer back from the device
 * @map: moved from; empty afterwards. The device is done with it
 *
 * Context: any. See dma_unmap_page(); what the device wrote is visible to the CPU.
 *
 * SAFETY: of dma_unmap_page(): the same device, address, length and direction as were mapped, once:
 * the map is emptied. It is in a driver's state or its callback's hands, so the device is bound.
 *
 * Return: the buffer, owned by the caller; empty if the map was.
 */
static inline __fe_trusted __fe_gives_sure
struct fe_dma_buf fe_dma_take(struct fe_dma_map *map __fe_take)
{
	struct fe_dma_memory *memory = map->memory;

	map->memory = NULL;
	if (memory)
		dma_unmap_page(memory->dev, memory->addr, memory->len, memory->dir);
	return (struct fe_dma_buf){ memory };
}

/*
 * For FE_DROP(), of the driver's state or of an open file's. Any context. The memory stays mapped
 * until the device was stopped. A driver that drops a map while it runs does not build
 * (dma-owned-by-device).
 */
void fe_dma_map_drop(struct fe_dma_map *map __fe_drop);

/**
 * fe_dma_given() - is a buffer with the device?
 * @map: a map
 *
 * Context: any.
 * Return: false if the map is empty.
 */
static inline __fe_tests bool fe_dma_given(const struct fe_dma_map *map)
{
	return map->memory;
}

/**
 * fe_dma_addr() - the address by which the device knows the buffer
 * @map: a map that is not empty
 *
 * Context: any.
 * Return: bus address of the first mapped byte.
 */
static inline dma_addr_t fe_dma_addr(const struct fe_dma_map *map)
{
	return map->memory->addr;
}

/* NULL has nothing. */
static inline bool fe_dma_memory_has(const struct fe_dma_memory *memory, size_t offset, size_t n)
{
	return memory && offset <= memory->size && n <= memory->size - offset;
}

/**
 * fe_dma_buf_get() - read from user space into a buffer
 * @buf: the CPU's
 * @offset: bytes from its start
 * @n: bytes
 * @from: the reader
 *
 * Context: process context; does not sleep. See copy_from_iter().
 * Return: 0; -ERANGE beyond the buffer; -EINVAL if fewer bytes are left; or -EFAULT, which
 * the handler returns (see user.h).
 *
 * SAFETY: the bytes are within the memory, which @buf keeps; the device has no mapping of it.
 */
static inline __fe_trusted __fe_must_check
int fe_dma_buf_get(struct fe_dma_buf *buf, size_t offset, size_t n, struct fe_reader *from)
{
	if (!fe_dma_memory_has(buf->memory, offset, n))
		return -ERANGE;
	return fe_user_get(&from->u, buf->memory->cpu + offset, n);
}

/**
 * fe_dma_buf_put() - write from a buffer to user space
 * @buf: the CPU's
 * @offset: bytes from its start
 * @n: bytes
 * @to: the writer
 *
 * Context: process context; does not sleep. See copy_to_iter().
 * Return: as fe_dma_buf_get().
 *
 * SAFETY: as fe_dma_buf_get(); the memory was zeroed, so that nothing uninitialised goes out.
 */
static inline __fe_trusted __fe_must_check
int fe_dma_buf_put(const struct fe_dma_buf *buf, size_t offset, size_t n, struct fe_writer *to)
{
	if (!fe_dma_memory_has(buf->memory, offset, n))
		return -ERANGE;
	return fe_user_put(&to->u, buf->memory->cpu + offset, n);
}

#endif /* _FERRULE_DMA_H */

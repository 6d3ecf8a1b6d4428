/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Coherent DMA memory: shared with the device for as long as it is bound.
 *
 * The device may write it at any time. So it has no pointer for the driver: an element is
 * loaded once, by value, and stored by value; what was checked is what is used.
 */
#ifndef _FERRULE_COHERENT_H
#define _FERRULE_COHERENT_H

#include <linux/dma-mapping.h>
#include <linux/nospec.h>

#include <ferrule/bound.h>

/**
 * struct fe_coherent - coherent memory, without its type
 *
 * Invariants: while the device is bound @cpu and @dma are the same @size bytes.
 */
struct __fe_pinned __fe_cell fe_coherent {
	struct fe_res		fe __fe_private;
	void			*cpu __fe_private;
	dma_addr_t		dma __fe_private;
	size_t			size __fe_private;
};

/**
 * FE_COHERENT() - name the type of a coherent array
 * @name: tag of the type; a field of it goes into the driver's state
 * @type: of an element
 * @count: elements
 */
#define FE_COHERENT(name, type, count)					\
	struct __fe_pinned __fe_cell name {				\
		union {							\
			struct fe_res		fe __fe_private;	\
			struct fe_coherent	coherent __fe_private;	\
		};							\
		type		element[0] __fe_private;		\
		char		length[0][count] __fe_private;		\
	}

#define __fe_coherent_count(c)	sizeof((c)->length[0])

int __fe_must_check __fe_coherent_alloc(struct fe_dev *dev, struct fe_coherent *c __fe_acquire,
					size_t size) __fe_sleeps;

/**
 * fe_coherent_alloc() - allocate a coherent array
 * @dev: the device; its DMA mask was set by fe_dma_init() if it is not 32 bits
 * @c: pointer to a field of a FE_COHERENT() type in the driver's state
 *
 * Zeroed. Freed at unbind, after the device was kept from memory.
 *
 * Context: probe; may sleep. See dma_alloc_coherent().
 * Return: 0; -ENOMEM; or what fe_res_check() says.
 */
#define fe_coherent_alloc(dev, c)					\
	__fe_coherent_alloc(dev, &(c)->coherent,			\
			    array_size(sizeof((c)->element[0]), __fe_coherent_count(c)))

/**
 * fe_load() - read an element, once
 * @c: pointer to a coherent array
 * @i: which, from 0; from a device or a user it may be anything
 * @value: pointer to a variable of the element's type
 *
 * An element of up to 8 bytes is read by one access, as the device wrote it: in the device's
 * order of bytes, see le32_to_cpu(). A barrier is the driver's, see fe_dma_rmb(). What was tested
 * is the variable, not the element: who loads it again has to test it again.
 *
 * Context: any. See READ_ONCE().
 * Return: 0, or -ERANGE with *value untouched.
 */
#define fe_load(c, i, value)						\
({									\
	size_t __fe_i = (i);						\
	const bool __fe_in = __fe_i < __fe_coherent_count(c);		\
	typeof(&(c)->element[0]) __fe_from;				\
	typeof(value) __fe_to = (value);				\
									\
	(void)sizeof(__fe_from == __fe_to);	/* the same type */	\
	if (__fe_in) {							\
		__fe_from = (c)->coherent.cpu;				\
		__fe_from += array_index_nospec(__fe_i, __fe_coherent_count(c)); \
		__fe_load_once((c), __fe_i, __fe_to, __fe_from, sizeof(*__fe_to)); \
	}								\
	__fe_in ? 0 : -ERANGE;						\
})

/**
 * fe_store() - write an element
 * @c: pointer to a coherent array
 * @i: which, from 0
 * @value: of the element's type
 *
 * An element of up to 8 bytes is written by one access. A barrier is the driver's: see
 * fe_dma_wmb(); fe_write() to a register is one.
 *
 * Context: any. See WRITE_ONCE().
 * Return: 0, or -ERANGE with nothing written.
 */
#define fe_store(c, i, value)						\
({									\
	size_t __fe_i = (i);						\
	const bool __fe_in = __fe_i < __fe_coherent_count(c);		\
	typeof(*(typeof(&(c)->element[0]))NULL) __fe_v = (value);	\
									\
	if (__fe_in)							\
		__fe_store_once((c), __fe_i,				\
				(c)->coherent.cpu + sizeof(__fe_v) *	\
				array_index_nospec(__fe_i, __fe_coherent_count(c)), \
				&__fe_v, sizeof(__fe_v));		\
	__fe_in ? 0 : -ERANGE;						\
})

/*
 * One access where there is one of that width, so that the device cannot change it half way.
 * The array and the index are for the checker: an element that was loaded is not the same
 * when it is loaded again.
 */
static __always_inline void __fe_load_once(const void *array, size_t i, void *to __fe_element(1, 2),
					   const void *from, size_t n)
{
	switch (n) {
	case sizeof(u8):
		*(u8 *)to = READ_ONCE(*(const u8 *)from);
		break;
	case sizeof(u16):
		*(u16 *)to = READ_ONCE(*(const u16 *)from);
		break;
	case sizeof(u32):
		*(u32 *)to = READ_ONCE(*(const u32 *)from);
		break;
	case sizeof(u64):
		*(u64 *)to = READ_ONCE(*(const u64 *)from);
		break;
	default:
		memcpy(to, from, n);
		barrier();	/* what is used is this copy */
	}
}

static __always_inline void __fe_store_once(const void *array, size_t i, void *to,
					    const void *from __fe_element(1, 2), size_t n)
{
	switch (n) {
	case sizeof(u8):
		WRITE_ONCE(*(u8 *)to, *(const u8 *)from);
		break;
	case sizeof(u16):
		WRITE_ONCE(*(u16 *)to, *(const u16 *)from);
		break;
	case sizeof(u32):
		WRITE_ONCE(*(u32 *)to, *(const u32 *)from);
		break;
	case sizeof(u64):
		WRITE_ONCE(*(u64 *)to, *(const u64 *)from);
		break;
	default:
		memcpy(to, from, n);
		barrier();	/* before what tells the device */
	}
}

/* What the device wrote before is read after; what is written before is seen before. */
#define fe_dma_rmb()		dma_rmb()
#define fe_dma_wmb()		dma_wmb()

/**
 * fe_coherent_addr() - the address by which the device knows the array
 * @c: pointer to a coherent array
 *
 * Context: any.
 * Return: bus address of element 0.
 */
#define fe_coherent_addr(c)	((c)->coherent.dma)

#endif /* _FERRULE_COHERENT_H */

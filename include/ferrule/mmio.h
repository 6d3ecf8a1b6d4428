/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Device registers: each has a block, an offset, a type and an access mode.
 *
 * FE_BAR() names a type for a block of registers of known size, FE_REG() the registers in
 * it. An offset outside the block, a register that is not aligned, reading a write-only or
 * writing a read-only register, a register of another block and a value that does not fit
 * are build errors on the driver's line, in functions that nobody calls too. An index that
 * is not known at build time is checked when it is used. A register whose bits several
 * callbacks change belongs to the data of a lock: FE_REG_GUARDED().
 *
 * A device that was unplugged reads all ones: fe_gone(). Nothing here sleeps but fe_poll().
 */
#ifndef _FERRULE_MMIO_H
#define _FERRULE_MMIO_H

#include <linux/const.h>
#include <linux/io.h>
#include <linux/nospec.h>

#include <ferrule/bound.h>

/**
 * struct fe_bar - a mapped block of registers
 *
 * Invariants: while the device is bound @base maps at least the size of the block's type.
 */
struct __fe_pinned fe_bar {
	struct fe_res		fe __fe_private;
	void __iomem		*base __fe_private;
	int			index __fe_private;
};

/**
 * FE_BAR() - name the type of a block of registers
 * @name: tag of the type; a field of it goes into the driver's state
 * @size_: bytes, known at build time; mapping a smaller region fails
 */
#define FE_BAR(name, size_)						\
	struct __fe_pinned name {					\
		union {							\
			struct fe_res	fe __fe_private;		\
			struct fe_bar	bar __fe_private;		\
		};							\
		char			size[0][size_] __fe_private;	\
	}

#define __fe_bar_size(name)	sizeof(((struct name *)0)->size[0])

#define __FE_MAY_READ_RO	1
#define __FE_MAY_READ_RW	1
#define __FE_MAY_READ_WO	0
#define __FE_MAY_WRITE_RO	0
#define __FE_MAY_WRITE_RW	1
#define __FE_MAY_WRITE_WO	1

/**
 * FE_REG() - name a register
 * @block: tag of a FE_BAR() type
 * @name: of the register, for fe_read() and fe_write()
 * @offset: bytes from the start of the block
 * @type: u8, u16, u32 or u64: its width
 * @mode: RO, WO or RW
 */
#define FE_REG(block, name, offset, type, mode)				\
	FE_REG_ARRAY(block, name, offset, type, mode, 1)

/**
 * FE_REG_ARRAY() - name registers of one kind that follow one another
 * @block: tag of a FE_BAR() type
 * @name: of the registers, for fe_read_at() and fe_write_at()
 * @offset: of the first, in bytes from the start of the block
 * @type: u8, u16, u32 or u64: the width of each
 * @mode: RO, WO or RW
 * @count: how many there are
 */
#define FE_REG_ARRAY(block, name, offset, type, mode, count)		\
	__FE_REG(block, name, offset, type, mode, count, 0)

/**
 * FE_REG_GUARDED() - name a register that belongs to the data of a lock
 * @block: tag of a FE_BAR() type
 * @name: of the register, for fe_read_guarded() and fe_write_guarded()
 * @offset: bytes from the start of the block
 * @type: u8, u16, u32 or u64: its width
 * @mode: RO, WO or RW
 * @data: the type that the lock holds, struct nic_engine
 *
 * For a register whose bits several callbacks change: who reads it, changes a bit and writes it
 * back without the lock undoes what another one has changed meanwhile.
 */
#define FE_REG_GUARDED(block, name, offset, type, mode, data)		\
	static __always_inline void name##__fe_guard(const typeof(data) *guard __fe_guarded) \
	{								\
	}								\
	__FE_REG(block, name, offset, type, mode, 1, 1)

#define __FE_REG(block, name, offset, type, mode, count, guarded)	\
	enum {								\
		name##__fe_readable = __FE_MAY_READ_##mode,		\
		name##__fe_writable = __FE_MAY_WRITE_##mode,		\
		name##__fe_count = (count),				\
		name##__fe_is_guarded = (guarded),			\
	};								\
	typedef type name##__fe_type;					\
	typedef struct block name##__fe_block;				\
	static_assert((offset) % sizeof(type) == 0,			\
		       #name " is not aligned to its width [ferrule-register-range]"); \
	static_assert((u64)(offset) <= __fe_bar_size(block) &&		\
		       (u64)(count) <= (__fe_bar_size(block) - (offset)) / sizeof(type), \
		       #name " lies outside of struct " #block " [ferrule-register-range]"); \
	static __always_inline type name##__fe_read(const struct block *b, size_t i) \
	{								\
		return fe_mmio_read_##type(b->bar.base + (offset) + i * sizeof(type)); \
	}								\
	static __always_inline void name##__fe_write(const struct block *b, size_t i, type v) \
	{								\
		fe_mmio_write_##type(b->bar.base + (offset) + i * sizeof(type), v); \
	}								\
	static __always_inline __fe_must_check				\
	int name##__fe_read_at(const struct block *b, size_t i, type *v) \
	{								\
		if (i >= (count))					\
			return -ERANGE;					\
		*v = name##__fe_read(b, array_index_nospec(i, count));	\
		return 0;						\
	}								\
	static __always_inline __fe_must_check				\
	int name##__fe_write_at(const struct block *b, size_t i, type v) \
	{								\
		if (i >= (count))					\
			return -ERANGE;					\
		name##__fe_write(b, array_index_nospec(i, count), v);	\
		return 0;						\
	}								\
	static inline __fe_must_check					\
	int name##__fe_poll(const struct block *b, type mask, type want, \
			    unsigned long timeout_us)			\
	{								\
		return fe_bar_poll(&b->bar, offset, sizeof(type), mask, want, timeout_us); \
	}								\
	struct __fe_semicolon

/*
 * SAFETY: of the accessors: @at is inside the mapping, by the assertions of FE_REG_ARRAY()
 * and the size check of the mapping; the mapping outlives every callback, because unbind
 * stops them before it releases. Ordering is that of readl() and writel().
 */
#define __FE_MMIO(type, suffix)						\
	static __always_inline type fe_mmio_read_##type(const void __iomem *at) \
	{								\
		return read##suffix(at);				\
	}								\
	static __always_inline void fe_mmio_write_##type(void __iomem *at, type v) \
	{								\
		write##suffix(v, at);					\
	}								\
	struct __fe_semicolon

__FE_MMIO(u8, b);
__FE_MMIO(u16, w);
__FE_MMIO(u32, l);
__FE_MMIO(u64, q);

#ifdef FERRULE_CHECKER
/* For the checker, which reports what does not hold, and where the register is declared. */
static __always_inline __fe_requires
void fe_mmio_require(bool holds, const char *reg, const char *what, const char *hint)
{
}
#define __fe_require(reg, holds, what, hint)	fe_mmio_require(holds, #reg, what, hint)
#else
#define __fe_require(reg, holds, what, hint)				\
	static_assert(holds, #reg " " what " [ferrule-register-access]")
#endif

#define __fe_check_block(block, reg)					\
	__fe_require(reg, __same_type(*(block), reg##__fe_block),	\
		     "is no register of this block", "use the block that its FE_REG() names")
#define __fe_check_read(block, reg)					\
do {									\
	__fe_check_block(block, reg);					\
	__fe_require(reg, reg##__fe_readable, "is a write-only register", \
		     "if the device lets it be read, declare it RW");	\
} while (0)
#define __fe_check_write(block, reg, value)				\
do {									\
	__fe_check_block(block, reg);					\
	__fe_require(reg, reg##__fe_writable, "is a read-only register", \
		     "if the device lets it be written, declare it RW");	\
	__fe_require(reg, __fe_fits(reg##__fe_type, value),		\
		     "is narrower than the value", "mask or shift the value"); \
} while (0)
#define __fe_check_free(reg)						\
	__fe_require(reg, !reg##__fe_is_guarded, "belongs to the data of a lock", \
		     "use fe_read_guarded() or fe_write_guarded(), with the guard")
#define __fe_check_one(reg, instead)					\
	__fe_require(reg, reg##__fe_count == 1, "is several registers", "use " instead)

/* A constant must keep its value. */
#define __fe_fits(type, value)						\
	(sizeof(value) <= sizeof(type) || !__is_constexpr(value) ||	\
	 (u64)__fe_if_const(value) == (type)__fe_if_const(value))
#define __fe_if_const(value)						\
	__builtin_choose_expr(__is_constexpr(value), value, 0)

/* For the checker, which proves of what is not constant that it is not larger than that. */
static __always_inline __fe_narrows
u64 fe_mmio_narrow(u64 value, u64 most, const char *reg)
{
	return value;
}

/*
 * Arithmetic on narrow types is done in int, so that an int says nothing about the width that
 * was meant.
 */
#define __fe_narrow(reg, value)						\
	__builtin_choose_expr(sizeof(value) <= sizeof(reg##__fe_type) ||	\
			      sizeof(value) <= sizeof(int) || __is_constexpr(value), value, \
			      fe_mmio_narrow(value, (reg##__fe_type)~0ULL, #reg))

/* Of the right type, as was asserted: so there is one error where it is not. */
#define __fe_block_of(block, reg)	((const reg##__fe_block *)(block))

/**
 * fe_read() - read a register
 * @block: the mapped block, by const: any callback may read
 * @reg: a register of it that may be read
 *
 * Context: any. As readl(): a little-endian register, read before what follows.
 * Return: the value, of the register's type; all ones if the device is gone.
 */
#define fe_read(block, reg)						\
({									\
	__fe_check_read(block, reg);					\
	__fe_check_free(reg);						\
	__fe_check_one(reg, "fe_read_at()");				\
	reg##__fe_read(__fe_block_of(block, reg), 0);			\
})

/**
 * fe_write() - write a register
 * @block: the mapped block, by const: any callback may write
 * @reg: a register of it that may be written
 * @value: no wider than the register, or one that is proved to fit
 *
 * Context: any. As writel(): a little-endian register, written after what came before, also to
 * memory for DMA.
 */
#define fe_write(block, reg, value)					\
({									\
	__fe_check_write(block, reg, value);				\
	__fe_check_free(reg);						\
	__fe_check_one(reg, "fe_write_at()");				\
	reg##__fe_write(__fe_block_of(block, reg), 0, __fe_narrow(reg, value));		\
})

/**
 * fe_read_at() - read one of several registers
 * @block: the mapped block
 * @reg: registers of it that may be read, declared by FE_REG_ARRAY()
 * @i: which, from 0; from a device or a user it may be anything
 * @value: pointer to a variable of the registers' type
 *
 * Context: any. As fe_read().
 * Return: 0, or -ERANGE with *value untouched.
 */
#define fe_read_at(block, reg, i, value)				\
({									\
	__fe_check_read(block, reg);					\
	__fe_check_free(reg);						\
	reg##__fe_read_at(__fe_block_of(block, reg), i, value);		\
})

/**
 * fe_write_at() - write one of several registers
 * @block: the mapped block
 * @reg: registers of it that may be written, declared by FE_REG_ARRAY()
 * @i: which, from 0; from a device or a user it may be anything
 * @value: no wider than the register, or one that is proved to fit
 *
 * Context: any. As fe_write().
 * Return: 0, or -ERANGE with nothing written.
 */
#define fe_write_at(block, reg, i, value)				\
({									\
	__fe_check_write(block, reg, value);				\
	__fe_check_free(reg);						\
	reg##__fe_write_at(__fe_block_of(block, reg), i, __fe_narrow(reg, value));	\
})

/**
 * fe_read_guarded() - read a register that belongs to the data of a lock
 * @block: the mapped block
 * @reg: a register of it, declared by FE_REG_GUARDED(), that may be read
 * @guard: the data, by the guard of the lock
 *
 * Context: as the guard. As fe_read().
 * Return: the value; all ones if the device is gone.
 */
#define fe_read_guarded(block, reg, guard)				\
({									\
	__fe_check_read(block, reg);					\
	reg##__fe_guard(guard);						\
	reg##__fe_read(__fe_block_of(block, reg), 0);			\
})

/**
 * fe_write_guarded() - write a register that belongs to the data of a lock
 * @block: the mapped block
 * @reg: a register of it, declared by FE_REG_GUARDED(), that may be written
 * @guard: the data, by the guard of the lock
 * @value: no wider than the register, or one that is proved to fit
 *
 * Context: as the guard. As fe_write().
 */
#define fe_write_guarded(block, reg, guard, value)			\
({									\
	__fe_check_write(block, reg, value);				\
	reg##__fe_guard(guard);						\
	reg##__fe_write(__fe_block_of(block, reg), 0, __fe_narrow(reg, value));		\
})

/**
 * fe_gone() - does this value say that the device is gone?
 * @value: of a register in which not all bits can be one at a time
 *
 * Context: any.
 * Return: true if all bits are one: what a bus answers for a missing device.
 */
#define fe_gone(value)							\
({									\
	typeof(value) __fe_v = (value);					\
									\
	__fe_v == (typeof(value))~(typeof(value))0;			\
})

/* For fe_poll(). */
__fe_private int __fe_must_check fe_bar_poll(const struct fe_bar *bar, size_t offset, size_t width,
				u64 mask, u64 want, unsigned long timeout_us) __fe_sleeps;

/**
 * fe_poll() - wait until bits of a register have a value
 * @block: the mapped block
 * @reg: a register of it that may be read
 * @mask: the bits
 * @want: their value
 * @timeout_us: microseconds, at least, before giving up
 *
 * Context: may sleep. See readl() and usleep_range().
 * Return: 0; -ETIMEDOUT; -ENODEV if the register reads all ones or the device is being
 * unbound.
 */
#define fe_poll(block, reg, mask, want, timeout_us)			\
({									\
	__fe_check_read(block, reg);					\
	__fe_check_free(reg);						\
	reg##__fe_poll(__fe_block_of(block, reg), mask, want, timeout_us); \
})

#endif /* _FERRULE_MMIO_H */

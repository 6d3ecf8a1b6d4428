/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the tests take for the kernel: a driver must not reach it.
 */
#ifndef _TEST_KERNEL_H
#define __init		__attribute__((section(".init.text")))
#define __exit		__attribute__((section(".exit.text")))
#define __noreturn	__attribute__((__noreturn__))
#define __weak		__attribute__((__weak__))
#define __initconst	__attribute__((section(".init.rodata")))
#define _TEST_KERNEL_H

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef unsigned long size_t;
typedef _Bool bool;

#define false		0
#define true		1

#define NULL		((void *)0)
#define GFP_KERNEL	0xcc0u
#define EINVAL		22
#define EIO		5

#define offsetof(T, f)	__builtin_offsetof(T, f)
#define container_of(p, T, f)						\
({									\
	void *__mptr = (void *)(p);					\
	(T *)(__mptr - offsetof(T, f));					\
})
#define list_entry(p, T, f)	container_of(p, T, f)
#define min(a, b)							\
({									\
	typeof(a) __a = (a);						\
	typeof(b) __b = (b);						\
									\
	(void)((typeof(__a) *)1 == (typeof(__b) *)1);			\
	__a < __b ? __a : __b;						\
})
#define BUILD_BUG_ON_ZERO(e)	((int)(sizeof(struct { int : (-!!(e)); })))
#define __must_be_array(a)						\
	BUILD_BUG_ON_ZERO(__builtin_types_compatible_p(typeof(a), typeof(&(a)[0])))
#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]) + __must_be_array(a))
#define pr_info(fmt, ...)	_printk(fmt, ##__VA_ARGS__)
#define barrier()	asm volatile("" : : : "memory")
#define fallthrough	__attribute__((__fallthrough__))
#define BIT(n)		(1ul << (n))
#define smp_mb()	barrier()

struct list_head {
	struct list_head *next, *prev;
};

struct device {
	const char *name;
	struct device *parent;
	void *driver_data;
};

extern unsigned long jiffies;

int _printk(const char *fmt, ...);
void *kmalloc(size_t n, u32 flags);
void kfree(const void *p);
void *memcpy(void *to, const void *from, size_t n);
void *memset(void *to, int c, size_t n);
void msleep(unsigned int ms);

static inline void *dev_get_drvdata(const struct device *dev)
{
	return dev->driver_data;
}

static inline bool IS_ERR(const void *p)
{
	return (unsigned long)p >= (unsigned long)-4095;
}

static inline long PTR_ERR(const void *p)
{
	return (long)p;
}

static inline void *ERR_PTR(long error)
{
	return (void *)error;
}

#endif /* _TEST_KERNEL_H */

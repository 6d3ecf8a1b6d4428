/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/* One operation of the layer, and of the kernel under it, many times. */
#ifndef _MICRO_UAPI_H
#define _MICRO_UAPI_H

#include <linux/ioctl.h>
#include <linux/types.h>

/* The same list in both drivers and in the program that measures them. */
#define MICRO_OPS(op)							\
	op(NOTHING, "a loop with nothing in it")			\
	op(READ, "read a register")					\
	op(WRITE, "write a register")					\
	op(READ_AT, "read one of several registers")			\
	op(MUTEX, "take and leave a mutex")				\
	op(INTERRUPTIBLE, "the same, interruptibly")			\
	op(SPIN, "take and leave a spinlock")				\
	op(SPIN_IRQ, "the same, interrupts off")			\
	op(GUARDED, "change data under a spinlock")			\
	op(COUNT, "count")						\
	op(WAKE, "wake a queue where nobody waits")			\
	op(CONDITION, "wait for what is so already")			\
	op(COMPLETE, "arm, complete, wait")				\
	op(IRQ, "interrupt to waiter")					\
	op(LOAD, "load from coherent memory")				\
	op(STORE, "store to coherent memory")				\
	op(MAP, "give a buffer to the device, take it back")		\
	op(BOX, "allocate and free 64 bytes")

#define MICRO_ENUM(name, text)	MICRO_##name,
enum micro_op {
	MICRO_OPS(MICRO_ENUM)
	MICRO_OPS_COUNT
};

struct micro_run {
	__u32	op;		/* enum micro_op */
	__u32	count;		/* how many times */
	__u32	index;		/* where one is needed: this, and its neighbour, in turn */
	__u32	reserved;
};

/* What read() gives and write() takes. */
struct micro_value {
	__u64	value[8];
};

#define MICRO_IOC_RUN		_IOW('m', 0, struct micro_run)

#endif /* _MICRO_UAPI_H */

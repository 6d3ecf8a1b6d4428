/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/* One operation of the layer, or of the kernel under it, many times. */
#ifndef _MICRO_UAPI_H
#define _MICRO_UAPI_H

#include <linux/ioctl.h>
#include <linux/types.h>

/* The same list in both drivers and in the program that measures them. */
#define MICRO_OPS(op)							\
	op(NOTHING, micro_nothing, "a call of nothing")			\
	op(READ, micro_read, "read a register")				\
	op(WRITE, micro_write, "write a register")			\
	op(READ_AT, micro_read_at, "read one of several registers")	\
	op(WRITE_AT, micro_write_at, "write one of several registers")	\
	op(MUTEX, micro_take_mutex, "data under a mutex")		\
	op(INTERRUPTIBLE, micro_interruptible, "the same, interruptibly")	\
	op(SPIN, micro_take_spin, "data under a spinlock")		\
	op(TRY_SPIN, micro_try_spin, "the same, if it is free")		\
	op(SPIN_IRQ, micro_take_irq_on, "data under a spinlock, interrupts off")	\
	op(SPIN_ANY, micro_take_spin_irq, "the same, where they may be off")	\
	op(GUARDED, micro_guarded, "the same, two ways out")		\
	op(COUNT, micro_count, "count")					\
	op(WAKE, micro_wake, "wake a queue where nobody waits")		\
	op(CONDITION, micro_condition, "wait for what is so already")	\
	op(COMPLETE, micro_complete, "arm, complete, wait")		\
	op(TIMEOUT, micro_timeout, "the same, with a timeout")		\
	op(IRQ, micro_irq, "interrupt to waiter")			\
	op(LOAD, micro_load, "load from coherent memory")		\
	op(STORE, micro_store, "store to coherent memory")		\
	op(MAP, micro_map, "give a buffer to the device, take it")	\
	op(BOX, micro_box, "allocate and free 64 bytes")

#define MICRO_ENUM(name, fn, text)	MICRO_##name,
enum micro_op {
	MICRO_OPS(MICRO_ENUM)
};

struct micro_run {
	__u32	op;		/* enum micro_op */
	__u32	count;		/* how many times */
};

/* What read() gives and write() takes. */
struct micro_value {
	__u64	value[8];
};

#define MICRO_IOC_RUN		_IOW('m', 0, struct micro_run)

#endif /* _MICRO_UAPI_H */

/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * /dev/eduN: what user space says to the edu driver.
 *
 * read() and write() move bytes between the caller and the device's memory, EDU_MEMORY bytes,
 * at the file position. mmap() gives a window of EDU_WINDOW bytes that EDU_IOC_COPY moves from
 * and to the same memory without a copy by the CPU. The factorial unit computes one factorial
 * at a time, for one open file; POLLIN says that a result waits for this file, POLLOUT that the
 * unit is free.
 *
 * When the device is unplugged or unbound, everything answers ENODEV, poll() POLLHUP, and
 * the window SIGBUS.
 */
#ifndef _EDU_UAPI_H
#define _EDU_UAPI_H

#include <linux/ioctl.h>
#include <linux/types.h>

/*
 * The device has 4 KiB; the last byte is out of reach, because QEMU up to 8.1 stops the whole
 * machine when a transfer ends there.
 */
#define EDU_MEMORY	4095
#define EDU_WINDOW	4096

struct edu_ident {
	__u32	id;		/* 0xRRrr00ed: major and minor revision */
	__u32	vectors;	/* interrupt vectors in use */
};

struct edu_factorial {
	__u32	n;
	__u32	result;		/* n!, modulo 2^32 */
};

struct edu_copy {
	__u32	pos;		/* in the device's memory; the window is used from its start */
	__u32	len;		/* bytes */
	__u32	to_device;	/* 1: from the window to the device; 0: the other way */
	__u32	reserved;	/* 0 */
};

struct edu_stats {
	__u64	interrupts;
	__u64	factorials;
	__u64	transfers;	/* by DMA, either way */
	__u64	opens;
};

#define EDU_IOC_IDENT		_IOR('e', 0, struct edu_ident)
/*
 * Start to compute n!. Waits for the unit to be free, or answers EAGAIN (O_NONBLOCK); EBUSY if
 * this file has started one before and has not fetched its result.
 */
#define EDU_IOC_START		_IOW('e', 1, struct edu_factorial)
/* Fetch the result of what this file started. Waits for it, or answers EAGAIN (O_NONBLOCK). */
#define EDU_IOC_RESULT		_IOR('e', 2, struct edu_factorial)
#define EDU_IOC_COPY		_IOW('e', 3, struct edu_copy)
#define EDU_IOC_STATS		_IOR('e', 4, struct edu_stats)

#endif /* _EDU_UAPI_H */

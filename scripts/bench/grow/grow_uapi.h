/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/* What is done while a binding has many resources and owned values. */
#ifndef _GROW_UAPI_H
#define _GROW_UAPI_H

#include <linux/ioctl.h>
#include <linux/types.h>

struct grow_find {
	__u64	index;		/* of a value */
	__u64	count;		/* how many times */
};

#define GROW_IOC_NOTHING	_IOW('g', 0, struct grow_find)
#define GROW_IOC_FIND		_IOW('g', 1, struct grow_find)

#endif /* _GROW_UAPI_H */

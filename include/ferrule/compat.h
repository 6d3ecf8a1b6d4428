/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What differs between the kernels that Ferrule supports: nothing else in the tree
 * tests LINUX_VERSION_CODE.
 */
#ifndef _FERRULE_COMPAT_H
#define _FERRULE_COMPAT_H

#include <linux/version.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 1, 0) || LINUX_VERSION_CODE >= KERNEL_VERSION(6, 2, 0)
#error "Ferrule supports Linux 6.1; build against its headers (make KDIR=...)"
#endif

#ifndef CONFIG_64BIT
#error "Ferrule supports 64-bit kernels: registers of 64 bits are accessed at once"
#endif

#endif /* _FERRULE_COMPAT_H */

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the tests take for the kernel: a driver must not reach it.
 */
#ifndef _TEST_KERNEL_H
#define _TEST_KERNEL_H

#endif /* _TEST_KERNEL_H */

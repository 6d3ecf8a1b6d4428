/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _TEST_COMPILER_H
#define _TEST_COMPILER_H
#include <linux/kernel.h>
#endif /* _TEST_COMPILER_H */

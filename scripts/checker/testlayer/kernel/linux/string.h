/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _TEST_STRING_H
#define _TEST_STRING_H
#include <linux/kernel.h>
#endif /* _TEST_STRING_H */

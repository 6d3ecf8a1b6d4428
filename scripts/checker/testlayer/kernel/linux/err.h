/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _TEST_ERR_H
#define _TEST_ERR_H
#include <linux/kernel.h>
#endif /* _TEST_ERR_H */

/* SPDX-License-Identifier: GPL-2.0 */
/* A header shared with user space: it may include these two of the kernel's. */
#include <linux/types.h>
#include <linux/ioctl.h>

#define OWN_COMMAND 1

int from_another_file(int n);

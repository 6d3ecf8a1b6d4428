/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _TEST_IOCTL_H
#define _TEST_IOCTL_H
#endif /* _TEST_IOCTL_H */

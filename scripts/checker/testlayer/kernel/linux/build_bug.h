/* SPDX-License-Identifier: GPL-2.0 */
/* The kernel's header, as far as the vocabulary needs it. */
#ifndef _LINUX_BUILD_BUG_H
#define _LINUX_BUILD_BUG_H

#define static_assert(expr, ...)	_Static_assert(expr, "" __VA_ARGS__)

#endif

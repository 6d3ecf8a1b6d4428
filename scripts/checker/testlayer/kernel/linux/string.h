/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _TEST_STRING_H
#define _TEST_STRING_H
#include <linux/kernel.h>

/* Fortified, as the kernel's is. */
#define memset(p, c, n)							\
({									\
	size_t __fortify_size = (n);					\
									\
	if (__builtin_object_size(p, 0) < __fortify_size)		\
		__builtin_trap();					\
	__builtin_memset(p, c, __fortify_size);				\
})

#endif /* _TEST_STRING_H */

// SPDX-License-Identifier: GPL-2.0
/*
 * P30: a file descriptor is public before the copy to the user that can fail
 *
 * Class: user-ptr
 * Was: CVE-2026-89996, dma_heap_ioctl()
 * Answer: cannot be written: the layer has no descriptors to give out, and copies answers itself;
 *   no handler sees a pointer of the user's.
 * Layer: <ferrule/ioctl.h>; none for descriptors yet
 */
#include <ferrule/ioctl.h>

struct alloc {
	u64 len;
	u32 fd;
	u32 flags;
};

static int copy_by_hand(struct alloc *arg, u64 user)
{
	void __user *to = (void __user *)(uintptr_t)user;	/* error: pointer-cast */

	return copy_to_user(to, arg, sizeof(*arg)) ? -EFAULT : 0;	/* error: foreign-symbol */
}

static int unchecked_copy(struct fe_writer *to, u32 n)
{
	int ret = fe_put(to, n);		/* error: ignored-error */

	ret = 0;
	return ret;
}

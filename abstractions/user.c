// SPDX-License-Identifier: GPL-2.0
/* Pages of user memory, brought in where waiting for them is allowed. */
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/sched/signal.h>

#include <ferrule/user.h>

/*
 * SAFETY: not in the gate: the pages may be somebody's who never answers. A call that is
 * begun again sees the iterator as it was: iov_iter_revert() goes back by what was moved.
 */
int fe_user_fault_in(struct iov_iter *iter, size_t moved, size_t needed, bool writeable)
{
	iov_iter_revert(iter, moved);
	if (fatal_signal_pending(current))
		return -EINTR;
	if (writeable)
		return fault_in_iov_iter_writeable(iter, needed) ? -EFAULT : 0;
	return fault_in_iov_iter_readable(iter, needed) ? -EFAULT : 0;
}
EXPORT_SYMBOL_GPL(fe_user_fault_in);

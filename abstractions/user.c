// SPDX-License-Identifier: GPL-2.0
/* Copies from and to user memory that never wait for a page. */
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/sched/signal.h>
#include <linux/sizes.h>

#include <ferrule/user.h>

/* What a failed copy wanted, from the start of the call: that is to be brought in. */
static int fe_user_missed(struct fe_user *u, size_t n)
{
	u->needed = iov_iter_count(&u->start) - iov_iter_count(u->iter) + n;
	return -EFAULT;
}

int fe_user_get(struct fe_user *u, void *to, size_t n)
{
	size_t left = iov_iter_count(u->iter);

	if (n > left)
		return -EINVAL;
	/*
	 * SAFETY: with page faults disabled copy_from_iter() does not sleep; it stops at
	 * the first page that is not there, advances by what it copied, and reports that.
	 */
	pagefault_disable();
	left = n - copy_from_iter(to, n, u->iter);
	pagefault_enable();
	return left ? fe_user_missed(u, left) : 0;
}
EXPORT_SYMBOL_GPL(fe_user_get);

int fe_user_put(struct fe_user *u, const void *from, size_t n)
{
	size_t left = iov_iter_count(u->iter);

	if (n > left)
		return -EINVAL;
	/* SAFETY: as in fe_user_get(). */
	pagefault_disable();
	left = n - copy_to_iter(from, n, u->iter);
	pagefault_enable();
	return left ? fe_user_missed(u, left) : 0;
}
EXPORT_SYMBOL_GPL(fe_user_put);

/* Returns how many bytes could not be brought in. */
static size_t fe_user_touch(const struct fe_user *u, size_t n, bool writeable)
{
	if (writeable)
		return fault_in_iov_iter_writeable(u->iter, n);
	return fault_in_iov_iter_readable(u->iter, n);
}

/*
 * SAFETY: not in the gate: the pages may be somebody's who never answers. A call that is
 * begun again sees the iterator as it was; a copy of an iov_iter over user memory is
 * that, since its segments are not written.
 */
int fe_user_fault_in(struct fe_user *u, bool writeable)
{
	size_t needed = u->needed;

	*u->iter = u->start;
	u->needed = 0;
	if (fatal_signal_pending(current))
		return -EINTR;
	return fe_user_touch(u, needed, writeable) ? -EFAULT : 0;
}
EXPORT_SYMBOL_GPL(fe_user_fault_in);

void fe_user_fault_first(struct fe_user *u, bool writeable)
{
	/* A longer call pays for its pages when it gets there. */
	fe_user_touch(u, min_t(size_t, iov_iter_count(u->iter), SZ_64K), writeable);
}
EXPORT_SYMBOL_GPL(fe_user_fault_first);

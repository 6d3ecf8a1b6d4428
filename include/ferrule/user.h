/* SPDX-License-Identifier: GPL-2.0 */
/*
 * User memory, as read() and write() bring it: consumed once, never dereferenced.
 *
 * A handler for write gets a struct fe_reader, one for read a struct fe_writer; each byte
 * passes once, so that nothing can be fetched twice. Copies run with page faults
 * disabled, because a page that is fetched by a user-space pager may never come while
 * unbind waits at the gate. A copy that meets a missing page answers -EFAULT; when the
 * handler returns that, the layer leaves the gate, brings the pages in, and *calls the
 * handler again* from the start. So: consume what the device delivers only after the copy
 * succeeded. An operation that is expensive to repeat asks for its pages to be brought in
 * beforehand (.fault_first in the node's operations).
 */
#ifndef _FERRULE_USER_H
#define _FERRULE_USER_H

#include <linux/sizes.h>
#include <linux/uaccess.h>
#include <linux/uio.h>

#include <ferrule/file.h>

/* What readers and writers have in common. */
struct fe_user {
	struct iov_iter		*iter __fe_private;
	size_t			offered __fe_private;	/* bytes, at the beginning of the call */
	size_t			needed __fe_private;	/* of them, what a failed copy wanted */
	loff_t			pos __fe_private;
};

/**
 * struct fe_reader - bytes that come from user space
 *
 * Invariants: exists only during the call; each byte is read at most once.
 */
struct __fe_token fe_reader {
	struct fe_user		u __fe_private;
};

/**
 * struct fe_writer - room for bytes that go to user space
 *
 * Invariants: exists only during the call; each byte is written at most once.
 */
struct __fe_token fe_writer {
	struct fe_user		u __fe_private;
};

/**
 * fe_left() - how many bytes the user still offers
 * @x: a reader or a writer
 *
 * Context: any. See iov_iter_count().
 * Return: bytes; within the node, if it has a size.
 */
#define fe_left(x)		iov_iter_count((x)->u.iter)

/**
 * fe_pos() - the file position at which the call began
 * @x: a reader or a writer
 *
 * Context: any.
 * Return: bytes from the start of the file; never negative.
 */
#define fe_pos(x)		((x)->u.pos)

/* How many bytes passed since the call began. */
static __always_inline size_t fe_user_moved(const struct fe_user *u)
{
	size_t begin = u->offered;

	return begin - iov_iter_count(u->iter);
}

/* What a failed copy wanted, from the start of the call: that is to be brought in. */
static __always_inline int fe_user_missed(struct fe_user *u, size_t n)
{
	u->needed = fe_user_moved(u) + n;
	return -EFAULT;
}

/*
 * For the typed copies of the layer: @n bytes or -EFAULT. Inline, so that a size that is known
 * is not checked at run time, and so that @u stays in registers.
 *
 * SAFETY: with page faults disabled copy_from_iter() does not sleep; it stops at the first
 * page that is not there, advances by what it copied, and reports that.
 */
static __always_inline __fe_private __fe_trusted __fe_must_check
int fe_user_get(struct fe_user *u, void *to __fe_from_user, size_t n)
{
	size_t copied;

	if (n > iov_iter_count(u->iter))
		return -EINVAL;
	pagefault_disable();
	copied = copy_from_iter(to, n, u->iter);
	pagefault_enable();
	return likely(copied == n) ? 0 : fe_user_missed(u, n - copied);
}

/* SAFETY: as fe_user_get(). */
static __always_inline __fe_private __fe_trusted __fe_must_check
int fe_user_put(struct fe_user *u, const void *from __fe_to_user, size_t n)
{
	size_t copied;

	if (n > iov_iter_count(u->iter))
		return -EINVAL;
	pagefault_disable();
	copied = copy_to_iter(from, n, u->iter);
	pagefault_enable();
	return likely(copied == n) ? 0 : fe_user_missed(u, n - copied);
}

/**
 * fe_get() - read one value from user space
 * @from: the reader
 * @value: a variable or field of a type without pointers
 *
 * Context: process context; does not sleep. See copy_from_iter().
 * Return: 0; -EINVAL if fewer bytes are left; or -EFAULT, which the handler returns.
 */
#define fe_get(from, value)						\
	fe_user_get(&(from)->u, &(value), sizeof(value))

/**
 * fe_put() - write one value to user space
 * @to: the writer
 * @value: a variable or field of a type without padding
 *
 * Context: process context; does not sleep. See copy_to_iter().
 * Return: 0; -EINVAL if there is no room; or -EFAULT, which the handler returns.
 */
#define fe_put(to, value)						\
({									\
	__fe_no_padding(value);						\
	fe_user_put(&(to)->u, &(value), sizeof(value));			\
})

/*
 * A type whose padding would reach user space does not build: gcc clears the padding of
 * a value that is all ones, and folds the comparison away if there is none.
 */
#define __fe_no_padding(value)						\
	compiletime_assert(!__fe_has_padding(typeof(((void)0, value))),	\
			   "a type with padding cannot be copied to user space")

#ifdef __CHECKER__	/* sparse does not know it */
#define __builtin_clear_padding(p)	((void)(p))
#endif

#define __fe_has_padding(T)						\
({									\
	union {								\
		T	t;						\
		u8	bytes[sizeof(T)];				\
	} __fe_u;							\
	bool __fe_hole = false;						\
									\
	__builtin_memset(&__fe_u, 0xff, sizeof(__fe_u));		\
	__builtin_clear_padding(&__fe_u.t);				\
	_Pragma("GCC unroll 512")					\
	for (size_t __fe_i = 0; __fe_i < sizeof(T); __fe_i++)		\
		__fe_hole |= __fe_u.bytes[__fe_i] != 0xff;		\
	__fe_hole;							\
})

/* For the node types of the layer: begin a call, and begin it again. */
static __always_inline void fe_user_begin(struct fe_user *u, const struct kiocb *iocb,
					  struct iov_iter *iter __fe_outlives(1))
{
	u->iter = iter;
	u->offered = iov_iter_count(iter);
	u->needed = 0;
	u->pos = iocb->ki_pos;
}

/* What the call moved: an answer that claims more is cut to it. */
static __always_inline ssize_t fe_user_end(const struct fe_user *u, struct kiocb *iocb,
					   ssize_t ret)
{
	ssize_t moved = fe_user_moved(u);

	ret = min(ret, moved);
	if (ret > 0)
		iocb->ki_pos += ret;
	return ret;
}

/*
 * Begin again after @moved bytes, with @needed of them and of those that follow brought in. 0, or
 * -EFAULT if they are not to be had. May sleep for ever.
 */
__fe_private int __fe_must_check fe_user_fault_in(struct iov_iter *iter, size_t moved,
						  size_t needed, bool writeable);
/*
 * Bring in what the call will want, as far as it is to be had; a longer call pays for its pages
 * when it gets there. May sleep for ever.
 */
static __always_inline void fe_user_fault_first(const struct iov_iter *iter, bool writeable)
{
	const size_t n = min_t(size_t, iov_iter_count(iter), SZ_64K);

	if (writeable)
		fault_in_iov_iter_writeable(iter, n);
	else
		fault_in_iov_iter_readable(iter, n);
}

/*
 * Keeps a call within a node of that size; 0: it is a stream. False if nothing of the call is
 * left: it begins at the end, or behind.
 */
static __always_inline bool fe_user_clip(const struct kiocb *iocb, struct iov_iter *iter,
					 loff_t size)
{
	if (!size)
		return true;
	iov_iter_truncate(iter, iocb->ki_pos < size ? size - iocb->ki_pos : 0);
	return iov_iter_count(iter);
}

static __always_inline __fe_must_check int fe_user_again(struct fe_user *u, bool writeable)
{
	size_t needed = u->needed;

	u->needed = 0;
	return fe_user_fault_in(u->iter, fe_user_moved(u), needed, writeable);
}

typedef ssize_t (*fe_read_fn)(const void *state, struct fe_file *file, struct fe_writer *to);
typedef ssize_t (*fe_write_fn)(const void *state, struct fe_file *file, struct fe_reader *from);

static __always_inline ssize_t
fe_file_read(struct kiocb *iocb, struct iov_iter *iter, fe_read_fn read, loff_t size,
	     bool fault_first)
{
	struct fe_file *file = iocb->ki_filp->private_data;
	struct fe_bound *bound = file->fe.bound;
	struct fe_writer to;
	ssize_t ret;
	int gate;

	if (!fe_user_clip(iocb, iter, size))
		return fe_bound_dead(bound) ? -ENODEV : 0;
	fe_user_begin(&to.u, iocb, iter);
	if (fault_first)
		fe_user_fault_first(iter, true);
	do {
		if (to.u.needed) {
			ret = fe_user_again(&to.u, true);
			if (ret)
				return ret;
		}
		gate = fe_gate_enter(bound);
		if (gate < 0)
			return gate;
		ret = read(bound->state, file, &to);
		fe_gate_exit(bound, gate);
	} while (ret == -EFAULT && to.u.needed);
	return fe_user_end(&to.u, iocb, ret);
}

static __always_inline ssize_t
fe_file_write(struct kiocb *iocb, struct iov_iter *iter, fe_write_fn write, loff_t size,
	      bool fault_first)
{
	struct fe_file *file = iocb->ki_filp->private_data;
	struct fe_bound *bound = file->fe.bound;
	const bool nothing = !iov_iter_count(iter);
	struct fe_reader from;
	ssize_t ret;
	int gate;

	if (!fe_user_clip(iocb, iter, size))
		return fe_bound_dead(bound) ? -ENODEV : nothing ? 0 : -ENOSPC;
	fe_user_begin(&from.u, iocb, iter);
	if (fault_first)
		fe_user_fault_first(iter, false);
	do {
		if (from.u.needed) {
			ret = fe_user_again(&from.u, false);
			if (ret)
				return ret;
		}
		gate = fe_gate_enter(bound);
		if (gate < 0)
			return gate;
		ret = write(bound->state, file, &from);
		fe_gate_exit(bound, gate);
	} while (ret == -EFAULT && from.u.needed);
	return fe_user_end(&from.u, iocb, ret);
}

#endif /* _FERRULE_USER_H */

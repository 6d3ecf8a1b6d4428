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

#include <linux/uaccess.h>
#include <linux/uio.h>

#include <ferrule/file.h>

/* What readers and writers have in common. */
struct fe_user {
	struct iov_iter		*iter __fe_private;
	struct iov_iter		start __fe_private;	/* where to begin again */
	loff_t			pos __fe_private;
	size_t			needed __fe_private;	/* bytes a failed copy wanted */
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
 */
#define fe_left(x)		iov_iter_count((x)->u.iter)

/**
 * fe_pos() - the file position at which the call began
 * @x: a reader or a writer
 *
 * Return: bytes from the start of the file; never negative.
 */
#define fe_pos(x)		((x)->u.pos)

/*
 * Out of line, for the typed copies of the layer: @n bytes or -EFAULT. They pass
 * page faults by; see above.
 */
__fe_private int __fe_must_check fe_user_get(struct fe_user *u, void *to __fe_from_user, size_t n);
__fe_private int __fe_must_check fe_user_put(struct fe_user *u, const void *from __fe_to_user,
					     size_t n);

/**
 * fe_get() - read one value from user space
 * @from: the reader
 * @value: a variable or field of a type without pointers
 *
 * Context: process context; does not sleep.
 * Return: 0; -EINVAL if fewer bytes are left; or -EFAULT, which the handler returns.
 */
#define fe_get(from, value)						\
	fe_user_get(&(from)->u, &(value), sizeof(value))

/**
 * fe_put() - write one value to user space
 * @to: the writer
 * @value: a variable or field of a type without padding
 *
 * Context: process context; does not sleep.
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
	u->start = *iter;
	u->pos = iocb->ki_pos;
	u->needed = 0;
}

/* What the call moved: an answer that claims more is cut to it. */
static __always_inline ssize_t fe_user_end(const struct fe_user *u, struct kiocb *iocb,
					   ssize_t ret)
{
	ssize_t moved = iov_iter_count(&u->start) - iov_iter_count(u->iter);

	ret = min(ret, moved);
	if (ret > 0)
		iocb->ki_pos += ret;
	return ret;
}

/* Bring in what is missing. 0, or -EFAULT if it is not to be had. May sleep for ever. */
__fe_private int __fe_must_check fe_user_fault_in(struct fe_user *u, bool writeable);
/* Bring in what the call will want, as far as it is to be had. May sleep for ever. */
__fe_private void fe_user_fault_first(struct fe_user *u, bool writeable);

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

typedef ssize_t (*fe_read_fn)(struct fe_file *file, struct fe_writer *to);
typedef ssize_t (*fe_write_fn)(struct fe_file *file, struct fe_reader *from);

static __always_inline ssize_t
fe_file_read(struct kiocb *iocb, struct iov_iter *iter, fe_read_fn read, loff_t size,
	     bool fault_first)
{
	struct fe_file *file = iocb->ki_filp->private_data;
	struct fe_writer to;
	ssize_t ret;
	int gate;

	if (fe_bound_dead(file->fe.bound))
		return -ENODEV;
	if (!fe_user_clip(iocb, iter, size))
		return 0;
	fe_user_begin(&to.u, iocb, iter);
	if (fault_first)
		fe_user_fault_first(&to.u, true);
	do {
		if (to.u.needed) {
			ret = fe_user_fault_in(&to.u, true);
			if (ret)
				return ret;
		}
		gate = fe_gate_enter(file->fe.bound);
		if (gate < 0)
			return gate;
		ret = read(file, &to);
		fe_gate_exit(file->fe.bound, gate);
	} while (ret == -EFAULT && to.u.needed);
	return fe_user_end(&to.u, iocb, ret);
}

static __always_inline ssize_t
fe_file_write(struct kiocb *iocb, struct iov_iter *iter, fe_write_fn write, loff_t size,
	      bool fault_first)
{
	struct fe_file *file = iocb->ki_filp->private_data;
	const bool nothing = !iov_iter_count(iter);
	struct fe_reader from;
	ssize_t ret;
	int gate;

	if (fe_bound_dead(file->fe.bound))
		return -ENODEV;
	if (!fe_user_clip(iocb, iter, size))
		return nothing ? 0 : -ENOSPC;
	fe_user_begin(&from.u, iocb, iter);
	if (fault_first)
		fe_user_fault_first(&from.u, false);
	do {
		if (from.u.needed) {
			ret = fe_user_fault_in(&from.u, false);
			if (ret)
				return ret;
		}
		gate = fe_gate_enter(file->fe.bound);
		if (gate < 0)
			return gate;
		ret = write(file, &from);
		fe_gate_exit(file->fe.bound, gate);
	} while (ret == -EFAULT && from.u.needed);
	return fe_user_end(&from.u, iocb, ret);
}

#endif /* _FERRULE_USER_H */

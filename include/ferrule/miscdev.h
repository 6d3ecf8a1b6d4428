/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Character devices: /dev/NAME0, NAME1, … one for each bound device.
 *
 * Every operation runs in the gate, so between the moment the driver's start returned and
 * unbind. Afterwards an open file answers -ENODEV, EPOLLHUP and, in its mappings, SIGBUS.
 */
#ifndef _FERRULE_MISCDEV_H
#define _FERRULE_MISCDEV_H

#include <linux/idr.h>
#include <linux/miscdevice.h>
#include <linux/module.h>

#include <ferrule/file.h>
#include <ferrule/mmap.h>
#include <ferrule/user.h>

/**
 * struct fe_miscdev - a character device of a bound device
 *
 * Invariants: registered with the kernel only after start, and until unbind.
 */
struct __fe_pinned fe_miscdev {
	struct fe_res		fe __fe_private;
	struct miscdevice	misc __fe_private;
	struct ida		*ida __fe_private;
	char			name[24] __fe_private;
	int			id __fe_private;
};

/* For FE_MISCDEV(). Fills in the handle; the node opens when the binding is armed. */
int __fe_must_check fe_miscdev_declare(struct fe_dev *dev, struct fe_miscdev *node __fe_acquire,
				       const char *name, struct ida *ida,
				       const struct file_operations *fops);

/*
 * SAFETY: misc_open() calls this with misc_mtx held and ->private_data pointing to the
 * miscdevice, which is registered, so that its binding has a reference. On success
 * ->private_data is the fe_file, which is put in ->release().
 */
static __always_inline int
fe_miscdev_open(struct file *filp, size_t size, int (*open)(struct fe_file *file),
		void (*end)(struct fe_file *file), void (*drop)(struct fe_file *file))
{
	struct miscdevice *misc = filp->private_data;
	struct fe_bound *bound = container_of(misc, struct fe_miscdev, misc)->fe.bound;
	int gate = fe_gate_enter(bound);
	struct fe_file *file;
	int ret;

	if (gate < 0)
		return gate;
	file = fe_file_new(bound, filp, size, end);
	ret = PTR_ERR_OR_ZERO(file);
	if (ret)
		goto out;
	ret = open(file);
	if (ret < 0) {
		drop(file);
		fe_file_put(file);
		goto out;
	}
	filp->private_data = file;
	fe_file_publish(file);
	ret = 0;
out:
	fe_gate_exit(bound, gate);
	return ret;
}

static __always_inline int
fe_miscdev_mmap(struct file *filp, struct vm_area_struct *vma,
		int (*mmap)(const void *state, struct fe_file *file, struct fe_vma *v))
{
	struct fe_file *file = filp->private_data;
	struct fe_bound *bound = file->fe.bound;
	struct fe_vma v = { .vma = vma };
	int gate = fe_gate_enter(bound);
	int ret;

	if (gate < 0)
		return gate;
	ret = mmap(bound->state, file, &v);
	if (!ret && !vma->vm_private_data)
		ret = -ENODEV;
	fe_gate_exit(bound, gate);
	return ret;
}

/* A node without a size is a stream: it has no position. */
static __always_inline loff_t fe_miscdev_llseek(struct file *filp, loff_t offset, int whence,
						loff_t size)
{
	struct fe_file *file = filp->private_data;

	if (fe_bound_dead(file->fe.bound))
		return -ENODEV;
	return size ? fixed_size_llseek(filp, offset, whence, size) : -ESPIPE;
}

#define __FE_NODE(state_, field, what)	__fe_##state_##_##field##_##what

/**
 * FE_MISCDEV() - define a kind of character device
 * @state_: tag of the driver's state
 * @field: the struct fe_miscdev in it
 * @open_: tag of the per-open state, whose first member is struct fe_file fe
 * @...: operations, each optional:
 *
 *	.size		bytes: read and write are kept within, and reach their handler only if
 *			something is left of them; a write at the end answers -ENOSPC. None:
 *			the node is a stream, which has no position
 *	.open		the per-open state is zeroed and exclusive. Must not wait: the
 *			kernel holds a lock of all character devices
 *	.release	once, at close or unbind: the per-open state is exclusive again
 *	.drop		ends the per-open state's owned values, after release
 *	.read		consumes the writer; returns bytes, or a negative errno
 *	.write		consumes the reader; returns bytes, or a negative errno
 *	.fault_first	read and write are expensive to repeat: see user.h
 *	.poll		fe_poll_wait() on what it depends on; returns EPOLLIN, …
 *	.ioctl		a table made by FE_IOCTLS()
 *	.mmap		fe_mmap_coherent() on what it offers
 *
 * Defines state_field_declare(dev, state, name), to be called in probe: the node is named
 * /dev/nameN with the first free N, and opened last of all. It returns 0 or a negative
 * errno. Several threads may be in the operations of one file at once, so that all but
 * open and release see the per-open state by const.
 *
 * The thunks are instantiated in the driver's unit and belong to its module; gcc folds
 * them and the table into direct calls.
 */
#define FE_MISCDEV(state_, field, open_, ...)				\
	static const struct __FE_NODE(state_, field, ops) {		\
		loff_t	size;						\
		bool	fault_first;					\
		int	(*open)(const struct state_ *, struct open_ *__fe_init) \
				__fe_opening __fe_bound;		\
		void	(*release)(const struct state_ *, struct open_ *) __fe_bound; \
		void	(*drop)(struct open_ *__fe_drop);		\
		ssize_t	(*read)(const struct state_ *, const struct open_ *, \
				struct fe_writer *) __fe_sleeps __fe_bound; \
		ssize_t	(*write)(const struct state_ *, const struct open_ *, \
				 struct fe_reader *) __fe_sleeps __fe_bound; \
		__poll_t (*poll)(const struct state_ *, const struct open_ *, \
				 struct fe_poll *) __fe_bound;		\
		long	(*ioctl)(struct open_ *, unsigned int, void __user *); \
		int	(*mmap)(const struct state_ *, const struct open_ *, \
				struct fe_vma *) __fe_bound;		\
	} __FE_NODE(state_, field, ops) = { __VA_ARGS__ };		\
	__FE_MISCDEV_THUNKS(state_, field, open_, __FE_NODE(state_, field, ops)) \
	__FE_MISCDEV_FOPS(state_, field, open_, __FE_NODE(state_, field, ops)) \
	__FE_MISCDEV_DECLARE(state_, field)				\
	struct __fe_semicolon

/* From the layer's types to the driver's. */
#define __FE_MISCDEV_THUNKS(state_, field, open_, ops)			\
	static_assert(offsetof(struct open_, fe) == 0 &&		\
		       __same_type(((struct open_ *)0)->fe, struct fe_file), \
		       "struct " #open_ " must begin with struct fe_file fe"); \
									\
	static int __FE_NODE(state_, field, do_open)(struct fe_file *f)	\
	{								\
		if (!ops.open)						\
			return 0;					\
		return ops.open(fe_file_state(f), container_of(f, struct open_, fe)); \
	}								\
									\
	static void __FE_NODE(state_, field, do_drop)(struct fe_file *f) \
	{								\
		if (ops.drop)						\
			ops.drop(container_of(f, struct open_, fe));	\
	}								\
									\
	static void __FE_NODE(state_, field, do_end)(struct fe_file *f)	\
	{								\
		if (ops.release)					\
			ops.release(fe_file_state(f), container_of(f, struct open_, fe)); \
		__FE_NODE(state_, field, do_drop)(f);			\
	}								\
									\
	static ssize_t __FE_NODE(state_, field, do_read)(const void *state, \
			struct fe_file *f, struct fe_writer *w)		\
	{								\
		return ops.read(state, container_of(f, struct open_, fe), w); \
	}								\
									\
	static ssize_t __FE_NODE(state_, field, do_write)(const void *state, \
			struct fe_file *f, struct fe_reader *r)		\
	{								\
		return ops.write(state, container_of(f, struct open_, fe), r); \
	}								\
									\
	static __poll_t __FE_NODE(state_, field, do_poll)(const void *state, \
			struct fe_file *f, struct fe_poll *p)		\
	{								\
		if (!ops.poll)						\
			return DEFAULT_POLLMASK;			\
		return ops.poll(state, container_of(f, struct open_, fe), p); \
	}								\
									\
	static int __FE_NODE(state_, field, do_mmap)(const void *state, \
			struct fe_file *f, struct fe_vma *v)		\
	{								\
		return ops.mmap(state, container_of(f, struct open_, fe), v); \
	}

/* From the kernel's operations to the layer's. */
#define __FE_MISCDEV_FOPS(state_, field, open_, ops)			\
	static int __FE_NODE(state_, field, open)(struct inode *inode, struct file *filp) \
	{								\
		return fe_miscdev_open(filp, sizeof(struct open_),	\
				       __FE_NODE(state_, field, do_open), \
				       __FE_NODE(state_, field, do_end), \
				       __FE_NODE(state_, field, do_drop)); \
	}								\
									\
	static int __FE_NODE(state_, field, release)(struct inode *inode, struct file *filp) \
	{								\
		fe_file_close(filp->private_data);			\
		return 0;						\
	}								\
									\
	static loff_t __FE_NODE(state_, field, llseek)(struct file *filp, loff_t offset, \
						       int whence)	\
	{								\
		return fe_miscdev_llseek(filp, offset, whence, ops.size); \
	}								\
									\
	static ssize_t __FE_NODE(state_, field, read)(struct kiocb *iocb, struct iov_iter *to) \
	{								\
		if (!ops.read)						\
			return -EINVAL;					\
		return fe_file_read(iocb, to, __FE_NODE(state_, field, do_read), \
				    ops.size, ops.fault_first);		\
	}								\
									\
	static ssize_t __FE_NODE(state_, field, write)(struct kiocb *iocb, struct iov_iter *from) \
	{								\
		if (!ops.write)						\
			return -EINVAL;					\
		return fe_file_write(iocb, from, __FE_NODE(state_, field, do_write), \
				     ops.size, ops.fault_first);	\
	}								\
									\
	static __poll_t __FE_NODE(state_, field, poll)(struct file *filp, \
						       struct poll_table_struct *table) \
	{								\
		return fe_file_poll(filp, table, __FE_NODE(state_, field, do_poll)); \
	}								\
									\
	static long __FE_NODE(state_, field, ioctl)(struct file *filp, unsigned int cmd, \
						    unsigned long arg)	\
	{								\
		struct fe_file *f = filp->private_data;			\
									\
		if (!ops.ioctl)						\
			return fe_bound_dead(f->fe.bound) ? -ENODEV : -ENOTTY; \
		return ops.ioctl(container_of(f, struct open_, fe), cmd, (void __user *)arg); \
	}								\
									\
	static int __FE_NODE(state_, field, mmap)(struct file *filp, struct vm_area_struct *vma) \
	{								\
		if (!ops.mmap)						\
			return -ENODEV;					\
		return fe_miscdev_mmap(filp, vma, __FE_NODE(state_, field, do_mmap)); \
	}								\
									\
	static const struct file_operations __FE_NODE(state_, field, fops) = { \
		.owner		= THIS_MODULE,				\
		.open		= __FE_NODE(state_, field, open),	\
		.release	= __FE_NODE(state_, field, release),	\
		.llseek		= __FE_NODE(state_, field, llseek),	\
		.read_iter	= __FE_NODE(state_, field, read),	\
		.write_iter	= __FE_NODE(state_, field, write),	\
		.poll		= __FE_NODE(state_, field, poll),	\
		.unlocked_ioctl	= __FE_NODE(state_, field, ioctl),	\
		.compat_ioctl	= compat_ptr_ioctl,			\
		.mmap		= __FE_NODE(state_, field, mmap),	\
	};

#define __FE_MISCDEV_DECLARE(state_, field)				\
	static int __fe_must_check					\
	state_##_##field##_declare(struct fe_dev *dev, struct state_ *state, const char *name) \
	{								\
		static DEFINE_IDA(ida);					\
									\
		return fe_miscdev_declare(dev, &state->field, name, &ida, \
					  &__FE_NODE(state_, field, fops)); \
	}

#endif /* _FERRULE_MISCDEV_H */

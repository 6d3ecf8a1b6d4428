/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Files in debugfs: what a device shows of itself to who looks for a bug, and what it takes.
 *
 * They are declared in probe, are in a directory of the device's, DRIVER-DEVICE, when the device
 * works, and go before anything that their handlers use: a handler that runs at unbind is waited
 * for, and what it waits for ends with -ENODEV, as does reading and writing a file that is still
 * open. An open file pins the driver's module. That there is no debugfs, or no room in it, is no
 * error: nothing may depend on it.
 */
#ifndef _FERRULE_DEBUGFS_H
#define _FERRULE_DEBUGFS_H

#include <linux/fs.h>
#include <linux/module.h>
#include <linux/seq_file.h>
#include <linux/uio.h>

#include <ferrule/bound.h>
#include <ferrule/each.h>
#include <ferrule/text.h>

/* For FE_DEBUGFS(): a file of a directory. */
struct fe_debugfs_file {
	const char			*name;
	umode_t				mode;
	const struct file_operations	*fops;
};

/**
 * struct fe_debugfs - the directory in debugfs of a bound device
 *
 * Invariants: in debugfs from after probe until unbind, if debugfs has it.
 */
struct __fe_pinned fe_debugfs {
	struct fe_res			fe __fe_private;
	const struct fe_debugfs_file	*files __fe_private;
	struct dentry			*dir __fe_private;
};

/* For FE_DEBUGFS(). */
int __fe_must_check fe_debugfs_declare(struct fe_dev *dev, struct fe_debugfs *debugfs __fe_acquire,
				       const struct fe_debugfs_file *files);

/* For FE_DEBUGFS(): what all files do alike. An open file has a reference to the binding. */
int fe_debugfs_open(struct inode *inode, struct file *filp,
		    int (*show)(struct seq_file *m, void *unused));
int fe_debugfs_release(struct inode *inode, struct file *filp);
ssize_t fe_debugfs_read(struct kiocb *iocb, struct iov_iter *to);

static inline __fe_private struct fe_bound *fe_debugfs_bound(const struct seq_file *m)
{
	return m->private;
}

/* Where a text is shown: PAGE_SIZE bytes. */
__fe_private char *fe_debugfs_page(struct seq_file *m);
/* What came of it: a length, or an error. */
__fe_private int fe_debugfs_shown(struct seq_file *m, ssize_t len);
/* What a user wrote, for fe_debugfs_forget(), or an ERR_PTR. */
__fe_private char *fe_debugfs_text(struct iov_iter *from);
__fe_private void fe_debugfs_forget(const char *text);

/**
 * FE_DEBUGFS_FILE() - a row of FE_DEBUGFS(): a file that is read and written
 * @name: of the file
 * @show_: int (const struct state_ *, struct fe_text_out *): 0 or a negative errno
 * @set_: int (const struct state_ *, struct fe_text_in *): 0 or a negative errno
 *
 * As FE_ATTR(): both may sleep, and several may run at once. A text with a zero byte in it is
 * refused with -EINVAL, one that a page has no room for with -E2BIG. What was shown once stays
 * the same until it is read from the beginning again.
 */
#define FE_DEBUGFS_FILE(name, show_, set_)	(RW, name, show_, set_)

/**
 * FE_DEBUGFS_FILE_RO() - a row of FE_DEBUGFS(): a file that is read
 * @name: of the file
 * @show_: as for FE_DEBUGFS_FILE()
 */
#define FE_DEBUGFS_FILE_RO(name, show_)		(RO, name, show_)

/**
 * FE_DEBUGFS() - define the files of a device in debugfs
 * @state_: tag of the driver's state
 * @field: the struct fe_debugfs in it, one for each device
 * @...: rows: FE_DEBUGFS_FILE(), FE_DEBUGFS_FILE_RO()
 *
 * Once in each source file. Defines state_field_declare(dev, state), to be called in probe; it
 * returns 0 or what fe_res_check() says. See debugfs_create_file_unsafe().
 */
#define FE_DEBUGFS(state_, field, ...)					\
	typedef struct state_ __fe_debugfs_state_t;			\
	FE_EACH(__FE_DEBUGFS, __VA_ARGS__)				\
									\
	static const struct fe_debugfs_file __fe_##state_##_##field##_files[] = { \
		FE_EACH(__FE_DEBUGFS_REF, __VA_ARGS__)			\
		{}							\
	};								\
									\
	static int __fe_must_check					\
	state_##_##field##_declare(struct fe_dev *dev, struct state_ *state) \
	{								\
		return fe_debugfs_declare(dev, &state->field,		\
					  __fe_##state_##_##field##_files); \
	}								\
	struct __fe_semicolon

#define __FE_DEBUGFS_REF(row)		__FE_DEBUGFS_REF_IS row
#define __FE_DEBUGFS_REF_IS(kind, name, ...)				\
	{ #name, __FE_DEBUGFS_MODE_##kind, &__fe_debugfs_fops_##name },

#define __FE_DEBUGFS_MODE_RO		0444
#define __FE_DEBUGFS_MODE_RW		0644

#define __FE_DEBUGFS(row)		__FE_DEBUGFS_IS row
#define __FE_DEBUGFS_IS(kind, name, ...)	__FE_DEBUGFS_##kind(name, __VA_ARGS__)

#define __FE_DEBUGFS_RO(name, show_)					\
	__FE_DEBUGFS_SHOW(name, show_)					\
	__FE_DEBUGFS_FOPS(name, NULL)

#define __FE_DEBUGFS_RW(name, show_, set_)				\
	__FE_DEBUGFS_SHOW(name, show_)					\
	__FE_DEBUGFS_WRITE(name, set_)					\
	__FE_DEBUGFS_FOPS(name, __fe_debugfs_write_##name)

/* An open file pins the module that its functions are in. */
#define __FE_DEBUGFS_FOPS(name, write_)					\
	static int __fe_debugfs_open_##name(struct inode *inode, struct file *filp) \
	{								\
		return fe_debugfs_open(inode, filp, __fe_debugfs_show_##name); \
	}								\
									\
	static const struct file_operations __fe_debugfs_fops_##name = { \
		.owner		= THIS_MODULE,				\
		.open		= __fe_debugfs_open_##name,		\
		.release	= fe_debugfs_release,			\
		.read_iter	= fe_debugfs_read,			\
		.write_iter	= write_,				\
	};

/*
 * SAFETY: the gate is what keeps the device for as long as the handler runs; debugfs does not,
 * see debugfs.c. No user memory is touched in it: reading copies when this has returned, and
 * writing has copied before.
 */
#define __FE_DEBUGFS_SHOW(name, show_)					\
	static int __fe_debugfs_show_##name(struct seq_file *m, void *unused) \
	{								\
		struct fe_bound *bound = fe_debugfs_bound(m);		\
		int gate = fe_gate_enter(bound);			\
		ssize_t ret;						\
									\
		if (gate < 0)						\
			return gate;					\
		ret = __FE_TEXT_SHOW(__fe_debugfs_state_t, show_,	\
				     fe_bound_state(bound), fe_debugfs_page(m)); \
		fe_gate_exit(bound, gate);				\
		return fe_debugfs_shown(m, ret);			\
	}

#define __FE_DEBUGFS_WRITE(name, set_)					\
	static ssize_t __fe_debugfs_write_##name(struct kiocb *iocb, struct iov_iter *from) \
	{								\
		struct fe_bound *bound = fe_debugfs_bound(iocb->ki_filp->private_data); \
		const size_t len = iov_iter_count(from);		\
		const char *text = fe_debugfs_text(from);		\
		ssize_t ret;						\
		int gate;						\
									\
		if (IS_ERR(text))					\
			return PTR_ERR(text);				\
		gate = fe_gate_enter(bound);				\
		ret = gate;						\
		if (gate >= 0) {					\
			ret = __FE_TEXT_SET(__fe_debugfs_state_t, set_,	\
					    fe_bound_state(bound), text, len); \
			fe_gate_exit(bound, gate);			\
		}							\
		fe_debugfs_forget(text);				\
		return ret;						\
	}

#endif /* _FERRULE_DEBUGFS_H */

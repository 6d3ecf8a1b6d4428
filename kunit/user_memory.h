/* SPDX-License-Identifier: GPL-2.0 */
/*
 * User memory for a suite: that of the process which loads the module. Tests run in kernel
 * threads, and borrow it for one call at a time.
 */
#ifndef _KUNIT_USER_MEMORY_H
#define _KUNIT_USER_MEMORY_H

#include <linux/fs.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/sched/mm.h>
#include <linux/uaccess.h>
#include <linux/uio.h>

static struct mm_struct *user_mm;

/* For a suite's init and exit. */
static inline int user_memory_borrow(void)
{
	user_mm = get_task_mm(current);
	return user_mm ? 0 : -EINVAL;
}

static inline void user_memory_return(void)
{
	mmput(user_mm);
}

/* Maps @filp, or fresh memory if it is NULL. The address, or an error. */
static inline unsigned long user_map(struct file *filp, size_t size, int flags, loff_t offset)
{
	unsigned long at;

	kthread_use_mm(user_mm);
	at = vm_mmap(filp, 0, size, PROT_READ | PROT_WRITE, flags, offset);
	kthread_unuse_mm(user_mm);
	return at;
}

static inline int user_unmap(unsigned long at, size_t size)
{
	int ret;

	kthread_use_mm(user_mm);
	ret = vm_munmap(at, size);
	kthread_unuse_mm(user_mm);
	return ret;
}

/* 0, or -EFAULT: what a process gets a signal for. */
static inline int user_peek(unsigned long at, u8 *value)
{
	int ret;

	kthread_use_mm(user_mm);
	ret = get_user(*value, (u8 __user *)at);
	kthread_unuse_mm(user_mm);
	return ret;
}

static inline int user_poke(unsigned long at, u8 value)
{
	int ret;

	kthread_use_mm(user_mm);
	ret = put_user(value, (u8 __user *)at);
	kthread_unuse_mm(user_mm);
	return ret;
}

/* pread() and pwrite(). */
static inline ssize_t user_transfer(struct file *filp, int direction, unsigned long at, size_t n)
{
	struct iov_iter iter;
	struct kiocb iocb;
	struct iovec iov;
	ssize_t ret;

	kthread_use_mm(user_mm);
	init_sync_kiocb(&iocb, filp);
	ret = import_single_range(direction, (void __user *)at, n, &iov, &iter);
	if (!ret && direction == READ)
		ret = filp->f_op->read_iter(&iocb, &iter);
	else if (!ret)
		ret = filp->f_op->write_iter(&iocb, &iter);
	kthread_unuse_mm(user_mm);
	return ret;
}

#endif /* _KUNIT_USER_MEMORY_H */

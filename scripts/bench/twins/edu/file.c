// SPDX-License-Identifier: GPL-2.0
/* What user space does with the device. */
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/poll.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/uio.h>

#include "edu_twin.h"

static int edu_job_start(struct edu *edu, u64 owner, u32 n)
{
	int ret = 0;

	spin_lock_irq(&edu->job_lock);
	if (edu->owner || edu->running) {
		ret = edu->owner == owner ? -EBUSY : -EAGAIN;
	} else {
		edu->owner = owner;
		edu->running = true;
		edu->factorial.n = n;
		writel(n, edu->regs + EDU_FACTORIAL);
	}
	spin_unlock_irq(&edu->job_lock);
	return ret;
}

static int edu_job_fetch(struct edu *edu, u64 owner, struct edu_factorial *arg)
{
	int ret = -EAGAIN;

	spin_lock_irq(&edu->job_lock);
	if (edu->owner == owner && !edu->running) {
		*arg = edu->factorial;
		edu->owner = 0;
		ret = 0;
	}
	spin_unlock_irq(&edu->job_lock);
	return ret;
}

/* Nobody will fetch what this file has started, if anything. */
static void edu_job_abandon(struct edu *edu, u64 owner)
{
	spin_lock_irq(&edu->job_lock);
	if (edu->owner == owner)
		edu->owner = 0;
	spin_unlock_irq(&edu->job_lock);
}

#define edu_wait_job(edu, condition)					\
({									\
	bool __dead = false;						\
	int __ret = wait_event_interruptible((edu)->job_changed,	\
			(__dead = READ_ONCE((edu)->dead)) || (condition)); \
									\
	__dead ? -ENODEV : __ret;					\
})

static int edu_start(struct edu_file *file, struct edu_factorial *arg)
{
	struct edu *edu = file->edu;
	int ret = edu_job_start(edu, file->id, arg->n);
	int err;

	if (ret != -EAGAIN || file->filp->f_flags & O_NONBLOCK)
		return ret;
	err = edu_wait_job(edu, (ret = edu_job_start(edu, file->id, arg->n)) != -EAGAIN);
	return err ?: ret;
}

static int edu_fetch(struct edu_file *file, struct edu_factorial *arg)
{
	struct edu *edu = file->edu;
	int ret = edu_job_fetch(edu, file->id, arg);

	if (ret == -EAGAIN && !(file->filp->f_flags & O_NONBLOCK))
		ret = edu_wait_job(edu, !edu_job_fetch(edu, file->id, arg));
	if (!ret)
		wake_up_interruptible_all(&edu->job_changed);	/* the unit is free */
	return ret;
}

static __poll_t edu_poll(struct file *filp, poll_table *table)
{
	struct edu_file *file = filp->private_data;
	struct edu *edu = file->edu;
	__poll_t mask = 0;
	int gate;

	poll_wait(filp, &edu->hangup, table);
	gate = edu_enter(edu);
	if (gate < 0)
		return EPOLLHUP | EPOLLERR;
	poll_wait(filp, &edu->job_changed, table);
	spin_lock_irq(&edu->job_lock);
	if (!edu->running)
		mask = !edu->owner ? EPOLLOUT : edu->owner == file->id ? EPOLLIN : 0;
	spin_unlock_irq(&edu->job_lock);
	edu_exit(edu, gate);
	return mask;
}

static int edu_wait_transferred(struct edu *edu)
{
	long ret;

	/* Pairs with the barrier in edu_mark_dead(): its complete_all() comes after reinit. */
	smp_mb();
	if (READ_ONCE(edu->dead))
		return -ENODEV;
	ret = wait_for_completion_interruptible_timeout(&edu->transferred,
							msecs_to_jiffies(EDU_DMA_TIMEOUT_MS) + 1);
	if (READ_ONCE(edu->dead))
		return -ENODEV;
	if (ret < 0)
		return ret;
	return ret ? 0 : -ETIMEDOUT;
}

/* A device that is gone reads all ones: it runs until unbind ends the wait. */
static bool edu_dma_runs(struct edu *edu)
{
	return readq(edu->regs + EDU_DMA_COMMAND) & EDU_DMA_RUN;
}

/*
 * Waits for the transfer that runs, if any, and takes back what the device had. The device's
 * own word is what counts: a signal or a lost interrupt ends a wait, but not the transfer.
 */
static int edu_settle(struct edu *edu)
{
	int ret = 0;

	while (!ret && edu_dma_runs(edu))
		ret = edu_wait_transferred(edu);
	if (edu->buf_len && !edu_dma_runs(edu))
		edu_unmap_buffer(edu);
	return ret;
}

static int edu_transfer(struct edu *edu, dma_addr_t addr, u32 pos, u32 len, bool to_device)
{
	u64 memory = EDU_DMA_MEMORY + pos;

	reinit_completion(&edu->transferred);	/* a stale interrupt is no answer */
	atomic64_inc(&edu->transfers);
	writeq(to_device ? addr : memory, edu->regs + EDU_DMA_SOURCE);
	writeq(to_device ? memory : addr, edu->regs + EDU_DMA_TARGET);
	writeq(len, edu->regs + EDU_DMA_COUNT);
	writeq(EDU_DMA_RUN | EDU_DMA_INTERRUPT | (to_device ? 0 : EDU_DMA_FROM_DEVICE),
	       edu->regs + EDU_DMA_COMMAND);
	return edu_settle(edu);
}

/* Streaming: the buffer is the device's until the transfer is settled. */
static int edu_stream(struct edu *edu, u32 pos, u32 len, enum dma_data_direction dir)
{
	struct device *dev = &edu->pdev->dev;

	edu->buf_addr = dma_map_single(dev, edu->buf, len, dir);
	if (dma_mapping_error(dev, edu->buf_addr))
		return -EIO;
	edu->buf_len = len;
	edu->buf_dir = dir;
	return edu_transfer(edu, edu->buf_addr, pos, len, dir == DMA_TO_DEVICE);
}

/* How much of a request lies within the device's memory. */
static size_t edu_span(loff_t pos, size_t len)
{
	return pos < EDU_MEMORY ? min_t(size_t, len, EDU_MEMORY - pos) : 0;
}

/* In the gate, with page faults disabled: -EFAULT if a page is not there. */
static int edu_to_user(struct edu *edu, size_t len, struct iov_iter *to)
{
	size_t copied;

	pagefault_disable();
	copied = copy_to_iter(edu->buf, len, to);
	pagefault_enable();
	if (copied == len)
		return 0;
	iov_iter_revert(to, copied);
	return -EFAULT;
}

static int edu_from_user(struct edu *edu, size_t len, struct iov_iter *from)
{
	size_t copied;

	pagefault_disable();
	copied = copy_from_iter(edu->buf, len, from);
	pagefault_enable();
	if (copied == len)
		return 0;
	iov_iter_revert(from, copied);
	return -EFAULT;
}

static int edu_do_read(struct edu *edu, loff_t pos, size_t len, struct iov_iter *to)
{
	int gate = edu_enter(edu);
	int ret;

	if (gate < 0)
		return gate;
	ret = mutex_lock_interruptible(&edu->engine_lock);
	if (ret) {
		ret = -ERESTARTSYS;
		goto exit;
	}
	if (!len)
		goto unlock;
	ret = edu_settle(edu);
	if (!ret)
		ret = edu_stream(edu, pos, len, DMA_FROM_DEVICE);
	if (!ret)
		ret = edu_to_user(edu, len, to);
unlock:
	mutex_unlock(&edu->engine_lock);
exit:
	edu_exit(edu, gate);
	return ret;
}

static ssize_t edu_read(struct kiocb *iocb, struct iov_iter *to)
{
	struct edu_file *file = iocb->ki_filp->private_data;
	size_t len = edu_span(iocb->ki_pos, iov_iter_count(to));
	size_t missing = fault_in_iov_iter_writeable(to, len);
	int ret;

	do {
		ret = edu_do_read(file->edu, iocb->ki_pos, len, to);
		if (ret != -EFAULT)
			break;
		if (fatal_signal_pending(current))
			return -EINTR;
		missing = fault_in_iov_iter_writeable(to, len);
	} while (!missing);
	if (ret)
		return ret;
	iocb->ki_pos += len;
	return len;
}

static int edu_do_write(struct edu *edu, loff_t pos, size_t len, struct iov_iter *from)
{
	int gate = edu_enter(edu);
	int ret;

	if (gate < 0)
		return gate;
	ret = mutex_lock_interruptible(&edu->engine_lock);
	if (ret) {
		ret = -ERESTARTSYS;
		goto exit;
	}
	if (!len) {
		ret = iov_iter_count(from) ? -ENOSPC : 0;
		goto unlock;
	}
	ret = edu_settle(edu);
	if (!ret)
		ret = edu_from_user(edu, len, from);
	if (!ret)
		ret = edu_stream(edu, pos, len, DMA_TO_DEVICE);
unlock:
	mutex_unlock(&edu->engine_lock);
exit:
	edu_exit(edu, gate);
	return ret;
}

static ssize_t edu_write(struct kiocb *iocb, struct iov_iter *from)
{
	struct edu_file *file = iocb->ki_filp->private_data;
	size_t len = edu_span(iocb->ki_pos, iov_iter_count(from));
	size_t missing = fault_in_iov_iter_readable(from, len);
	int ret;

	do {
		ret = edu_do_write(file->edu, iocb->ki_pos, len, from);
		if (ret != -EFAULT)
			break;
		if (fatal_signal_pending(current))
			return -EINTR;
		missing = fault_in_iov_iter_readable(from, len);
	} while (!missing);
	if (ret)
		return ret;
	iocb->ki_pos += len;
	return len;
}

static int edu_do_copy(struct edu *edu, const struct edu_copy *arg)
{
	int ret;

	if (mutex_lock_interruptible(&edu->engine_lock))
		return -ERESTARTSYS;
	ret = -EINVAL;
	if (!arg->len || arg->len > EDU_WINDOW || arg->pos > EDU_MEMORY ||
	    arg->len > EDU_MEMORY - arg->pos || arg->to_device > 1 || arg->reserved)
		goto unlock;
	ret = edu_settle(edu);
	if (!ret)
		ret = edu_transfer(edu, edu->window_addr, arg->pos, arg->len, arg->to_device);
unlock:
	mutex_unlock(&edu->engine_lock);
	return ret;
}

static long edu_ioctl_copy(struct edu_file *file, const void __user *user)
{
	struct edu_copy arg;
	int gate, ret;

	if (copy_from_user(&arg, user, sizeof(arg)))
		return -EFAULT;
	gate = edu_enter(file->edu);
	if (gate < 0)
		return gate;
	ret = file->filp->f_mode & FMODE_WRITE ? edu_do_copy(file->edu, &arg) : -EBADF;
	edu_exit(file->edu, gate);
	return ret;
}

static long edu_ioctl_start(struct edu_file *file, const void __user *user)
{
	struct edu_factorial arg;
	int gate, ret;

	if (copy_from_user(&arg, user, sizeof(arg)))
		return -EFAULT;
	gate = edu_enter(file->edu);
	if (gate < 0)
		return gate;
	ret = edu_start(file, &arg);
	edu_exit(file->edu, gate);
	return ret;
}

static long edu_ioctl_result(struct edu_file *file, void __user *user)
{
	struct edu_factorial arg;
	int gate, ret;

	gate = edu_enter(file->edu);
	if (gate < 0)
		return gate;
	ret = edu_fetch(file, &arg);
	edu_exit(file->edu, gate);
	if (!ret && copy_to_user(user, &arg, sizeof(arg)))
		return -EFAULT;
	return ret;
}

static long edu_ioctl_ident(struct edu_file *file, void __user *user)
{
	struct edu_ident arg;
	int gate;

	gate = edu_enter(file->edu);
	if (gate < 0)
		return gate;
	arg.id = readl(file->edu->regs + EDU_ID);
	arg.vectors = file->edu->vectors;
	edu_exit(file->edu, gate);
	return copy_to_user(user, &arg, sizeof(arg)) ? -EFAULT : 0;
}

static long edu_ioctl_stats(struct edu_file *file, void __user *user)
{
	struct edu *edu = file->edu;
	struct edu_stats arg;
	int gate;

	gate = edu_enter(edu);
	if (gate < 0)
		return gate;
	arg.interrupts = atomic64_read(&edu->interrupts);
	arg.factorials = atomic64_read(&edu->factorials);
	arg.transfers = atomic64_read(&edu->transfers);
	arg.opens = atomic64_read(&edu->opens);
	edu_exit(edu, gate);
	return copy_to_user(user, &arg, sizeof(arg)) ? -EFAULT : 0;
}

/* The user's memory is touched outside the gate. */
static long edu_ioctl(struct file *filp, unsigned int cmd, unsigned long arg)
{
	struct edu_file *file = filp->private_data;
	void __user *user = (void __user *)arg;

	switch (cmd) {
	case EDU_IOC_IDENT:
		return edu_ioctl_ident(file, user);
	case EDU_IOC_START:
		return edu_ioctl_start(file, user);
	case EDU_IOC_RESULT:
		return edu_ioctl_result(file, user);
	case EDU_IOC_COPY:
		return edu_ioctl_copy(file, user);
	case EDU_IOC_STATS:
		return edu_ioctl_stats(file, user);
	default:
		return READ_ONCE(file->edu->dead) ? -ENODEV : -ENOTTY;
	}
}

static vm_fault_t edu_fault(struct vm_fault *vmf)
{
	struct edu *edu = vmf->vma->vm_private_data;
	vm_fault_t ret = VM_FAULT_SIGBUS;
	int gate = edu_enter(edu);

	if (gate < 0)
		return VM_FAULT_SIGBUS;
	if (vmf->pgoff < PFN_UP(EDU_WINDOW))
		ret = vmf_insert_pfn(vmf->vma, vmf->address,
				     page_to_pfn(virt_to_page(edu->window)) + vmf->pgoff);
	edu_exit(edu, gate);
	return ret;
}

static const struct vm_operations_struct edu_vm_ops = {
	.fault = edu_fault,
};

/* Filled by the fault handler only, so that nothing is mapped after edu_unmap_files(). */
static int edu_mmap(struct file *filp, struct vm_area_struct *vma)
{
	struct edu_file *file = filp->private_data;
	struct edu *edu = file->edu;
	int gate = edu_enter(edu);
	int ret = -EINVAL;

	if (gate < 0)
		return gate;
	if (vma->vm_flags & VM_MAYSHARE && vma->vm_pgoff <= PFN_UP(EDU_WINDOW) &&
	    vma_pages(vma) <= PFN_UP(EDU_WINDOW) - vma->vm_pgoff) {
		vma->vm_flags |= VM_PFNMAP | VM_IO | VM_DONTEXPAND | VM_DONTDUMP;
		vma->vm_private_data = edu;
		vma->vm_ops = &edu_vm_ops;
		ret = 0;
	}
	edu_exit(edu, gate);
	return ret;
}

/* misc_open() keeps the device registered meanwhile, so that it has its reference. */
static int edu_open(struct inode *inode, struct file *filp)
{
	struct edu *edu = container_of(filp->private_data, struct edu, misc);
	struct edu_file *file;
	int gate;

	gate = edu_enter(edu);
	if (gate < 0)
		return gate;
	file = kzalloc(sizeof(*file), GFP_KERNEL_ACCOUNT);
	if (file) {
		kref_get(&edu->ref);
		file->edu = edu;
		file->filp = filp;
		file->id = atomic64_inc_return(&edu->opens);
		mutex_lock(&edu->files_lock);
		list_add_tail(&file->node, &edu->files);
		mutex_unlock(&edu->files_lock);
		filp->private_data = file;
	}
	edu_exit(edu, gate);
	return file ? 0 : -ENOMEM;
}

static int edu_release(struct inode *inode, struct file *filp)
{
	struct edu_file *file = filp->private_data;
	struct edu *edu = file->edu;
	int gate;

	mutex_lock(&edu->files_lock);
	list_del(&file->node);
	mutex_unlock(&edu->files_lock);
	gate = edu_enter(edu);
	if (gate >= 0) {
		edu_job_abandon(edu, file->id);
		wake_up_interruptible_all(&edu->job_changed);
		edu_exit(edu, gate);
	}
	kfree(file);
	kref_put(&edu->ref, edu_free);
	return 0;
}

static loff_t edu_llseek(struct file *filp, loff_t offset, int whence)
{
	struct edu_file *file = filp->private_data;

	if (READ_ONCE(file->edu->dead))
		return -ENODEV;
	return fixed_size_llseek(filp, offset, whence, EDU_MEMORY);
}

const struct file_operations edu_fops = {
	.owner		= THIS_MODULE,
	.open		= edu_open,
	.release	= edu_release,
	.llseek		= edu_llseek,
	.read_iter	= edu_read,
	.write_iter	= edu_write,
	.poll		= edu_poll,
	.unlocked_ioctl	= edu_ioctl,
	.compat_ioctl	= compat_ptr_ioctl,
	.mmap		= edu_mmap,
};

/* A mapping keeps its file open, so that each one is found. */
void edu_unmap_files(struct edu *edu)
{
	struct edu_file *file;

	mutex_lock(&edu->files_lock);
	list_for_each_entry(file, &edu->files, node)
		unmap_mapping_range(file->filp->f_mapping, 0, 0, 1);
	mutex_unlock(&edu->files_lock);
}

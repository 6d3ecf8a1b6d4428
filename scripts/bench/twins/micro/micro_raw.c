// SPDX-License-Identifier: GPL-2.0
/* Each operation of micro_ferrule.c on the kernel's own API. */
#include <linux/completion.h>
#include <linux/dma-mapping.h>
#include <linux/interrupt.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/nospec.h>
#include <linux/pagemap.h>
#include <linux/pci.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/srcu.h>
#include <linux/uaccess.h>
#include <linux/uio.h>
#include <linux/wait.h>

#include "micro_uapi.h"

#define MICRO_ID		0x00
#define MICRO_LIVENESS		0x04
#define MICRO_IRQ_STATUS	0x24
#define MICRO_IRQ_RAISE		0x60
#define MICRO_IRQ_ACK		0x64
#define MICRO_DMA		0x80
#define MICRO_DMA_COUNT		4

#define MICRO_DMA_BITS		28
#define MICRO_BUFFER		4096
#define MICRO_RING		64
#define MICRO_TIMEOUT_MS	1000

struct micro_data {
	u64			first, second;
};

struct micro_box {
	u64			value[8];
};

struct micro {
	void __iomem		*regs;
	struct mutex		mutex;		/* protects mutex_data */
	struct micro_data	mutex_data;
	spinlock_t		spin;		/* protects spin_data */
	struct micro_data	spin_data;
	struct mutex		engine_lock;	/* protects the next four */
	void			*buf;
	dma_addr_t		addr;
	size_t			len;		/* 0 if it is not mapped */
	enum dma_data_direction	dir;
	u32			*ring;
	dma_addr_t		ring_addr;
	wait_queue_head_t	changed;
	struct completion	done;
	atomic64_t		counter;
	struct micro_value	value;
	bool			dead;
	struct srcu_struct	gate;
	struct pci_dev		*pdev;
	struct miscdevice	misc;
	struct kref		ref;		/* the binding's, and one of each open file */
};

struct micro_file {
	struct micro		*micro;
};

static irqreturn_t micro_interrupt(int irq, void *cookie)
{
	struct micro *m = cookie;
	u32 status = readl(m->regs + MICRO_IRQ_STATUS);

	if (!status || status == ~0)
		return IRQ_NONE;
	writel(status, m->regs + MICRO_IRQ_ACK);
	complete(&m->done);
	return IRQ_HANDLED;
}

/* One of each, in a function of its own. */

static noinline int micro_nothing(struct micro *m, u32 i)
{
	return 0;
}

static noinline int micro_read(struct micro *m, u32 i)
{
	return readl(m->regs + MICRO_ID) ? 0 : -EIO;
}

static noinline int micro_write(struct micro *m, u32 i)
{
	writel(i, m->regs + MICRO_LIVENESS);
	return 0;
}

static noinline int micro_read_at(struct micro *m, u32 i)
{
	if (i >= MICRO_DMA_COUNT)
		return -ERANGE;
	readq(m->regs + MICRO_DMA + array_index_nospec(i, MICRO_DMA_COUNT) * sizeof(u64));
	return 0;
}

static noinline int micro_write_at(struct micro *m, u32 i)
{
	if (i >= MICRO_DMA_COUNT)
		return -ERANGE;
	writeq(0, m->regs + MICRO_DMA + array_index_nospec(i, MICRO_DMA_COUNT) * sizeof(u64));
	return 0;
}

static noinline int micro_take_mutex(struct micro *m, u32 i)
{
	mutex_lock(&m->mutex);
	m->mutex_data.first += i;
	mutex_unlock(&m->mutex);
	return 0;
}

static noinline int micro_interruptible(struct micro *m, u32 i)
{
	if (mutex_lock_interruptible(&m->mutex))
		return -ERESTARTSYS;
	m->mutex_data.first += i;
	mutex_unlock(&m->mutex);
	return 0;
}

static noinline int micro_take_spin(struct micro *m, u32 i)
{
	spin_lock(&m->spin);
	m->spin_data.first += i;
	spin_unlock(&m->spin);
	return 0;
}

static noinline int micro_try_spin(struct micro *m, u32 i)
{
	if (!spin_trylock(&m->spin))
		return -EAGAIN;
	m->spin_data.first += i;
	spin_unlock(&m->spin);
	return 0;
}

static noinline int micro_take_spin_irq(struct micro *m, u32 i)
{
	unsigned long flags;

	spin_lock_irqsave(&m->spin, flags);
	m->spin_data.first += i;
	spin_unlock_irqrestore(&m->spin, flags);
	return 0;
}

/* Where interrupts are known to be on. */
static noinline int micro_take_irq_on(struct micro *m, u32 i)
{
	spin_lock_irq(&m->spin);
	m->spin_data.first += i;
	spin_unlock_irq(&m->spin);
	return 0;
}

/* More than one return, and a call while the lock is held. */
static noinline int micro_guarded(struct micro *m, u32 i)
{
	unsigned long flags;
	int ret = -EAGAIN;

	spin_lock_irqsave(&m->spin, flags);
	if (m->spin_data.first != m->spin_data.second + 1) {
		m->spin_data.first = i;
		m->spin_data.second = i;
		wake_up_interruptible_all(&m->changed);
		ret = 0;
	}
	spin_unlock_irqrestore(&m->spin, flags);
	return ret;
}

static noinline int micro_count(struct micro *m, u32 i)
{
	atomic64_inc(&m->counter);
	return 0;
}

static noinline int micro_wake(struct micro *m, u32 i)
{
	wake_up_interruptible_all(&m->changed);
	return 0;
}

static noinline int micro_condition(struct micro *m, u32 i)
{
	bool dead = false;
	int ret = wait_event_interruptible(m->changed, (dead = READ_ONCE(m->dead)) ||
					   atomic64_read(&m->counter));

	return dead ? -ENODEV : ret;
}

/* As correct under unplug as fe_wait(). */
static inline int micro_wait(struct micro *m)
{
	int ret;

	smp_mb();	/* the arming is seen, or dead is */
	if (READ_ONCE(m->dead))
		return -ENODEV;
	ret = wait_for_completion_interruptible(&m->done);
	return READ_ONCE(m->dead) ? -ENODEV : ret;
}

static noinline int micro_complete(struct micro *m, u32 i)
{
	reinit_completion(&m->done);
	complete(&m->done);
	return micro_wait(m);
}

static noinline int micro_timeout(struct micro *m, u32 i)
{
	long ret;

	reinit_completion(&m->done);
	complete(&m->done);
	smp_mb();	/* as in micro_wait() */
	if (READ_ONCE(m->dead))
		return -ENODEV;
	ret = wait_for_completion_interruptible_timeout(&m->done,
							msecs_to_jiffies(MICRO_TIMEOUT_MS) + 1);
	if (READ_ONCE(m->dead))
		return -ENODEV;
	if (ret < 0)
		return ret;
	return ret ? 0 : -ETIMEDOUT;
}

static noinline int micro_irq(struct micro *m, u32 i)
{
	reinit_completion(&m->done);
	writel(1, m->regs + MICRO_IRQ_RAISE);
	return micro_wait(m);
}

static noinline int micro_load(struct micro *m, u32 i)
{
	if (i >= MICRO_RING)
		return -ERANGE;
	READ_ONCE(m->ring[array_index_nospec(i, MICRO_RING)]);
	return 0;
}

static noinline int micro_store(struct micro *m, u32 i)
{
	if (i >= MICRO_RING)
		return -ERANGE;
	WRITE_ONCE(m->ring[array_index_nospec(i, MICRO_RING)], i);
	return 0;
}

/* What is mapped, and how, is kept until it is taken back, elsewhere. */
static noinline int micro_give(struct micro *m, size_t len, enum dma_data_direction dir)
{
	struct device *dev = &m->pdev->dev;

	m->addr = dma_map_single(dev, m->buf, len, dir);
	if (dma_mapping_error(dev, m->addr))
		return -EIO;
	m->len = len;
	m->dir = dir;
	return 0;
}

static noinline void micro_take(struct micro *m)
{
	dma_unmap_single(&m->pdev->dev, m->addr, m->len, m->dir);
	m->len = 0;
}

static noinline int micro_map(struct micro *m, u32 i)
{
	int ret;

	mutex_lock(&m->engine_lock);
	ret = micro_give(m, MICRO_BUFFER, DMA_TO_DEVICE);
	if (!ret)
		micro_take(m);
	mutex_unlock(&m->engine_lock);
	return ret;
}

static noinline int micro_box(struct micro *m, u32 i)
{
	struct micro_box *box = kzalloc(sizeof(*box), GFP_KERNEL);

	if (!box)
		return -ENOMEM;
	kfree(box);
	return 0;
}

typedef int (*micro_fn)(struct micro *m, u32 i);

#define MICRO_ROW(name, fn, text)	(fn),
static const micro_fn micro_ops[] = {
	MICRO_OPS(MICRO_ROW)
};

static micro_fn micro_find(u32 op)
{
	u32 i;

	for (i = 0; i < ARRAY_SIZE(micro_ops); i++) {
		if (i == op)
			return micro_ops[i];
	}
	return NULL;
}

static int micro_run(struct micro *m, const struct micro_run *run)
{
	micro_fn fn = micro_find(run->op);
	int ret = 0;
	u32 i;

	if (!fn)
		return -EINVAL;
	for (i = 0; i < run->count && !ret; i++)
		ret = fn(m, i & 1);
	return ret;
}

static int micro_enter(struct micro *m)
{
	int gate = srcu_read_lock(&m->gate);

	if (unlikely(READ_ONCE(m->dead))) {
		srcu_read_unlock(&m->gate, gate);
		return -ENODEV;
	}
	return gate;
}

static long micro_ioctl(struct file *filp, unsigned int cmd, unsigned long arg)
{
	struct micro_file *file = filp->private_data;
	struct micro *m = file->micro;
	struct micro_run run;
	int gate, ret;

	if (cmd != MICRO_IOC_RUN)
		return -ENOTTY;
	if (copy_from_user(&run, (void __user *)arg, sizeof(run)))
		return -EFAULT;
	gate = micro_enter(m);
	if (gate < 0)
		return gate;
	ret = micro_run(m, &run);
	srcu_read_unlock(&m->gate, gate);
	return ret;
}

static ssize_t micro_get(struct kiocb *iocb, struct iov_iter *to)
{
	struct micro_file *file = iocb->ki_filp->private_data;
	struct micro *m = file->micro;
	size_t copied;
	int gate;

	if (iov_iter_count(to) < sizeof(m->value))
		return -EINVAL;
	do {
		gate = micro_enter(m);
		if (gate < 0)
			return gate;
		pagefault_disable();
		copied = copy_to_iter(&m->value, sizeof(m->value), to);
		pagefault_enable();
		srcu_read_unlock(&m->gate, gate);
		if (copied == sizeof(m->value)) {
			iocb->ki_pos += copied;
			return copied;
		}
		iov_iter_revert(to, copied);
		if (fatal_signal_pending(current))
			return -EINTR;
	} while (!fault_in_iov_iter_writeable(to, sizeof(m->value)));
	return -EFAULT;
}

static ssize_t micro_put(struct kiocb *iocb, struct iov_iter *from)
{
	struct micro_file *file = iocb->ki_filp->private_data;
	struct micro *m = file->micro;
	struct micro_value value;
	size_t copied;
	int gate;

	if (iov_iter_count(from) < sizeof(value))
		return -EINVAL;
	do {
		gate = micro_enter(m);
		if (gate < 0)
			return gate;
		pagefault_disable();
		copied = copy_from_iter(&value, sizeof(value), from);
		pagefault_enable();
		srcu_read_unlock(&m->gate, gate);
		if (copied == sizeof(value)) {
			iocb->ki_pos += copied;
			return copied;
		}
		iov_iter_revert(from, copied);
		if (fatal_signal_pending(current))
			return -EINTR;
	} while (!fault_in_iov_iter_readable(from, sizeof(value)));
	return -EFAULT;
}

static void micro_free(struct kref *ref)
{
	struct micro *m = container_of(ref, struct micro, ref);

	cleanup_srcu_struct(&m->gate);
	kfree(m);
}

static int micro_open(struct inode *inode, struct file *filp)
{
	struct micro *m = container_of(filp->private_data, struct micro, misc);
	struct micro_file *file = kzalloc(sizeof(*file), GFP_KERNEL_ACCOUNT);

	if (!file)
		return -ENOMEM;
	kref_get(&m->ref);
	file->micro = m;
	filp->private_data = file;
	return 0;
}

static int micro_release(struct inode *inode, struct file *filp)
{
	struct micro_file *file = filp->private_data;

	kref_put(&file->micro->ref, micro_free);
	kfree(file);
	return 0;
}

static const struct file_operations micro_fops = {
	.owner		= THIS_MODULE,
	.open		= micro_open,
	.release	= micro_release,
	.read_iter	= micro_get,
	.write_iter	= micro_put,
	.unlocked_ioctl	= micro_ioctl,
};

static int micro_acquire(struct micro *m, struct pci_dev *pdev)
{
	struct device *dev = &pdev->dev;
	int ret;

	ret = pcim_enable_device(pdev) ?: pcim_iomap_regions(pdev, BIT(0), KBUILD_MODNAME) ?:
	      dma_set_mask_and_coherent(dev, DMA_BIT_MASK(MICRO_DMA_BITS));
	if (ret)
		return ret;
	m->regs = pcim_iomap_table(pdev)[0];
	pci_set_master(pdev);
	m->ring = dmam_alloc_coherent(dev, MICRO_RING * sizeof(u32), &m->ring_addr, GFP_KERNEL);
	m->buf = (void *)devm_get_free_pages(dev, GFP_KERNEL | GFP_DMA, get_order(MICRO_BUFFER));
	if (!m->ring || !m->buf)
		return -ENOMEM;
	ret = pci_alloc_irq_vectors(pdev, 1, 1, PCI_IRQ_MSI);
	if (ret < 0)
		return ret;
	return devm_request_irq(dev, pci_irq_vector(pdev, 0), micro_interrupt, 0, KBUILD_MODNAME,
				m);
}

static struct micro *micro_alloc(struct pci_dev *pdev)
{
	struct micro *m = kzalloc(sizeof(*m), GFP_KERNEL);

	if (!m)
		return NULL;
	if (init_srcu_struct(&m->gate)) {
		kfree(m);
		return NULL;
	}
	kref_init(&m->ref);
	m->pdev = pdev;
	mutex_init(&m->mutex);
	mutex_init(&m->engine_lock);
	spin_lock_init(&m->spin);
	init_waitqueue_head(&m->changed);
	init_completion(&m->done);
	atomic64_inc(&m->counter);
	m->misc.minor = MISC_DYNAMIC_MINOR;
	m->misc.name = "micro_raw0";
	m->misc.fops = &micro_fops;
	return m;
}

static int micro_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct micro *m = micro_alloc(pdev);
	int ret;

	if (!m)
		return -ENOMEM;
	ret = micro_acquire(m, pdev) ?: misc_register(&m->misc);
	if (ret)
		kref_put(&m->ref, micro_free);
	else
		pci_set_drvdata(pdev, m);
	return ret;
}

static void micro_remove(struct pci_dev *pdev)
{
	struct micro *m = pci_get_drvdata(pdev);

	WRITE_ONCE(m->dead, true);
	smp_mb();	/* pairs with micro_wait() */
	complete_all(&m->done);
	wake_up_all(&m->changed);
	misc_deregister(&m->misc);
	synchronize_srcu(&m->gate);
	devm_free_irq(&pdev->dev, pci_irq_vector(pdev, 0), m);
	kref_put(&m->ref, micro_free);
}

static const struct pci_device_id micro_ids[] = {
	{ PCI_DEVICE(0x1234, 0x11e8) },
	{ }
};
MODULE_DEVICE_TABLE(pci, micro_ids);

static struct pci_driver micro_driver = {
	.name		= KBUILD_MODNAME,
	.id_table	= micro_ids,
	.probe		= micro_probe,
	.remove		= micro_remove,
};
module_pci_driver(micro_driver);

MODULE_DESCRIPTION("Operations of the kernel, to be measured");
MODULE_LICENSE("GPL");

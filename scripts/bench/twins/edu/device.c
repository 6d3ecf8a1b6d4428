// SPDX-License-Identifier: GPL-2.0
/* The device: its interrupt, how it is bound and how that ends. */
#include <linux/idr.h>
#include <linux/interrupt.h>
#include <linux/iopoll.h>
#include <linux/module.h>
#include <linux/poll.h>
#include <linux/slab.h>

#include "edu_twin.h"

static DEFINE_IDA(edu_ida);

void edu_free(struct kref *ref)
{
	struct edu *edu = container_of(ref, struct edu, ref);

	cleanup_srcu_struct(&edu->gate);
	pci_dev_put(edu->pdev);
	kfree(edu);
}

static void edu_job_done(struct edu *edu)
{
	spin_lock(&edu->job_lock);
	if (edu->running) {	/* or left over from an earlier binding */
		edu->factorial.result = readl(edu->regs + EDU_FACTORIAL);
		edu->running = false;
		atomic64_inc(&edu->factorials);
	}
	spin_unlock(&edu->job_lock);
}

static irqreturn_t edu_interrupt(int irq, void *cookie)
{
	struct edu *edu = cookie;
	u32 status = readl(edu->regs + EDU_IRQ_STATUS);

	if (!status || status == ~0)
		return IRQ_NONE;
	writel(status, edu->regs + EDU_IRQ_ACK);
	atomic64_inc(&edu->interrupts);
	if (status & EDU_IRQ_FACTORIAL) {
		edu_job_done(edu);
		wake_up_interruptible_all(&edu->job_changed);
	}
	if (status & EDU_IRQ_DMA)
		complete(&edu->transferred);
	return IRQ_HANDLED;
}

/* Is it an edu, does it answer, and did it finish what an earlier driver began? */
static int edu_check(struct edu *edu)
{
	struct device *dev = &edu->pdev->dev;
	const u32 probe = 0x12345678;
	u32 id = readl(edu->regs + EDU_ID), status;
	u64 command;

	if ((id & EDU_ID_MASK) != EDU_ID_VALUE) {
		dev_err(dev, "no edu device: id %#x\n", id);
		return -ENODEV;
	}
	writel(probe, edu->regs + EDU_LIVENESS);
	if (readl(edu->regs + EDU_LIVENESS) != ~probe) {
		dev_err(dev, "the device does not answer\n");
		return -EIO;
	}
	return readl_poll_timeout(edu->regs + EDU_STATUS, status,
				  !(status & EDU_STATUS_COMPUTING), EDU_IDLE_SLEEP_US,
				  EDU_IDLE_TIMEOUT_US) ?:
	       readq_poll_timeout(edu->regs + EDU_DMA_COMMAND, command,
				  !(command & EDU_DMA_RUN), EDU_IDLE_SLEEP_US,
				  EDU_IDLE_TIMEOUT_US);
}

static struct edu *edu_alloc(struct pci_dev *pdev)
{
	struct edu *edu = kzalloc(sizeof(*edu), GFP_KERNEL);

	if (!edu)
		return NULL;
	if (init_srcu_struct(&edu->gate)) {
		kfree(edu);
		return NULL;
	}
	kref_init(&edu->ref);
	edu->pdev = pci_dev_get(pdev);
	init_waitqueue_head(&edu->hangup);
	init_waitqueue_head(&edu->job_changed);
	spin_lock_init(&edu->job_lock);
	mutex_init(&edu->engine_lock);
	init_completion(&edu->transferred);
	mutex_init(&edu->files_lock);
	INIT_LIST_HEAD(&edu->files);
	return edu;
}

/*
 * Not by pcim_enable_device(): what that restores after edu_remove() includes the line interrupt,
 * which nobody handles then.
 */
static int edu_map(struct edu *edu)
{
	struct pci_dev *pdev = edu->pdev;
	int ret;

	ret = pci_enable_device(pdev);
	if (ret)
		return ret;
	pci_intx(pdev, false);		/* until there is a handler */
	ret = pci_request_region(pdev, 0, KBUILD_MODNAME);
	if (ret)
		goto disable;
	edu->regs = pci_iomap(pdev, 0, 0);
	if (edu->regs)
		return 0;
	ret = -ENOMEM;
	pci_release_region(pdev, 0);
disable:
	pci_disable_device(pdev);
	return ret;
}

static void edu_unmap(struct edu *edu)
{
	pci_iounmap(edu->pdev, edu->regs);
	pci_release_region(edu->pdev, 0);
	pci_disable_device(edu->pdev);
}

/* Managed: freed after edu_remove(). */
static int edu_alloc_memory(struct edu *edu)
{
	struct device *dev = &edu->pdev->dev;
	int ret;

	ret = dma_set_mask_and_coherent(dev, DMA_BIT_MASK(EDU_DMA_BITS));
	if (ret)
		return ret;
	edu->window = dmam_alloc_coherent(dev, EDU_WINDOW, &edu->window_addr, GFP_KERNEL);
	edu->buf = (void *)devm_get_free_pages(dev, GFP_KERNEL | GFP_DMA | __GFP_ZERO,
					       get_order(EDU_MEMORY));
	return edu->window && edu->buf ? 0 : -ENOMEM;
}

static int edu_request_irq(struct edu *edu)
{
	struct pci_dev *pdev = edu->pdev;
	int ret;

	ret = pci_alloc_irq_vectors(pdev, 1, 1, PCI_IRQ_MSI | PCI_IRQ_LEGACY);
	if (ret < 0)
		return ret;
	edu->vectors = ret;
	if (!pdev->msi_enabled)
		pci_intx(pdev, false);
	ret = request_irq(pci_irq_vector(pdev, 0), edu_interrupt,
			  pdev->msi_enabled ? 0 : IRQF_SHARED, KBUILD_MODNAME, edu);
	if (ret) {
		pci_free_irq_vectors(pdev);
		return ret;
	}
	if (!pdev->msi_enabled)
		pci_intx(pdev, true);
	writel(EDU_STATUS_INTERRUPT, edu->regs + EDU_STATUS);
	return 0;
}

static void edu_free_irq(struct edu *edu)
{
	if (!edu->pdev->msi_enabled)
		pci_intx(edu->pdev, false);
	free_irq(pci_irq_vector(edu->pdev, 0), edu);
	pci_free_irq_vectors(edu->pdev);
}

static int edu_register(struct edu *edu)
{
	int ret;

	ret = ida_alloc(&edu_ida, GFP_KERNEL);
	if (ret < 0)
		return ret;
	edu->id = ret;
	snprintf(edu->name, sizeof(edu->name), "edu_twin%d", edu->id);
	edu->misc.minor = MISC_DYNAMIC_MINOR;
	edu->misc.name = edu->name;
	edu->misc.fops = &edu_fops;
	edu->misc.parent = &edu->pdev->dev;
	ret = misc_register(&edu->misc);
	if (ret)
		ida_free(&edu_ida, edu->id);
	return ret;
}

/* The device can neither reach memory nor interrupt afterwards. */
static void edu_halt(struct edu *edu)
{
	pci_clear_master(edu->pdev);
	pci_intx(edu->pdev, false);
	edu_unmap_buffer(edu);
}

static int edu_bring_up(struct edu *edu)
{
	int ret;
	u32 id;

	ret = edu_check(edu) ?: edu_alloc_memory(edu);
	if (ret)
		return ret;
	pci_set_master(edu->pdev);	/* it is idle: nothing of an earlier driver is written */
	ret = edu_request_irq(edu);
	if (ret)
		goto halt;
	id = readl(edu->regs + EDU_ID);
	dev_info(&edu->pdev->dev, "edu device, revision %u.%u\n", id >> 24, id >> 16 & 0xff);
	ret = edu_register(edu);
	if (!ret)
		return 0;
	edu_free_irq(edu);
halt:
	edu_halt(edu);
	return ret;
}

static int edu_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct edu *edu = edu_alloc(pdev);
	int ret;

	if (!edu)
		return -ENOMEM;
	ret = edu_map(edu);
	if (ret)
		goto put;
	ret = edu_bring_up(edu);
	if (ret)
		goto unmap;
	pci_set_drvdata(pdev, edu);
	return 0;
unmap:
	edu_unmap(edu);
put:
	kref_put(&edu->ref, edu_free);
	return ret;
}

static void edu_mark_dead(struct edu *edu)
{
	WRITE_ONCE(edu->dead, true);
	/* Pairs with the barrier in edu_wait_transferred(). */
	smp_mb();
	complete_all(&edu->transferred);
	wake_up_poll(&edu->job_changed, EPOLLHUP | EPOLLERR);
	wake_up_all(&edu->job_changed);
	wake_up_poll(&edu->hangup, EPOLLHUP | EPOLLERR);
}

static void edu_remove(struct pci_dev *pdev)
{
	struct edu *edu = pci_get_drvdata(pdev);

	edu_mark_dead(edu);
	misc_deregister(&edu->misc);
	synchronize_srcu(&edu->gate);
	edu_unmap_files(edu);
	edu_free_irq(edu);
	edu_halt(edu);
	edu_unmap(edu);
	ida_free(&edu_ida, edu->id);
	kref_put(&edu->ref, edu_free);
}

static const struct pci_device_id edu_ids[] = {
	{ PCI_DEVICE(0x1234, 0x11e8) },
	{ }
};
MODULE_DEVICE_TABLE(pci, edu_ids);

static struct pci_driver edu_driver = {
	.name		= KBUILD_MODNAME,
	.id_table	= edu_ids,
	.probe		= edu_probe,
	.remove		= edu_remove,
};
module_pci_driver(edu_driver);

MODULE_DESCRIPTION("QEMU's educational device, on the kernel's own API");
MODULE_LICENSE("GPL");

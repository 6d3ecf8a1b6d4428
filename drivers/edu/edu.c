// SPDX-License-Identifier: GPL-2.0
/*
 * QEMU's educational device: registers, an interrupt, DMA, a character device.
 *
 * The device computes a factorial and copies between its memory and the computer's, and
 * interrupts when it is done. See docs/specs/edu.txt in QEMU for the hardware and edu_uapi.h
 * for user space.
 */
#include <ferrule/atomic.h>
#include <ferrule/coherent.h>
#include <ferrule/completion.h>
#include <ferrule/dma.h>
#include <ferrule/ioctl.h>
#include <ferrule/irq.h>
#include <ferrule/lock.h>
#include <ferrule/miscdev.h>
#include <ferrule/pci.h>
#include <ferrule/wait.h>

#include "edu_uapi.h"

FE_BAR(edu_regs, SZ_1M);
FE_REG(edu_regs, EDU_ID, 0x00, u32, RO);
FE_REG(edu_regs, EDU_LIVENESS, 0x04, u32, RW);		/* reads inverted */
FE_REG(edu_regs, EDU_FACTORIAL, 0x08, u32, RW);
FE_REG(edu_regs, EDU_STATUS, 0x20, u32, RW);
FE_REG(edu_regs, EDU_IRQ_STATUS, 0x24, u32, RO);
FE_REG(edu_regs, EDU_IRQ_ACK, 0x64, u32, WO);
FE_REG(edu_regs, EDU_DMA_SOURCE, 0x80, u64, RW);
FE_REG(edu_regs, EDU_DMA_TARGET, 0x88, u64, RW);
FE_REG(edu_regs, EDU_DMA_COUNT, 0x90, u64, RW);
FE_REG(edu_regs, EDU_DMA_COMMAND, 0x98, u64, RW);

#define EDU_ID_MASK		0x000000ff
#define EDU_ID_VALUE		0x000000ed
#define EDU_LIVENESS_TRY	0x12345678
#define EDU_STATUS_COMPUTING	0x01
#define EDU_STATUS_INTERRUPT	0x80		/* when a factorial is done */
#define EDU_IRQ_FACTORIAL	0x001
#define EDU_IRQ_DMA		0x100
#define EDU_DMA_RUN		0x1
#define EDU_DMA_FROM_DEVICE	0x2
#define EDU_DMA_INTERRUPT	0x4		/* when the transfer is done */
#define EDU_DMA_MEMORY		0x40000		/* where the DMA engine sees the device's memory */
#define EDU_DMA_BITS		28
#define EDU_DMA_TIMEOUT_MS	2000
#define EDU_IDLE_TIMEOUT_US	500000

/* The factorial unit: one computation at a time, for one open file, until that has its result. */
struct edu_job {
	u64			owner;		/* id of the file; 0: of none, or it was closed */
	bool			running;
	struct edu_factorial	factorial;
};

/* The DMA engine: one transfer at a time. */
struct edu_engine {
	struct fe_dma_buf	buf;		/* ours, … */
	struct fe_dma_map	map;		/* … or the device's */
};

FE_SPINLOCK_IRQ(edu_job_lock, struct edu_job);
FE_MUTEX(edu_engine_lock, struct edu_engine);
FE_COHERENT(edu_window, u8, EDU_WINDOW);

struct edu {
	struct edu_regs		regs;
	struct fe_dma		dma;
	struct edu_job_lock	job;
	struct fe_waitq		job_changed;
	struct edu_engine_lock	engine;
	struct fe_completion	transferred;
	struct edu_window	window;
	struct fe_pci_vectors	vectors;
	struct fe_irq		irq;
	struct fe_miscdev	node;
	struct fe_counter	interrupts, factorials, transfers, opens;
};

FE_DROP(edu_engine, (fe_dma_map, map), (fe_dma_buf, buf));
FE_LOCK_DROP(edu_engine_lock, edu_engine);
FE_DROP(edu, (edu_engine_lock, engine));

struct edu_file {
	struct fe_file		fe;
	u64			id;
};

static void edu_job_done(const struct edu *edu)
{
	struct edu_job *job __fe_unlock(edu_job_lock) = fe_lock(&edu->job);

	if (!job->running)
		return;			/* left over from an earlier binding */
	job->factorial.result = fe_read(&edu->regs, EDU_FACTORIAL);
	job->running = false;
	fe_count(&edu->factorials);
	fe_wake(&edu->job_changed);
}

static irqreturn_t edu_interrupt(const struct edu *edu)
{
	u32 status = fe_read(&edu->regs, EDU_IRQ_STATUS);

	if (!status || fe_gone(status))
		return IRQ_NONE;
	fe_write(&edu->regs, EDU_IRQ_ACK, status);
	fe_count(&edu->interrupts);
	if (status & EDU_IRQ_FACTORIAL)
		edu_job_done(edu);
	if (status & EDU_IRQ_DMA)
		fe_complete(&edu->transferred);
	return IRQ_HANDLED;
}

FE_IRQ(edu, irq, edu_interrupt);

static inline int edu_job_start(const struct edu *edu, u64 owner, u32 n)
{
	struct edu_job *job __fe_unlock_irq(edu_job_lock) = fe_lock_irq(&edu->job);

	if (job->owner || job->running)
		return job->owner == owner ? -EBUSY : -EAGAIN;
	*job = (struct edu_job){ owner, true, { .n = n } };
	fe_write(&edu->regs, EDU_FACTORIAL, n);
	return 0;
}

static inline int edu_job_fetch(const struct edu *edu, u64 owner, struct edu_factorial *arg)
{
	struct edu_job *job __fe_unlock_irq(edu_job_lock) = fe_lock_irq(&edu->job);

	if (job->owner != owner || job->running)
		return -EAGAIN;
	*arg = job->factorial;
	job->owner = 0;
	fe_wake(&edu->job_changed);
	return 0;
}

static int edu_start(const struct edu *edu, const struct edu_file *file,
		     struct edu_factorial *arg)
{
	return fe_retry(&edu->job_changed, &file->fe, edu_job_start(edu, file->id, arg->n));
}

static int edu_fetch(const struct edu *edu, const struct edu_file *file,
		     struct edu_factorial *arg)
{
	return fe_retry(&edu->job_changed, &file->fe, edu_job_fetch(edu, file->id, arg));
}

static __poll_t edu_poll(const struct edu *edu, const struct edu_file *file, struct fe_poll *p)
{
	struct edu_job *job __fe_unlock_irq(edu_job_lock) = NULL;

	fe_poll_wait(p, &edu->job_changed);
	job = fe_lock_irq(&edu->job);
	if (job->running)
		return 0;
	return !job->owner ? EPOLLOUT : job->owner == file->id ? EPOLLIN : 0;
}

static int edu_open(const struct edu *edu, struct edu_file *file)
{
	file->id = fe_count_next(&edu->opens);
	return 0;
}

/* Nobody will fetch what this file has started, if anything. */
static void edu_release(const struct edu *edu, struct edu_file *file)
{
	struct edu_job *job __fe_unlock_irq(edu_job_lock) = fe_lock_irq(&edu->job);

	if (job->owner != file->id)
		return;
	job->owner = 0;
	fe_wake(&edu->job_changed);
}

/* A device that is gone reads all ones: it runs until unbind ends the wait. */
static bool edu_dma_runs(const struct edu *edu)
{
	return fe_read(&edu->regs, EDU_DMA_COMMAND) & EDU_DMA_RUN;
}

/*
 * Waits for the transfer that runs, if any, and takes back what the device had. The device's
 * own word is what counts: a signal or a lost interrupt ends a wait, but not the transfer.
 */
static int edu_settle(const struct edu *edu, struct edu_engine *engine)
{
	int ret = 0;

	while (!ret && edu_dma_runs(edu))
		ret = fe_wait_timeout(&edu->transferred, EDU_DMA_TIMEOUT_MS);
	if (fe_dma_given(&engine->map) && !edu_dma_runs(edu)) {
		fe_dma_buf_drop(&engine->buf);	/* it is empty: the device has what was in it */
		engine->buf = fe_dma_take(&engine->map);
	}
	return ret;
}

static int edu_transfer(const struct edu *edu, struct edu_engine *engine, dma_addr_t addr,
			u32 pos, u32 len, bool to_device)
{
	u64 memory = EDU_DMA_MEMORY + pos;

	fe_arm(&edu->transferred);
	fe_count(&edu->transfers);
	fe_write(&edu->regs, EDU_DMA_SOURCE, to_device ? addr : memory);
	fe_write(&edu->regs, EDU_DMA_TARGET, to_device ? memory : addr);
	fe_write(&edu->regs, EDU_DMA_COUNT, (u64)len);
	fe_write(&edu->regs, EDU_DMA_COMMAND, EDU_DMA_RUN | EDU_DMA_INTERRUPT |
		 (to_device ? 0 : EDU_DMA_FROM_DEVICE));
	return edu_settle(edu, engine);
}

static ssize_t edu_read(const struct edu *edu, const struct edu_file *file, struct fe_writer *to)
{
	struct edu_engine *engine __fe_unlock(edu_engine_lock) =
		fe_lock_interruptible(&edu->engine);
	size_t len = fe_left(to);
	int ret;

	if (IS_ERR(engine))
		return PTR_ERR(engine);
	ret = edu_settle(edu, engine) ?:
	      fe_dma_give(&engine->buf, len, FE_FROM_DEVICE, &engine->map) ?:
	      edu_transfer(edu, engine, fe_dma_addr(&engine->map), fe_pos(to), len, false) ?:
	      fe_dma_buf_put(&engine->buf, 0, len, to);
	return ret ?: len;
}

static ssize_t edu_write(const struct edu *edu, const struct edu_file *file,
			 struct fe_reader *from)
{
	struct edu_engine *engine __fe_unlock(edu_engine_lock) =
		fe_lock_interruptible(&edu->engine);
	size_t len = fe_left(from);
	int ret;

	if (IS_ERR(engine))
		return PTR_ERR(engine);
	ret = edu_settle(edu, engine) ?:
	      fe_dma_buf_get(&engine->buf, 0, len, from) ?:
	      fe_dma_give(&engine->buf, len, FE_TO_DEVICE, &engine->map) ?:
	      edu_transfer(edu, engine, fe_dma_addr(&engine->map), fe_pos(from), len, true);
	return ret ?: len;
}

static int edu_copy(const struct edu *edu, const struct edu_file *file, struct edu_copy *arg)
{
	struct edu_engine *engine __fe_unlock(edu_engine_lock) =
		fe_lock_interruptible(&edu->engine);

	if (IS_ERR(engine))
		return PTR_ERR(engine);
	if (!arg->len || arg->len > EDU_WINDOW || arg->pos > EDU_MEMORY ||
	    arg->len > EDU_MEMORY - arg->pos || arg->to_device > 1 || arg->reserved)
		return -EINVAL;
	return edu_settle(edu, engine) ?:
	       edu_transfer(edu, engine, fe_coherent_addr(&edu->window), arg->pos, arg->len,
			    arg->to_device);
}

static int edu_mmap(const struct edu *edu, const struct edu_file *file, struct fe_vma *vma)
{
	return fe_mmap_coherent(vma, &edu->window);
}

static int edu_ident(const struct edu *edu, const struct edu_file *file, struct edu_ident *arg)
{
	arg->id = fe_read(&edu->regs, EDU_ID);
	arg->vectors = fe_pci_vector_count(&edu->vectors);
	return 0;
}

static int edu_stats(const struct edu *edu, const struct edu_file *file, struct edu_stats *arg)
{
	arg->interrupts = fe_counted(&edu->interrupts);
	arg->factorials = fe_counted(&edu->factorials);
	arg->transfers = fe_counted(&edu->transfers);
	arg->opens = fe_counted(&edu->opens);
	return 0;
}

FE_IOCTLS(edu_ioctl, edu, edu_file,
	  (EDU_IOC_IDENT, struct edu_ident, edu_ident),
	  (EDU_IOC_START, struct edu_factorial, edu_start),
	  (EDU_IOC_RESULT, struct edu_factorial, edu_fetch),
	  (EDU_IOC_COPY, struct edu_copy, edu_copy, FE_NEED_WRITE),
	  (EDU_IOC_STATS, struct edu_stats, edu_stats));

FE_MISCDEV(edu, node, edu_file,
	   .size	= EDU_MEMORY,
	   .fault_first	= true,
	   .open	= edu_open,
	   .release	= edu_release,
	   .read	= edu_read,
	   .write	= edu_write,
	   .poll	= edu_poll,
	   .ioctl	= edu_ioctl,
	   .mmap	= edu_mmap);

/* Is it an edu, does it answer, and did it finish what an earlier driver began? */
static int edu_check(struct fe_pci_dev *pdev, const struct edu *edu)
{
	u32 id = fe_read(&edu->regs, EDU_ID);

	fe_write(&edu->regs, EDU_LIVENESS, EDU_LIVENESS_TRY);
	if ((id & EDU_ID_MASK) != EDU_ID_VALUE ||
	    fe_read(&edu->regs, EDU_LIVENESS) != ~EDU_LIVENESS_TRY) {
		fe_err(&pdev->dev, "no edu device, or a dead one: id %#x\n", id);
		return -ENODEV;
	}
	fe_info(&pdev->dev, "edu device, revision %u.%u\n", id >> 24, id >> 16 & 0xff);
	return fe_poll(&edu->regs, EDU_STATUS, EDU_STATUS_COMPUTING, 0, EDU_IDLE_TIMEOUT_US) ?:
	       fe_poll(&edu->regs, EDU_DMA_COMMAND, EDU_DMA_RUN, 0, EDU_IDLE_TIMEOUT_US);
}

static int edu_init_engine(struct fe_pci_dev *pdev, struct edu *edu)
{
	struct edu_engine *engine __fe_unlock(edu_engine_lock) = fe_lock(&edu->engine);

	fe_pci_set_master(pdev);	/* it is idle: nothing of an earlier driver is written */
	return fe_dma_init(&pdev->dev, &edu->dma, EDU_DMA_BITS) ?:
	       fe_coherent_alloc(&pdev->dev, &edu->window) ?:
	       fe_dma_buf_alloc(&edu->dma, EDU_MEMORY, &engine->buf);
}

static int edu_probe(struct fe_pci_dev *pdev, struct edu *edu)
{
	fe_lock_init(&edu->job);
	fe_lock_init(&edu->engine);
	return fe_pci_map_bar(pdev, 0, &edu->regs) ?:
	       edu_check(pdev, edu) ?:
	       fe_waitq_init(&pdev->dev, &edu->job_changed) ?:
	       fe_completion_init(&pdev->dev, &edu->transferred) ?:
	       edu_init_engine(pdev, edu) ?:
	       fe_pci_alloc_vectors(pdev, &edu->vectors, 1, 1, FE_IRQ_MSI | FE_IRQ_LINE) ?:
	       edu_irq_declare(&pdev->dev, edu, &edu->vectors, 0) ?:
	       edu_node_declare(&pdev->dev, edu, "edu");
}

/* Handlers are armed: what an earlier driver left pending is answered, what we ask for comes. */
static int edu_online(const struct edu *edu)
{
	fe_write(&edu->regs, EDU_STATUS, EDU_STATUS_INTERRUPT);
	return 0;
}

FE_PCI_IDS(edu_ids, { FE_PCI_DEVICE(0x1234, 0x11e8) });
FE_PCI_DRIVER(edu, edu_ids, .probe = edu_probe, .start = edu_online, .drop = edu_drop);

MODULE_DESCRIPTION("QEMU's educational device, on Ferrule");
MODULE_LICENSE("GPL");

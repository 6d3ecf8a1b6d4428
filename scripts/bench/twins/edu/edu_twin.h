/* SPDX-License-Identifier: GPL-2.0 */
/*
 * drivers/edu as it is written against the kernel's own API, to be measured against.
 *
 * It does what drivers/edu does, and is as correct under unplug: every operation is in an SRCU
 * section that unbind waits for, no user page is faulted in inside one, and what is mapped is
 * unmapped. The order of edu_remove() is that of the layer.
 */
#ifndef _EDU_TWIN_H
#define _EDU_TWIN_H

#include <linux/completion.h>
#include <linux/dma-mapping.h>
#include <linux/kref.h>
#include <linux/miscdevice.h>
#include <linux/mutex.h>
#include <linux/pci.h>
#include <linux/spinlock.h>
#include <linux/srcu.h>
#include <linux/wait.h>

#include "edu_uapi.h"

#define EDU_ID			0x00
#define EDU_LIVENESS		0x04		/* reads inverted */
#define EDU_FACTORIAL		0x08
#define EDU_STATUS		0x20
#define EDU_IRQ_STATUS		0x24
#define EDU_IRQ_ACK		0x64
#define EDU_DMA_SOURCE		0x80
#define EDU_DMA_TARGET		0x88
#define EDU_DMA_COUNT		0x90
#define EDU_DMA_COMMAND		0x98

#define EDU_ID_MASK		0x000000ff
#define EDU_ID_VALUE		0x000000ed
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
#define EDU_IDLE_SLEEP_US	10000

struct edu {
	struct kref		ref;		/* the binding's, and one of each open file */
	struct srcu_struct	gate;		/* around everything that needs the device */
	bool			dead;
	struct pci_dev		*pdev;
	void __iomem		*regs;
	wait_queue_head_t	hangup;

	/* The factorial unit: for one open file at a time, until that has its result. */
	spinlock_t		job_lock;	/* protects the next three */
	u64			owner;		/* id of the file; 0: of none, or it was closed */
	bool			running;
	struct edu_factorial	factorial;
	wait_queue_head_t	job_changed;

	/* The DMA engine: a transfer that a signal left running is settled by the next one. */
	struct mutex		engine_lock;	/* protects all of it */
	struct completion	transferred;
	void			*buf;
	dma_addr_t		buf_addr;
	size_t			buf_len;	/* 0 if it is not mapped */
	enum dma_data_direction	buf_dir;

	void			*window;
	dma_addr_t		window_addr;
	atomic64_t		interrupts, factorials, transfers, opens;
	int			vectors;

	struct mutex		files_lock;	/* protects files */
	struct list_head	files;
	struct miscdevice	misc;
	char			name[24];
	int			id;
};

struct edu_file {
	struct edu		*edu;
	struct file		*filp;
	struct list_head	node;
	u64			id;
};

/* Until edu_exit() the device stays bound. Not around what may fault. */
static inline int edu_enter(struct edu *edu)
{
	int gate = srcu_read_lock(&edu->gate);

	if (unlikely(READ_ONCE(edu->dead))) {
		srcu_read_unlock(&edu->gate, gate);
		return -ENODEV;
	}
	return gate;
}

static inline void edu_exit(struct edu *edu, int gate)
{
	srcu_read_unlock(&edu->gate, gate);
}

static inline void edu_unmap_buffer(struct edu *edu)
{
	if (!edu->buf_len)
		return;
	dma_unmap_single(&edu->pdev->dev, edu->buf_addr, edu->buf_len, edu->buf_dir);
	edu->buf_len = 0;
}

extern const struct file_operations edu_fops;

/* For the last kref_put(). */
void edu_free(struct kref *ref);
/* Nobody is in the gate, or will be. */
void edu_unmap_files(struct edu *edu);

#endif /* _EDU_TWIN_H */

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * drivers/nullblk as it is written against the kernel's own API, to be measured against.
 *
 * It does what drivers/nullblk does, and is as correct when a disk goes under load: its queues
 * refuse what comes, what is in flight ends with an error, and then the disk is deleted.
 */
#ifndef _NULLBLK_TWIN_H
#define _NULLBLK_TWIN_H

#include <linux/badblocks.h>
#include <linux/blk-mq.h>
#include <linux/hrtimer.h>
#include <linux/xarray.h>

/* When a request is answered: in the queue function, in a soft interrupt, by a timer. */
enum nullblk_irqmode {
	NULLBLK_IRQ_NONE,
	NULLBLK_IRQ_SOFTIRQ,
	NULLBLK_IRQ_TIMER,
};

struct nullblk_config {
	u64	size;
	u32	blocksize;
	u32	max_sectors;
	u32	submit_queues;
	u32	poll_queues;
	u32	hw_queue_depth;
	u32	home_node;	/* U32_MAX: any, which is NUMA_NO_NODE */
	u32	irqmode;
	u64	completion_nsec;
	u32	mbps;
	bool	memory_backed;
	bool	discard;
	bool	virt_boundary;
	bool	no_sched;
};

/* Requests that wait for somebody to poll. */
struct nullblk_parking {
	spinlock_t		lock;		/* protects the list, and parked of each request */
	struct list_head	requests;
};

struct nullblk {
	bool			dead;
	u32			irqmode;
	u32			portion;	/* bytes in a tick; 0: no limit */
	u64			completion_nsec;
	struct badblocks	bad;
	struct xarray		pages;		/* by the disk's page; none reads as zeroes */
	struct nullblk_parking	*parking;	/* one for each queue; NULL: nobody polls */
	unsigned int		poll_queues;

	spinlock_t		budget_lock;	/* protects the next two */
	s64			budget;		/* what may be transferred until the next tick */
	bool			ticking;
	struct hrtimer		tick;

	struct gendisk		*disk;
	struct blk_mq_tag_set	tags;
	int			id;
};

/* With each request. Who cancels a timer that was started owns the request. */
struct nullblk_cmd {
	struct hrtimer		timer;
	blk_status_t		status;
	bool			parked;
	bool			lost;		/* its answer, as fail_io_timeout has it */
};

/* Of disks without memory, and with it, which is allocated in the queue function. */
extern const struct blk_mq_ops nullblk_null_ops, nullblk_backed_ops;
enum hrtimer_restart nullblk_tick(struct hrtimer *timer);
/* For the iterator: ends a request that is in flight. */
bool nullblk_cancel(struct request *rq, void *nullblk);

/* Makes a disk, or an ERR_PTR(). */
struct nullblk *nullblk_create(const struct nullblk_config *config);
/* Ends it: nothing of it is in use afterwards but what is open. */
void nullblk_end(struct nullblk *nullblk);
/* Once, when all disks have ended. */
void nullblk_exit(void);

#endif /* _NULLBLK_TWIN_H */

// SPDX-License-Identifier: GPL-2.0
/*
 * A disk without a disk: /dev/nullblk0, … answer every request at once, or as late as they are
 * told to, to measure what is above them. Parameters and attributes are named as null_blk's.
 */
#include <ferrule/block.h>
#include <ferrule/configfs.h>

#define NULLBLK_MB	2048		/* sectors of a MiB */

/* When a request is answered: in the queue function, in a soft interrupt, by a timer. */
enum nullblk_irqmode {
	NULLBLK_IRQ_NONE,
	NULLBLK_IRQ_SOFTIRQ,
	NULLBLK_IRQ_TIMER,
};

struct nullblk_config {
	u32	size;
	u32	blocksize;
	u32	max_sectors;
	u32	submit_queues;
	u32	poll_queues;
	u32	hw_queue_depth;
	u32	irqmode;
	u64	completion_nsec;
	bool	virt_boundary;
	bool	no_sched;
};

FE_PARAM(nr_devices, u32, 1, 0, 256, "disks made at load");
FE_CONFIGFS(nullblk_config,
	    FE_NUMBER(size, 250 * 1024, 1, U32_MAX, "size in MiB"),
	    FE_NUMBER(blocksize, 512, 512, 4096, "bytes of a block", fe_power_of_2),
	    FE_NUMBER(max_sectors, 0, 0, 65536, "largest request, in sectors of 512 bytes"),
	    FE_NUMBER(submit_queues, 1, 1, 4096, "queues, at most one a CPU"),
	    FE_NUMBER(poll_queues, 0, 0, 4096, "queues for polling"),
	    FE_NUMBER(hw_queue_depth, 64, 1, 10240, "requests in each queue"),
	    FE_NUMBER(irqmode, 1, 0, 2, "who answers: 0 nobody, 1 softirq, 2 timer"),
	    FE_NUMBER(completion_nsec, 10000, 0, 10000000000, "until the timer answers"),
	    FE_FLAG(virt_boundary, false, "no gaps within the pages of a request"),
	    FE_FLAG(no_sched, false, "no I/O scheduler"));

struct nullblk {
	u32		irqmode;
	u64		completion_nsec;
	struct fe_disk	disk;
};

static int nullblk_queue(const struct nullblk *nullblk, struct fe_request *rq __fe_take_ok)
{
	if (fe_request_polled(rq))
		fe_request_defer(rq);
	else if (nullblk->irqmode == NULLBLK_IRQ_NONE)
		fe_request_end(rq, 0);
	else if (nullblk->irqmode == NULLBLK_IRQ_SOFTIRQ)
		fe_request_complete(rq, 0);
	else
		fe_request_complete_after(rq, 0, nullblk->completion_nsec);
	return 0;
}

static void nullblk_poll(const struct nullblk *nullblk, struct fe_request *rq __fe_take,
			 struct fe_batch *batch)
{
	fe_request_end_batched(rq, 0, batch);
}

FE_DISK(nullblk, disk, fe_no_data, .queue = nullblk_queue, .poll = nullblk_poll);

static int nullblk_probe(struct fe_faux_dev *fdev, const struct nullblk_config *config,
			 struct nullblk *nullblk)
{
	const struct fe_disk_spec spec = {
		.name		= "nullblk",
		.sectors	= (u64)config->size * NULLBLK_MB,
		.block_size	= config->blocksize,
		.max_sectors	= config->max_sectors,
		.virt_boundary	= config->virt_boundary,
		.no_sched	= config->no_sched,
		.queues		= config->submit_queues,
		.poll_queues	= config->poll_queues,
		.depth		= config->hw_queue_depth,
		.timeout_ms	= 5000,
		.node		= NUMA_NO_NODE,
	};

	nullblk->irqmode = config->irqmode;
	nullblk->completion_nsec = config->completion_nsec;
	return nullblk_disk_declare(&fdev->dev, nullblk, &spec);
}

FE_CONFIGFS_DRIVER(nullblk, nullblk_config, .probe = nullblk_probe, .devices = nr_devices);

MODULE_DESCRIPTION("Disks that do nothing, on Ferrule");
MODULE_LICENSE("GPL");

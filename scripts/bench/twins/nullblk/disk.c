// SPDX-License-Identifier: GPL-2.0
/* The disk: how it is made and how it goes. */
#include <linux/blkdev.h>
#include <linux/idr.h>
#include <linux/module.h>
#include <linux/slab.h>

#include "nullblk_twin.h"

#define NULLBLK_MIB_SECTORS	(SZ_1M / SECTOR_SIZE)
#define NULLBLK_TIMEOUT_MS	5000	/* and what the answer takes */
#define NULLBLK_CANCEL_MS	20	/* between two looks at what is in flight */
#define NULLBLK_TICKS		50	/* of the bandwidth, in a second */

static DEFINE_IDA(nullblk_ida);

static const struct block_device_operations nullblk_fops = {
	.owner = THIS_MODULE,
};

static bool nullblk_has_node(u32 node)
{
	return node == U32_MAX || (node < MAX_NUMNODES && node_online(node));
}

static int nullblk_alloc_tags(struct nullblk *nullblk, const struct nullblk_config *config)
{
	struct blk_mq_tag_set *set = &nullblk->tags;
	unsigned int i;

	if (!nullblk_has_node(config->home_node))
		return -EINVAL;
	nullblk->poll_queues = min(config->poll_queues, nr_cpu_ids);
	set->ops = config->memory_backed ? &nullblk_backed_ops : &nullblk_null_ops;
	set->nr_hw_queues = min(config->submit_queues, nr_cpu_ids) + nullblk->poll_queues;
	set->nr_maps = nullblk->poll_queues ? HCTX_MAX_TYPES : 1;
	set->queue_depth = config->hw_queue_depth;
	set->numa_node = config->home_node;
	set->cmd_size = sizeof(struct nullblk_cmd);
	set->timeout = msecs_to_jiffies(NULLBLK_TIMEOUT_MS +
					config->completion_nsec / NSEC_PER_MSEC);
	set->flags = BLK_MQ_F_SHOULD_MERGE;
	if (config->memory_backed)
		set->flags |= BLK_MQ_F_BLOCKING;
	if (config->no_sched)
		set->flags |= BLK_MQ_F_NO_SCHED;
	set->driver_data = nullblk;
	if (nullblk->poll_queues) {
		nullblk->parking = kcalloc(set->nr_hw_queues, sizeof(*nullblk->parking),
					   GFP_KERNEL);
		if (!nullblk->parking)
			return -ENOMEM;
		for (i = 0; i < set->nr_hw_queues; i++) {
			spin_lock_init(&nullblk->parking[i].lock);
			INIT_LIST_HEAD(&nullblk->parking[i].requests);
		}
	}
	return blk_mq_alloc_tag_set(set);
}

/* The bytes of a request are counted in 32 bits. */
static void nullblk_limit(struct request_queue *q, const struct nullblk_config *config)
{
	u32 most = round_down(UINT_MAX >> SECTOR_SHIFT, config->blocksize >> SECTOR_SHIFT);

	blk_queue_logical_block_size(q, config->blocksize);
	blk_queue_physical_block_size(q, config->blocksize);
	if (config->max_sectors)
		blk_queue_max_hw_sectors(q, config->max_sectors);
	if (config->virt_boundary)
		blk_queue_virt_boundary(q, PAGE_SIZE - 1);
	if (config->memory_backed) {
		blk_queue_max_write_zeroes_sectors(q, most);
		if (config->discard) {
			q->limits.discard_granularity = config->blocksize;
			blk_queue_max_discard_sectors(q, most);
		}
	}
	blk_queue_write_cache(q, false, false);
	blk_queue_flag_set(QUEUE_FLAG_NONROT, q);
	blk_queue_flag_clear(QUEUE_FLAG_ADD_RANDOM, q);
}

static int nullblk_add_disk(struct nullblk *nullblk, const struct nullblk_config *config)
{
	struct gendisk *disk = blk_mq_alloc_disk(&nullblk->tags, nullblk);
	int ret;

	if (IS_ERR(disk))
		return PTR_ERR(disk);
	nullblk->disk = disk;
	disk->fops = &nullblk_fops;
	disk->private_data = nullblk;
	snprintf(disk->disk_name, DISK_NAME_LEN, "nullblk_twin%d", nullblk->id);
	nullblk_limit(disk->queue, config);
	set_capacity(disk, config->size * NULLBLK_MIB_SECTORS);
	ret = add_disk(disk);
	if (ret)
		put_disk(disk);
	return ret;
}

static struct nullblk *nullblk_alloc(const struct nullblk_config *config)
{
	struct nullblk *nullblk = kzalloc(sizeof(*nullblk), GFP_KERNEL);

	if (!nullblk)
		return NULL;
	if (badblocks_init(&nullblk->bad, 0)) {
		kfree(nullblk);
		return NULL;
	}
	nullblk->irqmode = config->irqmode;
	nullblk->portion = config->mbps * (SZ_1M / NULLBLK_TICKS);
	nullblk->completion_nsec = config->completion_nsec;
	xa_init_flags(&nullblk->pages, XA_FLAGS_LOCK_IRQ);
	spin_lock_init(&nullblk->budget_lock);
	hrtimer_init(&nullblk->tick, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	nullblk->tick.function = nullblk_tick;
	return nullblk;
}

/* Nobody finds a page any more. */
static void nullblk_free(struct nullblk *nullblk)
{
	unsigned long index;
	struct page *page;

	hrtimer_cancel(&nullblk->tick);
	xa_for_each(&nullblk->pages, index, page) {
		__free_page(page);
		cond_resched();
	}
	xa_destroy(&nullblk->pages);
	badblocks_exit(&nullblk->bad);
	kfree(nullblk->parking);
	kfree(nullblk);
}

struct nullblk *nullblk_create(const struct nullblk_config *config)
{
	struct nullblk *nullblk = nullblk_alloc(config);
	int ret;

	if (!nullblk)
		return ERR_PTR(-ENOMEM);
	ret = ida_alloc(&nullblk_ida, GFP_KERNEL);
	if (ret < 0)
		goto free;
	nullblk->id = ret;
	ret = nullblk_alloc_tags(nullblk, config);
	if (ret)
		goto free_id;
	ret = nullblk_add_disk(nullblk, config);
	if (!ret)
		return nullblk;
	blk_mq_free_tag_set(&nullblk->tags);
free_id:
	ida_free(&nullblk_ida, nullblk->id);
free:
	nullblk_free(nullblk);
	return ERR_PTR(ret);
}

/*
 * Nothing comes in any more, and who saw the disk alive may still bring one into flight: until
 * all have ended. The grace period is for soft interrupts, where queues may sleep.
 */
void nullblk_end(struct nullblk *nullblk)
{
	struct request_queue *q = nullblk->disk->queue;

	WRITE_ONCE(nullblk->dead, true);
	blk_mark_disk_dead(nullblk->disk);
	do {
		blk_mq_tagset_busy_iter(&nullblk->tags, nullblk_cancel, nullblk);
	} while (!blk_mq_freeze_queue_wait_timeout(q, msecs_to_jiffies(NULLBLK_CANCEL_MS)));
	del_gendisk(nullblk->disk);
	if (nullblk->tags.flags & BLK_MQ_F_BLOCKING)
		synchronize_rcu();
	put_disk(nullblk->disk);
	blk_mq_free_tag_set(&nullblk->tags);
	ida_free(&nullblk_ida, nullblk->id);
	nullblk_free(nullblk);
}

void nullblk_exit(void)
{
	rcu_barrier();
	ida_destroy(&nullblk_ida);
}

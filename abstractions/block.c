// SPDX-License-Identifier: GPL-2.0
/*
 * Disks: made in probe, shown last, taken away first.
 *
 * A disk goes in an order of its own, which is the heart of this file (fe_disk_stop()): the
 * binding is dead already, so that its queues refuse what comes; then what is in flight ends with
 * an error; and only then del_gendisk() waits, which would wait for ever for the answers of a
 * device that is gone.
 */
#include <linux/module.h>

#include <ferrule/block.h>

#include "debug.h"

#define FE_DISK_DEPTH		64
#define FE_DISK_CANCEL_MS	20	/* between two looks at what is in flight */

static struct fe_disk *to_disk(struct fe_res *res)
{
	return container_of(res, struct fe_disk, fe);
}

/*
 * SAFETY: blk-mq calls this with the number of queues that it got, for each CPU to find its own;
 * the maps cover all of them. Queues to poll come last.
 */
void fe_disk_map_queues(struct blk_mq_tag_set *set)
{
	const struct fe_disk *disk = set->driver_data;
	unsigned int polled = set->nr_maps > HCTX_TYPE_POLL ? disk->poll_queues : 0;
	struct blk_mq_queue_map *map = set->map;

	map[HCTX_TYPE_DEFAULT].nr_queues = set->nr_hw_queues - polled;
	map[HCTX_TYPE_DEFAULT].queue_offset = 0;
	blk_mq_map_queues(&map[HCTX_TYPE_DEFAULT]);
	if (!polled)
		return;
	map[HCTX_TYPE_READ].nr_queues = 0;
	map[HCTX_TYPE_POLL].nr_queues = polled;
	map[HCTX_TYPE_POLL].queue_offset = set->nr_hw_queues - polled;
	blk_mq_map_queues(&map[HCTX_TYPE_POLL]);
}
EXPORT_SYMBOL_GPL(fe_disk_map_queues);

/* The thunks are one load away from the driver's state. */
int fe_disk_init_hctx(struct blk_mq_hw_ctx *hctx, void *disk, unsigned int index)
{
	hctx->driver_data = ((struct fe_disk *)disk)->state;
	return 0;
}
EXPORT_SYMBOL_GPL(fe_disk_init_hctx);

int fe_disk_init_request(struct blk_mq_tag_set *set, struct request *rq, unsigned int index,
			 unsigned int node)
{
	const struct fe_disk *disk = set->driver_data;
	struct hrtimer *timer = &fe_request_priv(rq)->timer;

	hrtimer_init(timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	timer->function = disk->kind->expire;
	return 0;
}
EXPORT_SYMBOL_GPL(fe_disk_init_request);

/* SAFETY: blk-mq is about to free the request: none is in flight, but a timer may be ending. */
void fe_disk_exit_request(struct blk_mq_tag_set *set, struct request *rq, unsigned int index)
{
	hrtimer_cancel(&fe_request_priv(rq)->timer);
}
EXPORT_SYMBOL_GPL(fe_disk_exit_request);

/* SAFETY: what the kernel does with a request that it queued by itself. It was started. */
void fe_disk_refuse(struct request *rq, int err)
{
	blk_status_t status = fe_queue_status(err);

	if (status == BLK_STS_RESOURCE)
		blk_mq_requeue_request(rq, true);
	else
		blk_mq_end_request(rq, status);
}
EXPORT_SYMBOL_GPL(fe_disk_refuse);

/*
 * SAFETY: user space and the kernel's search for partitions are in at once: this is the last step
 * of bringing the binding up. The tag set is in the driver's state and outlives the disk.
 */
static int fe_disk_arm(struct fe_res *res)
{
	return device_add_disk(res->bound->dev, to_disk(res)->disk, NULL);
}

/* SAFETY: started requests only are asked for, whose data is made; the iterator holds them. */
static bool fe_disk_cancel(struct request *rq, void *unused)
{
	if (fe_request_claim(rq)) {
		fe_request_priv(rq)->result = -ENODEV;
		rq->q->mq_ops->complete(rq);
	}
	return true;
}

/*
 * SAFETY: blk_mark_disk_dead() lets no bio in; those that wait for a request get one, and are
 * refused, for the binding is dead. Whoever saw it alive may still defer a request: we come
 * again until all have ended. The state outlives the last of its callbacks: del_gendisk() waits
 * for timeouts and pollers, and by its grace period for queue functions and for soft interrupts;
 * those of a queue that may sleep have a period of their own. Process context, no lock held that
 * any of these take.
 */
static void fe_disk_stop(struct fe_res *res)
{
	struct fe_disk *disk = to_disk(res);
	struct request_queue *q = disk->disk->queue;

	blk_mark_disk_dead(disk->disk);
	do {
		blk_mq_tagset_busy_iter(&disk->tags, fe_disk_cancel, NULL);
	} while (!blk_mq_freeze_queue_wait_timeout(q, msecs_to_jiffies(FE_DISK_CANCEL_MS)));
	del_gendisk(disk->disk);
	if (disk->tags.flags & BLK_MQ_F_BLOCKING)
		synchronize_rcu();
}

static void fe_disk_free(struct fe_disk *disk)
{
	if (disk->tags.tags)
		blk_mq_free_tag_set(&disk->tags);
	kfree(disk->parking);
	ida_free(disk->kind->ida, disk->id);
}

/* SAFETY: of a disk that was never added, put_disk() ends the queue, which needs the tags. */
static void fe_disk_release(struct fe_res *res)
{
	put_disk(to_disk(res)->disk);
	fe_disk_free(to_disk(res));
}

static const struct fe_res_ops fe_disk_ops = {
	.name		= "disk",
	.class		= FE_CLASS_NODE,
	.arm		= fe_disk_arm,
	.stop		= fe_disk_stop,
	.release	= fe_disk_release,
};

/* The kernel takes a node's number for an index as it is. */
static bool fe_disk_has_node(const struct fe_disk_spec *spec)
{
	return spec->node == NUMA_NO_NODE ||
	       (spec->node >= 0 && spec->node < MAX_NUMNODES && node_online(spec->node));
}

static int fe_disk_check(const struct fe_dev *dev, const struct fe_disk_spec *spec)
{
	u32 block = spec->block_size ?: SECTOR_SIZE;

	if (!fe_disk_has_node(spec)) {
		dev_err(fe_dev_raw(dev), "disk: there is no node %d\n", spec->node);
		return -EINVAL;
	}
	if (blk_validate_block_size(block) || spec->sectors % (block / SECTOR_SIZE) ||
	    spec->sectors > LLONG_MAX / SECTOR_SIZE || (spec->fua && !spec->write_cache)) {
		dev_err(fe_dev_raw(dev), "disk: there is none of %llu sectors in blocks of %u\n",
			spec->sectors, block);
		return -EINVAL;
	}
	return 0;
}

/* In whole blocks, and so that the bytes can be counted: the kernel does not look. */
static u32 fe_disk_most(u32 sectors, u32 block)
{
	return round_down(min(sectors, UINT_MAX >> SECTOR_SHIFT), block >> SECTOR_SHIFT);
}

static void fe_disk_limit(struct request_queue *q, const struct fe_disk_spec *spec)
{
	u32 block = spec->block_size ?: SECTOR_SIZE;

	blk_queue_logical_block_size(q, block);
	blk_queue_physical_block_size(q, block);
	if (spec->max_sectors)
		blk_queue_max_hw_sectors(q, spec->max_sectors);
	if (spec->virt_boundary)
		blk_queue_virt_boundary(q, PAGE_SIZE - 1);
	if (spec->max_discard_sectors) {
		q->limits.discard_granularity = block;
		blk_queue_max_discard_sectors(q, fe_disk_most(spec->max_discard_sectors, block));
	}
	blk_queue_max_write_zeroes_sectors(q, fe_disk_most(spec->max_write_zeroes_sectors, block));
	blk_queue_write_cache(q, spec->write_cache, spec->fua);
	if (!spec->rotational)
		blk_queue_flag_set(QUEUE_FLAG_NONROT, q);
	blk_queue_flag_clear(QUEUE_FLAG_ADD_RANDOM, q);
}

static int fe_disk_alloc_tags(struct fe_disk *disk, const struct fe_disk_spec *spec)
{
	struct blk_mq_tag_set *set = &disk->tags;

	set->ops = disk->kind->ops;
	set->nr_hw_queues = clamp(spec->queues, 1U, nr_cpu_ids) + disk->poll_queues;
	set->nr_maps = disk->poll_queues ? HCTX_MAX_TYPES : 1;
	set->queue_depth = spec->depth ?: FE_DISK_DEPTH;
	set->numa_node = spec->node;
	set->cmd_size = disk->kind->data_size;
	set->timeout = msecs_to_jiffies(spec->timeout_ms);
	set->flags = BLK_MQ_F_SHOULD_MERGE | disk->kind->flags;
	if (spec->no_sched)
		set->flags |= BLK_MQ_F_NO_SCHED;
	set->driver_data = disk;
	return blk_mq_alloc_tag_set(set);
}

static int fe_disk_alloc_parking(struct fe_disk *disk)
{
	unsigned int i;

	if (!disk->poll_queues)
		return 0;
	disk->parking = kcalloc(disk->tags.nr_hw_queues, sizeof(*disk->parking), GFP_KERNEL);
	if (!disk->parking)
		return -ENOMEM;
	for (i = 0; i < disk->tags.nr_hw_queues; i++) {
		spin_lock_init(&disk->parking[i].lock);
		INIT_LIST_HEAD(&disk->parking[i].requests);
	}
	return 0;
}

static int fe_disk_alloc(struct fe_disk *disk, const struct fe_disk_spec *spec)
{
	struct gendisk *gendisk;

	gendisk = __blk_mq_alloc_disk(&disk->tags, disk, disk->kind->key);
	if (IS_ERR(gendisk))
		return PTR_ERR(gendisk);
	if (snprintf(gendisk->disk_name, DISK_NAME_LEN, "%s%d", spec->name, disk->id) >=
	    DISK_NAME_LEN) {
		put_disk(gendisk);
		return -ENAMETOOLONG;
	}
	gendisk->fops = disk->kind->fops;
	fe_disk_limit(gendisk->queue, spec);
	set_capacity(gendisk, spec->sectors);
	disk->disk = gendisk;
	return 0;
}

int fe_disk_declare(struct fe_dev *dev, struct fe_disk *disk, const struct fe_disk_spec *spec,
		    const struct fe_disk_kind *kind)
{
	int ret;

	ret = fe_res_check(dev, &disk->fe, &fe_disk_ops) ?: fe_disk_check(dev, spec);
	if (ret)
		return ret;
	ret = ida_alloc(kind->ida, GFP_KERNEL);
	if (ret < 0)
		return ret;
	disk->id = ret;
	disk->kind = kind;
	disk->state = fe_bound_state(dev->fe.bound);
	disk->poll_queues = min(spec->poll_queues, nr_cpu_ids);
	ret = fe_disk_alloc_tags(disk, spec) ?:
	      fe_disk_alloc_parking(disk) ?:
	      fe_disk_alloc(disk, spec);
	if (ret) {
		fe_disk_free(disk);
		return ret;
	}
	fe_res_add(dev, &disk->fe, &fe_disk_ops);
	return 0;
}
EXPORT_SYMBOL_GPL(fe_disk_declare);

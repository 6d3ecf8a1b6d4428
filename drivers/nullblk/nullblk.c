// SPDX-License-Identifier: GPL-2.0
/*
 * Disks without a disk: /dev/nullblk0, … answer every request at once, or as late as they are
 * told to, to measure what is above them; or they keep what is written in memory, to test it.
 *
 *	# mkdir /sys/kernel/config/nullblk/one
 *	# echo 1 >/sys/kernel/config/nullblk/one/memory_backed
 *	# echo 1 >/sys/kernel/config/nullblk/one/power
 *
 * Module parameters and the files in configfs are named as null_blk's where they mean the same.
 * It has no cache that loses what was not flushed (cache_size), and no zones (zoned, zone_…).
 */
#include <ferrule/block.h>
#include <ferrule/configfs.h>
#include <ferrule/lock.h>
#include <ferrule/page.h>
#include <ferrule/ranges.h>
#include <ferrule/request_data.h>
#include <ferrule/timer.h>
#include <ferrule/xarray.h>

#define NULLBLK_SECTOR		512
#define NULLBLK_MIB		1048576
#define NULLBLK_MSEC		1000000
#define NULLBLK_TIMEOUT_MS	5000		/* and what the answer takes */
#define NULLBLK_TICK_NS		20000000	/* the bandwidth is given out in portions */
#define NULLBLK_TICKS		50		/* in a second */

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
	u32	home_node;
	u32	irqmode;
	u64	completion_nsec;
	u32	mbps;
	bool	memory_backed;
	bool	discard;
	bool	virt_boundary;
	bool	no_sched;
};

/* What may still be transferred until the next tick. */
struct nullblk_budget {
	s64	bytes;
	bool	ticking;
};

FE_SPINLOCK_IRQ(nullblk_budget_lock, struct nullblk_budget);
FE_XARRAY(nullblk_pages, fe_page);		/* by the disk's page; none reads as zeroes */

struct nullblk {
	u32				irqmode;
	u32				portion;	/* bytes in a tick; 0: no limit */
	u64				completion_nsec;
	struct fe_disk			null, backed;	/* one of the two */
	struct fe_timer			tick;
	struct nullblk_budget_lock	budget;
	struct nullblk_pages		pages;
	struct fe_ranges		bad;		/* sectors */
};

FE_DROP(nullblk, (nullblk_pages, pages), (fe_ranges, bad));

static int nullblk_show_bad(const struct nullblk *nullblk, struct fe_text_out *text)
{
	u64 first, last;

	for (first = 0; fe_ranges_next(&nullblk->bad, &first, &last); first = last + 1)
		fe_text_add(text, "%llu %llu\n", first, last - first + 1);
	return 0;
}

/* +1-8 makes these sectors bad, -1-8 makes them good. */
static int nullblk_set_bad(const struct nullblk *nullblk, struct fe_text_in *text)
{
	bool bad = fe_text_skip(text, '+');
	u64 first, last;
	int ret;

	ret = (bad ? 0 : fe_text_expect(text, '-')) ?:
	      fe_text_number(text, &first) ?:
	      fe_text_expect(text, '-') ?:
	      fe_text_number(text, &last) ?:
	      fe_text_end(text);
	if (ret)
		return ret;
	return bad ? fe_ranges_add(&nullblk->bad, first, last) :
		     fe_ranges_remove(&nullblk->bad, first, last);
}

FE_PARAM(nr_devices, u32, 1, 0, 256, "disks made at load");
FE_CONFIGFS(nullblk_config,
	    FE_NUMBER(size, 256000, 1, 1ULL << 40, "size in MiB"),
	    FE_NUMBER(blocksize, 512, 512, 4096, "bytes of a block", fe_power_of_2),
	    FE_NUMBER(max_sectors, 0, 0, 65535, "sectors of the largest request; 0: as usual"),
	    FE_NUMBER(submit_queues, 1, 1, 4096, "queues, at most one a CPU"),
	    FE_NUMBER(poll_queues, 0, 0, 4096, "queues for polling, at most one a CPU"),
	    FE_NUMBER(hw_queue_depth, 64, 1, 10240, "requests in each queue"),
	    FE_NUMBER(home_node, 4294967295, 0, 4294967295, "node of its memory; the last: any"),
	    FE_NUMBER(irqmode, 1, 0, 2, "answers: 0 at once, 1 in a soft interrupt, 2 by a timer"),
	    FE_NUMBER(completion_nsec, 10000, 0, 3600000000000, "until the timer answers"),
	    FE_NUMBER(mbps, 0, 0, 40960, "most MiB a second; 0: no limit"),
	    FE_FLAG(memory_backed, false, "keep what is written"),
	    FE_FLAG(discard, false, "free what is discarded; with memory_backed"),
	    FE_FLAG(virt_boundary, false, "no gaps within the pages of a request"),
	    FE_FLAG(no_sched, false, "no I/O scheduler"),
	    FE_CONTROL(nullblk, badblocks, nullblk_show_bad, nullblk_set_bad));

static u64 nullblk_tick(const struct nullblk *nullblk)
{
	struct nullblk_budget *budget __fe_unlock(nullblk_budget_lock) = fe_lock(&nullblk->budget);

	budget->ticking = budget->bytes < nullblk->portion;
	budget->bytes = min_t(s64, budget->bytes + nullblk->portion, nullblk->portion);
	return budget->ticking ? NULLBLK_TICK_NS : 0;
}

FE_TIMER(nullblk, tick, nullblk_tick);

/* A request may be larger than what is left; those to come pay for it. */
static bool nullblk_has_budget(const struct nullblk *nullblk, u32 bytes)
{
	struct nullblk_budget *budget __fe_unlock(nullblk_budget_lock) = fe_lock(&nullblk->budget);

	if (!budget->ticking)
		fe_timer_start(&nullblk->tick, NULLBLK_TICK_NS);
	budget->ticking = true;
	if (budget->bytes <= 0)
		return false;
	budget->bytes -= bytes;
	return true;
}

static inline void nullblk_answer(const struct nullblk *nullblk,
				  struct fe_request *rq __fe_take, int err)
{
	if (nullblk->irqmode == NULLBLK_IRQ_NONE)
		fe_request_end(rq, err);
	else if (nullblk->irqmode == NULLBLK_IRQ_SOFTIRQ)
		fe_request_complete(rq, err);
	else
		fe_request_complete_after(rq, err, nullblk->completion_nsec);
}

/* Its answer got lost, as the kernel's fail_io_timeout has it, or nobody polls. */
static void nullblk_timeout(const struct nullblk *nullblk, struct fe_request *rq __fe_take)
{
	fe_request_end(rq, -ETIMEDOUT);
}

static int nullblk_check(const struct nullblk *nullblk, const struct fe_request *rq)
{
	bool bad = fe_ranges_hit(&nullblk->bad, fe_request_sector(rq), fe_request_sectors(rq));

	return bad ? -EIO : 0;
}

static inline int nullblk_null_queue(const struct nullblk *nullblk,
				     struct fe_request *rq __fe_take_ok)
{
	if (nullblk->portion && !nullblk_has_budget(nullblk, fe_request_bytes(rq)))
		return -EBUSY;
	if (fe_request_polled(rq))
		fe_request_defer(rq);
	else
		nullblk_answer(nullblk, rq, nullblk_check(nullblk, rq));
	return 0;
}

static void nullblk_null_poll(const struct nullblk *nullblk, struct fe_request *rq __fe_take,
			      struct fe_batch *batch)
{
	fe_request_end_batched(rq, nullblk_check(nullblk, rq), batch);
}

FE_DISK(nullblk, null, fe_no_data, .queue = nullblk_null_queue, .timeout = nullblk_timeout,
	.poll = nullblk_null_poll);

static void nullblk_read(const struct nullblk *nullblk, u64 pos, struct fe_data *data)
{
	const struct nullblk_pages_view *view __fe_unlock(nullblk_pages) =
		fe_xa_read(&nullblk->pages);
	const struct fe_page *page;

	while (fe_data_left(data)) {
		page = fe_xa_find(view, pos / PAGE_SIZE);
		if (page)
			pos += fe_data_put(data, page, pos, fe_data_left(data));
		else
			pos += fe_data_zero(data, pos, fe_data_left(data));
	}
}

/* As far as there are pages. Returns how far that is. */
static u64 nullblk_overwrite(const struct nullblk *nullblk, u64 pos, struct fe_data *data)
{
	const struct nullblk_pages_view *view __fe_unlock(nullblk_pages) =
		fe_xa_read(&nullblk->pages);
	const struct fe_page *page;

	while (fe_data_left(data)) {
		page = fe_xa_find(view, pos / PAGE_SIZE);
		if (!page)
			break;
		pos += fe_data_get(data, page, pos, fe_data_left(data));
	}
	return pos;
}

/* Others may have been faster, and discards may undo it. */
static int nullblk_add_page(const struct nullblk *nullblk, u64 pos)
{
	struct fe_page *page __fe_free_page = fe_page_new();
	int ret;

	if (IS_ERR(page))
		return PTR_ERR(page);
	ret = fe_xa_insert(&nullblk->pages, pos / PAGE_SIZE, page);
	return ret == -EBUSY ? 0 : ret;
}

static int nullblk_write(const struct nullblk *nullblk, u64 pos, struct fe_data *data)
{
	for (;;) {
		pos = nullblk_overwrite(nullblk, pos, data);
		if (!fe_data_left(data))
			return 0;
		if (nullblk_add_page(nullblk, pos))
			return -ENOSPC;
	}
}

static void nullblk_zero(const struct nullblk *nullblk, u64 pos, u64 end)
{
	const struct nullblk_pages_view *view __fe_unlock(nullblk_pages) =
		fe_xa_read(&nullblk->pages);
	const struct fe_page *page = fe_xa_find(view, pos / PAGE_SIZE);

	if (page && pos < end)
		fe_page_zero(page, pos, end - pos);
}

/* Whole pages are freed, the rest is cleared: all of it reads as zeroes. */
static void nullblk_discard(const struct nullblk *nullblk, u64 pos, u64 bytes)
{
	u64 end = pos + bytes;
	u64 first = round_up(pos, PAGE_SIZE), last = round_down(end, PAGE_SIZE);

	if (first > last) {
		nullblk_zero(nullblk, pos, end);
		return;
	}
	nullblk_zero(nullblk, pos, first);
	nullblk_zero(nullblk, last, end);
	if (first < last)
		fe_xa_erase_range(&nullblk->pages, first / PAGE_SIZE, last / PAGE_SIZE - 1);
}

static int nullblk_handle(const struct nullblk *nullblk, struct fe_request *rq)
{
	u64 pos = fe_request_sector(rq) * NULLBLK_SECTOR;
	int ret = nullblk_check(nullblk, rq);

	if (ret)
		return ret;
	switch (fe_request_op(rq)) {
	case FE_OP_READ:
		nullblk_read(nullblk, pos, fe_request_data(rq));
		return 0;
	case FE_OP_WRITE:
		return nullblk_write(nullblk, pos, fe_request_data(rq));
	case FE_OP_DISCARD:
	case FE_OP_WRITE_ZEROES:
		nullblk_discard(nullblk, pos, fe_request_bytes(rq));
		return 0;
	default:
		return -EOPNOTSUPP;
	}
}

static int nullblk_backed_queue(const struct nullblk *nullblk, struct fe_request *rq __fe_take_ok)
{
	if (nullblk->portion && !nullblk_has_budget(nullblk, fe_request_bytes(rq)))
		return -EBUSY;
	if (fe_request_polled(rq))
		fe_request_defer(rq);
	else
		nullblk_answer(nullblk, rq, nullblk_handle(nullblk, rq));
	return 0;
}

static void nullblk_backed_poll(const struct nullblk *nullblk, struct fe_request *rq __fe_take,
				struct fe_batch *batch)
{
	fe_request_end_batched(rq, nullblk_handle(nullblk, rq), batch);
}

FE_DISK_BLOCKING(nullblk, backed, fe_no_data, .queue = nullblk_backed_queue,
		 .timeout = nullblk_timeout, .poll = nullblk_backed_poll);

static int nullblk_probe(struct fe_faux_dev *fdev, const struct nullblk_config *config,
			 struct nullblk *nullblk)
{
	const struct fe_disk_spec spec = {
		.name		= "nullblk",
		.sectors	= config->size * (NULLBLK_MIB / NULLBLK_SECTOR),
		.block_size	= config->blocksize,
		.max_sectors	= config->max_sectors,
		.max_discard_sectors = config->discard && config->memory_backed ? U32_MAX : 0,
		.max_write_zeroes_sectors = config->memory_backed ? U32_MAX : 0,
		.virt_boundary	= config->virt_boundary,
		.no_sched	= config->no_sched,
		.queues		= config->submit_queues,
		.poll_queues	= config->poll_queues,
		.depth		= config->hw_queue_depth,
		.timeout_ms	= NULLBLK_TIMEOUT_MS + config->completion_nsec / NULLBLK_MSEC,
		.node		= config->home_node,
	};

	nullblk->irqmode = config->irqmode;
	nullblk->portion = config->mbps * (NULLBLK_MIB / NULLBLK_TICKS);
	nullblk->completion_nsec = config->completion_nsec;
	fe_lock_init(&nullblk->budget);
	nullblk_pages_init(&nullblk->pages);
	fe_ranges_init(&nullblk->bad);
	return nullblk_tick_declare(&fdev->dev, nullblk) ?:
	       (config->memory_backed ? nullblk_backed_declare(&fdev->dev, nullblk, &spec) :
					nullblk_null_declare(&fdev->dev, nullblk, &spec));
}

FE_CONFIGFS_DRIVER(nullblk, nullblk_config, .probe = nullblk_probe, .devices = nr_devices,
		   .drop = nullblk_drop);

MODULE_DESCRIPTION("Disks without a disk, on Ferrule");
MODULE_LICENSE("GPL");

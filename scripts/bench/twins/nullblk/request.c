// SPDX-License-Identifier: GPL-2.0
/* Requests: when they are answered, and the memory behind them. */
#include <linux/blkdev.h>
#include <linux/highmem.h>

#include "nullblk_twin.h"

#define NULLBLK_TICK_NS		20000000	/* the bandwidth is given out in portions */
#define NULLBLK_BATCH		64		/* pages freed before others have their turn */

enum hrtimer_restart nullblk_tick(struct hrtimer *timer)
{
	struct nullblk *nullblk = container_of(timer, struct nullblk, tick);
	unsigned long flags;
	bool ticking;

	spin_lock_irqsave(&nullblk->budget_lock, flags);
	ticking = nullblk->budget < nullblk->portion;
	nullblk->ticking = ticking;
	nullblk->budget = min_t(s64, nullblk->budget + nullblk->portion, nullblk->portion);
	spin_unlock_irqrestore(&nullblk->budget_lock, flags);
	if (!ticking)
		return HRTIMER_NORESTART;
	hrtimer_forward_now(timer, NULLBLK_TICK_NS);
	return HRTIMER_RESTART;
}

/* A request may be larger than what is left; those to come pay for it. */
static bool nullblk_has_budget(struct nullblk *nullblk, u32 bytes)
{
	unsigned long flags;
	bool has;

	spin_lock_irqsave(&nullblk->budget_lock, flags);
	if (!nullblk->ticking)
		hrtimer_start(&nullblk->tick, NULLBLK_TICK_NS, HRTIMER_MODE_REL);
	nullblk->ticking = true;
	has = nullblk->budget > 0;
	if (has)
		nullblk->budget -= bytes;
	spin_unlock_irqrestore(&nullblk->budget_lock, flags);
	return has;
}

static enum hrtimer_restart nullblk_expire(struct hrtimer *timer)
{
	struct nullblk_cmd *cmd = container_of(timer, struct nullblk_cmd, timer);

	blk_mq_end_request(blk_mq_rq_from_pdu(cmd), cmd->status);
	return HRTIMER_NORESTART;
}

static void nullblk_complete(struct request *rq)
{
	struct nullblk_cmd *cmd = blk_mq_rq_to_pdu(rq);

	blk_mq_end_request(rq, cmd->status);
}

static __always_inline void nullblk_answer(struct nullblk *nullblk, struct request *rq,
					   blk_status_t status)
{
	struct nullblk_cmd *cmd = blk_mq_rq_to_pdu(rq);

	if (nullblk->irqmode == NULLBLK_IRQ_NONE) {
		blk_mq_end_request(rq, status);
		return;
	}
	cmd->status = status;
	if (nullblk->irqmode == NULLBLK_IRQ_SOFTIRQ && unlikely(blk_should_fake_timeout(rq->q)))
		smp_store_release(&cmd->lost, true);	/* pairs with nullblk_claim() */
	else if (nullblk->irqmode == NULLBLK_IRQ_SOFTIRQ)
		blk_mq_complete_request(rq);
	else
		hrtimer_start(&cmd->timer, nullblk->completion_nsec, HRTIMER_MODE_REL);
}

static noinline blk_status_t nullblk_find_bad(struct nullblk *nullblk, struct request *rq)
{
	sector_t first;
	int count;

	if (!blk_rq_sectors(rq))
		return BLK_STS_OK;
	return badblocks_check(&nullblk->bad, blk_rq_pos(rq), blk_rq_sectors(rq), &first, &count) ?
	       BLK_STS_IOERR : BLK_STS_OK;
}

static __always_inline blk_status_t nullblk_check(struct nullblk *nullblk, struct request *rq)
{
	return likely(nullblk->bad.shift < 0) ? BLK_STS_OK : nullblk_find_bad(nullblk, rq);
}

static void nullblk_park(struct nullblk *nullblk, struct request *rq)
{
	struct nullblk_parking *parking = &nullblk->parking[rq->mq_hctx->queue_num];
	struct nullblk_cmd *cmd = blk_mq_rq_to_pdu(rq);

	spin_lock(&parking->lock);
	cmd->parked = true;
	list_add_tail(&rq->queuelist, &parking->requests);
	spin_unlock(&parking->lock);
}

static bool nullblk_unpark(struct nullblk *nullblk, struct request *rq)
{
	struct nullblk_parking *parking = &nullblk->parking[rq->mq_hctx->queue_num];
	struct nullblk_cmd *cmd = blk_mq_rq_to_pdu(rq);
	bool parked;

	spin_lock(&parking->lock);
	parked = cmd->parked;
	if (parked)
		list_del_init(&rq->queuelist);
	cmd->parked = false;
	spin_unlock(&parking->lock);
	return parked;
}

static void nullblk_unpark_all(struct nullblk_parking *parking, struct list_head *requests)
{
	struct request *rq;

	spin_lock(&parking->lock);
	list_splice_init(&parking->requests, requests);
	list_for_each_entry(rq, requests, queuelist) {
		struct nullblk_cmd *cmd = blk_mq_rq_to_pdu(rq);

		cmd->parked = false;
		blk_mq_set_request_complete(rq);	/* as a batch wants it */
	}
	spin_unlock(&parking->lock);
}

/* What all kinds of request have in common; handle is inlined. */
static __always_inline
blk_status_t nullblk_do(struct nullblk *nullblk, struct request *rq,
			blk_status_t (*handle)(struct nullblk *nullblk, struct request *rq))
{
	blk_mq_start_request(rq);
	if (nullblk->portion && !nullblk_has_budget(nullblk, blk_rq_bytes(rq)))
		return BLK_STS_RESOURCE;
	if (rq->mq_hctx->type == HCTX_TYPE_POLL)
		nullblk_park(nullblk, rq);
	else
		nullblk_answer(nullblk, rq, handle(nullblk, rq));
	return BLK_STS_OK;
}

static __always_inline
blk_status_t nullblk_do_one(struct blk_mq_hw_ctx *hctx, struct request *rq,
			    blk_status_t (*handle)(struct nullblk *nullblk, struct request *rq))
{
	struct nullblk *nullblk = hctx->driver_data;

	if (unlikely(READ_ONCE(nullblk->dead)))
		return BLK_STS_OFFLINE;
	return nullblk_do(nullblk, rq, handle);
}

/* What is left of the list is queued one by one; of a disk that is dead, all of it. */
static __always_inline
void nullblk_do_many(struct request **list,
		     blk_status_t (*handle)(struct nullblk *nullblk, struct request *rq))
{
	struct request *rq;

	while ((rq = rq_list_peek(list))) {
		struct blk_mq_hw_ctx *hctx = rq->mq_hctx;
		struct nullblk *nullblk = hctx->driver_data;

		if (unlikely(READ_ONCE(nullblk->dead)))
			return;
		*list = rq_list_next(rq);
		hctx->tags->rqs[rq->tag] = rq;
		if (unlikely(nullblk_do(nullblk, rq, handle) != BLK_STS_OK))
			blk_mq_requeue_request(rq, true);
	}
}

static __always_inline
int nullblk_do_poll(struct blk_mq_hw_ctx *hctx, struct io_comp_batch *iob,
		    blk_status_t (*handle)(struct nullblk *nullblk, struct request *rq))
{
	struct nullblk *nullblk = hctx->driver_data;
	struct io_comp_batch own = {};
	struct request *rq, *next;
	LIST_HEAD(requests);
	int n = 0;

	nullblk_unpark_all(&nullblk->parking[hctx->queue_num], &requests);
	list_for_each_entry_safe(rq, next, &requests, queuelist) {
		blk_status_t status = handle(nullblk, rq);

		list_del_init(&rq->queuelist);
		if (!blk_mq_add_to_batch(rq, iob ?: &own, (__force int)status,
					 blk_mq_end_request_batch))
			blk_mq_end_request(rq, status);
		n++;
	}
	if (own.complete)
		own.complete(&own);
	return n;
}

static blk_status_t nullblk_null_queue_rq(struct blk_mq_hw_ctx *hctx,
					  const struct blk_mq_queue_data *bd)
{
	return nullblk_do_one(hctx, bd->rq, nullblk_check);
}

static void nullblk_null_queue_rqs(struct request **list)
{
	nullblk_do_many(list, nullblk_check);
}

static int nullblk_null_poll(struct blk_mq_hw_ctx *hctx, struct io_comp_batch *iob)
{
	return nullblk_do_poll(hctx, iob, nullblk_check);
}

/* Copies between the bytes of a segment, which is of one page at most, and the disk's pages. */
static void nullblk_read(struct nullblk *nullblk, struct request *rq)
{
	u64 pos = (u64)blk_rq_pos(rq) << SECTOR_SHIFT;
	struct req_iterator iter;
	struct bio_vec bv;

	rcu_read_lock();
	rq_for_each_segment(bv, rq, iter) {
		void *to = page_address(bv.bv_page) + bv.bv_offset;
		size_t left, n;

		for (left = bv.bv_len; left; left -= n, pos += n, to += n) {
			size_t offset = offset_in_page(pos);
			struct page *page = xa_load(&nullblk->pages, pos >> PAGE_SHIFT);

			n = min(left, PAGE_SIZE - offset);
			if (page)
				memcpy(to, page_address(page) + offset, n);
			else
				memset(to, 0, n);
		}
	}
	rcu_read_unlock();
}

/* Others may have been faster, and discards may undo it. */
static int nullblk_add_page(struct nullblk *nullblk, u64 pos)
{
	struct page *page = alloc_page(GFP_NOIO | __GFP_ZERO | __GFP_NOWARN);
	int ret;

	if (!page)
		return -ENOMEM;
	ret = xa_insert_irq(&nullblk->pages, pos >> PAGE_SHIFT, page, GFP_NOIO | __GFP_NOWARN);
	if (!ret)
		return 0;
	__free_page(page);
	return ret == -EBUSY ? 0 : ret;
}

static blk_status_t nullblk_write(struct nullblk *nullblk, struct request *rq)
{
	u64 pos = (u64)blk_rq_pos(rq) << SECTOR_SHIFT;
	struct req_iterator iter;
	struct bio_vec bv;

	rcu_read_lock();
	rq_for_each_segment(bv, rq, iter) {
		void *from = page_address(bv.bv_page) + bv.bv_offset;
		size_t left, n;

		for (left = bv.bv_len; left; left -= n, pos += n, from += n) {
			size_t offset = offset_in_page(pos);
			struct page *page;

			while (!(page = xa_load(&nullblk->pages, pos >> PAGE_SHIFT))) {
				rcu_read_unlock();
				if (nullblk_add_page(nullblk, pos))
					return BLK_STS_NOSPC;
				rcu_read_lock();
			}
			n = min(left, PAGE_SIZE - offset);
			memcpy(page_address(page) + offset, from, n);
		}
	}
	rcu_read_unlock();
	return BLK_STS_OK;
}

static void nullblk_free_rcu(struct rcu_head *head)
{
	__free_page(container_of(head, struct page, rcu_head));
}

static void nullblk_zero(struct nullblk *nullblk, u64 pos, u64 end)
{
	struct page *page;

	if (pos >= end)
		return;
	rcu_read_lock();
	page = xa_load(&nullblk->pages, pos >> PAGE_SHIFT);
	if (page)
		memset(page_address(page) + offset_in_page(pos), 0, end - pos);
	rcu_read_unlock();
}

static void nullblk_erase(struct nullblk *nullblk, unsigned long first, unsigned long last)
{
	XA_STATE(xas, &nullblk->pages, first);
	struct page *page;
	unsigned int n = 0;

	xas_lock_irq(&xas);
	xas_for_each(&xas, page, last) {
		xas_store(&xas, NULL);
		call_rcu(&page->rcu_head, nullblk_free_rcu);
		if (++n % NULLBLK_BATCH || xas.xa_index == last)
			continue;
		xas_set(&xas, xas.xa_index + 1);
		xas_unlock_irq(&xas);
		cond_resched();
		xas_lock_irq(&xas);
	}
	xas_unlock_irq(&xas);
}

/* Whole pages are freed, the rest is cleared: all of it reads as zeroes. */
static void nullblk_discard(struct nullblk *nullblk, struct request *rq)
{
	u64 pos = (u64)blk_rq_pos(rq) << SECTOR_SHIFT, end = pos + blk_rq_bytes(rq);
	u64 first = round_up(pos, PAGE_SIZE), last = round_down(end, PAGE_SIZE);

	if (first > last) {
		nullblk_zero(nullblk, pos, end);
		return;
	}
	nullblk_zero(nullblk, pos, first);
	nullblk_zero(nullblk, last, end);
	if (first < last)
		nullblk_erase(nullblk, first >> PAGE_SHIFT, (last >> PAGE_SHIFT) - 1);
}

static blk_status_t nullblk_handle(struct nullblk *nullblk, struct request *rq)
{
	blk_status_t status = nullblk_check(nullblk, rq);

	if (status)
		return status;
	switch (req_op(rq)) {
	case REQ_OP_READ:
		nullblk_read(nullblk, rq);
		return BLK_STS_OK;
	case REQ_OP_WRITE:
		return nullblk_write(nullblk, rq);
	case REQ_OP_DISCARD:
	case REQ_OP_WRITE_ZEROES:
		nullblk_discard(nullblk, rq);
		return BLK_STS_OK;
	default:
		return BLK_STS_NOTSUPP;
	}
}

static blk_status_t nullblk_backed_queue_rq(struct blk_mq_hw_ctx *hctx,
					    const struct blk_mq_queue_data *bd)
{
	return nullblk_do_one(hctx, bd->rq, nullblk_handle);
}

static void nullblk_backed_queue_rqs(struct request **list)
{
	nullblk_do_many(list, nullblk_handle);
}

static int nullblk_backed_poll(struct blk_mq_hw_ctx *hctx, struct io_comp_batch *iob)
{
	return nullblk_do_poll(hctx, iob, nullblk_handle);
}

/* A request that is in flight is the caller's to answer, and nobody else's. */
static bool nullblk_claim(struct nullblk *nullblk, struct request *rq)
{
	struct nullblk_cmd *cmd = blk_mq_rq_to_pdu(rq);

	return hrtimer_cancel(&cmd->timer) || xchg(&cmd->lost, false) ||
	       (nullblk->parking && nullblk_unpark(nullblk, rq));
}

static enum blk_eh_timer_return nullblk_timeout(struct request *rq)
{
	if (!nullblk_claim(rq->mq_hctx->driver_data, rq))
		return BLK_EH_RESET_TIMER;
	blk_mq_end_request(rq, BLK_STS_TIMEOUT);
	return BLK_EH_DONE;
}

static void nullblk_map_queues(struct blk_mq_tag_set *set)
{
	const struct nullblk *nullblk = set->driver_data;
	struct blk_mq_queue_map *map = set->map;

	map[HCTX_TYPE_DEFAULT].nr_queues = set->nr_hw_queues - nullblk->poll_queues;
	blk_mq_map_queues(&map[HCTX_TYPE_DEFAULT]);
	if (!nullblk->poll_queues)
		return;
	map[HCTX_TYPE_READ].nr_queues = 0;
	map[HCTX_TYPE_POLL].nr_queues = nullblk->poll_queues;
	map[HCTX_TYPE_POLL].queue_offset = map[HCTX_TYPE_DEFAULT].nr_queues;
	blk_mq_map_queues(&map[HCTX_TYPE_POLL]);
}

static int nullblk_init_hctx(struct blk_mq_hw_ctx *hctx, void *nullblk, unsigned int index)
{
	hctx->driver_data = nullblk;
	return 0;
}

static int nullblk_init_request(struct blk_mq_tag_set *set, struct request *rq,
				unsigned int index, unsigned int node)
{
	struct nullblk_cmd *cmd = blk_mq_rq_to_pdu(rq);

	hrtimer_init(&cmd->timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	cmd->timer.function = nullblk_expire;
	return 0;
}

/* The timer may be ending still. */
static void nullblk_exit_request(struct blk_mq_tag_set *set, struct request *rq,
				 unsigned int index)
{
	struct nullblk_cmd *cmd = blk_mq_rq_to_pdu(rq);

	hrtimer_cancel(&cmd->timer);
}

const struct blk_mq_ops nullblk_null_ops = {
	.queue_rq	= nullblk_null_queue_rq,
	.queue_rqs	= nullblk_null_queue_rqs,
	.complete	= nullblk_complete,
	.timeout	= nullblk_timeout,
	.poll		= nullblk_null_poll,
	.map_queues	= nullblk_map_queues,
	.init_hctx	= nullblk_init_hctx,
	.init_request	= nullblk_init_request,
	.exit_request	= nullblk_exit_request,
};

/* With memory behind, which is allocated in the queue function. */
const struct blk_mq_ops nullblk_backed_ops = {
	.queue_rq	= nullblk_backed_queue_rq,
	.queue_rqs	= nullblk_backed_queue_rqs,
	.complete	= nullblk_complete,
	.timeout	= nullblk_timeout,
	.poll		= nullblk_backed_poll,
	.map_queues	= nullblk_map_queues,
	.init_hctx	= nullblk_init_hctx,
	.init_request	= nullblk_init_request,
	.exit_request	= nullblk_exit_request,
};

bool nullblk_cancel(struct request *rq, void *nullblk)
{
	if (nullblk_claim(nullblk, rq))
		blk_mq_end_request(rq, BLK_STS_OFFLINE);
	return true;
}

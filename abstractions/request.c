// SPDX-License-Identifier: GPL-2.0
/* Requests in flight, and who claims them. */
#include <linux/module.h>

#include <ferrule/block.h>

static struct fe_parking *fe_parking_of(const struct blk_mq_hw_ctx *hctx)
{
	const struct fe_disk *disk = hctx->queue->queuedata;

	return &disk->parking[hctx->queue_num];
}

/* SAFETY: as fe_request_end(). */
void fe_request_fail(struct fe_request *rq, int err)
{
	blk_mq_end_request(&rq->rq, errno_to_blk_status(err));
}
EXPORT_SYMBOL_GPL(fe_request_fail);

/*
 * SAFETY: the link is the driver's between start and end of a request. The lock is taken in
 * interrupts, too: a driver's complete, which a timer calls, may defer the request.
 */
void fe_request_park(struct fe_request *request)
{
	struct request *rq = &request->rq;
	struct fe_parking *parking = fe_parking_of(rq->mq_hctx);
	unsigned long flags;

	spin_lock_irqsave(&parking->lock, flags);
	fe_request_priv(rq)->flight = FE_FLIGHT_PARKED;
	list_add_tail(&rq->queuelist, &parking->requests);
	spin_unlock_irqrestore(&parking->lock, flags);
}
EXPORT_SYMBOL_GPL(fe_request_park);

/* SAFETY: blk-mq polls in process context, with interrupts on. */
void fe_disk_unpark(struct blk_mq_hw_ctx *hctx, struct list_head *requests)
{
	struct fe_parking *parking = fe_parking_of(hctx);
	struct request *rq;

	spin_lock_irq(&parking->lock);
	list_splice_init(&parking->requests, requests);
	list_for_each_entry(rq, requests, queuelist)
		fe_request_priv(rq)->flight = FE_FLIGHT_NONE;
	spin_unlock_irq(&parking->lock);
}
EXPORT_SYMBOL_GPL(fe_disk_unpark);

static bool fe_request_claim_parked(struct request *rq)
{
	struct fe_parking *parking = fe_parking_of(rq->mq_hctx);
	unsigned long flags;
	bool claimed;

	spin_lock_irqsave(&parking->lock, flags);
	claimed = fe_request_priv(rq)->flight == FE_FLIGHT_PARKED;
	if (claimed) {
		fe_request_priv(rq)->flight = FE_FLIGHT_NONE;
		list_del_init(&rq->queuelist);
	}
	spin_unlock_irqrestore(&parking->lock, flags);
	return claimed;
}

/*
 * SAFETY: of hrtimer_cancel(): process context. It returns true to one caller only, and only if
 * the timer was started and will not expire. The caller has a reference, so that this is not
 * another request by then.
 */
bool fe_request_claim(struct request *rq)
{
	struct fe_request_priv *data = fe_request_priv(rq);

	if (READ_ONCE(data->flight) == FE_FLIGHT_PARKED)
		return fe_request_claim_parked(rq);
	return fe_request_try_claim(rq) || hrtimer_cancel(&data->timer);
}
EXPORT_SYMBOL_GPL(fe_request_claim);

/*
 * SAFETY: tags->rqs[] keeps what had a tag last, until its memory is freed; whoever frees it takes
 * the entry out and then waits for tags->lock. A request that can be claimed has not ended, so
 * that its tag is its own.
 */
struct fe_request *fe_disk_claim(const struct fe_disk *disk, unsigned int queue, unsigned int tag)
{
	struct fe_request *claimed = NULL;
	struct blk_mq_tags *tags;
	struct request *rq;
	unsigned long flags;

	if (queue >= disk->tags.nr_hw_queues)
		return NULL;
	tags = disk->tags.tags[queue];
	if (tag >= tags->nr_tags)
		return NULL;
	spin_lock_irqsave(&tags->lock, flags);
	rq = tags->rqs[tag];
	if (rq && rq->tag == tag && fe_request_try_claim(rq))
		claimed = fe_request_of(rq);
	spin_unlock_irqrestore(&tags->lock, flags);
	return claimed;
}
EXPORT_SYMBOL_GPL(fe_disk_claim);

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Block requests: what the kernel asks of a disk, owned by whoever has to answer.
 *
 * A request comes owned into the driver's queue function, and leaves it in one of these ways:
 *
 *	fe_request_end()	answered, with 0 or an error
 *	fe_request_complete()	answered on the CPU that asked, in a soft interrupt
 *	fe_request_complete_after()
 *				answered by a timer
 *	fe_request_defer()	in flight: whoever claims it first owns it again, be it an
 *				interrupt, the timeout, the poll, or unbind
 *	a negative errno	is returned: the layer has it back. -EBUSY and -ENOMEM ask for it
 *				again later, any other error ends it
 *
 * A request that goes none of these ways on some path, or two of them, does not compile. Between
 * contexts, a claim in the layer decides. Who answers in the queue function pays nothing for it.
 */
#ifndef _FERRULE_REQUEST_H
#define _FERRULE_REQUEST_H

#include <linux/blk-mq.h>
#include <linux/hrtimer.h>

#include <ferrule/annotate.h>

/**
 * struct fe_request - a request of the block layer, started
 *
 * Invariants: exists as a pointer only, which has one owner: driver code that was given it, or
 * the layer while it is in flight.
 */
struct __fe_ending(request) fe_request {
	struct request		rq __fe_private;
};

/**
 * struct fe_batch - answers that are cheaper together
 *
 * Invariants: as struct fe_request; exists while a poll runs.
 */
struct fe_batch {
	struct io_comp_batch	iob __fe_private;
};

/* For FE_DISK(): no data with each request. */
struct fe_no_data {};

/**
 * enum fe_op - what a request asks for
 * @FE_OP_READ: fill its data from the disk
 * @FE_OP_WRITE: write its data to the disk
 * @FE_OP_FLUSH: make lasting what was written; no sectors, no data
 * @FE_OP_DISCARD: its sectors' content is no longer needed; no data
 * @FE_OP_SECURE_ERASE: the same, and must not be found again
 * @FE_OP_WRITE_ZEROES: its sectors read as zeroes from now on; no data
 *
 * A disk is asked for what its limits announce. There may be others: a driver answers
 * -EOPNOTSUPP to what it does not know.
 */
enum fe_op {
	FE_OP_READ		= (__force int)REQ_OP_READ,
	FE_OP_WRITE		= (__force int)REQ_OP_WRITE,
	FE_OP_FLUSH		= (__force int)REQ_OP_FLUSH,
	FE_OP_DISCARD		= (__force int)REQ_OP_DISCARD,
	FE_OP_SECURE_ERASE	= (__force int)REQ_OP_SECURE_ERASE,
	FE_OP_WRITE_ZEROES	= (__force int)REQ_OP_WRITE_ZEROES,
};

/**
 * struct fe_data - the bytes of a request, from where somebody is to the end: request_data.h
 *
 * Invariants: part of the request that it is of; where @left is not 0, @iter is within @bio, and
 * the bytes are read by the disk if @out, and written by it if not.
 */
struct fe_data {
	struct bio		*bio __fe_private;
	struct bvec_iter	iter __fe_private;
	u32			left __fe_private;
	bool			out __fe_private;
};

/* Who has a request: changes from one of the others to the first by a claim. */
enum fe_flight {
	FE_FLIGHT_NONE,		/* its owner; or its timer, if that was started */
	FE_FLIGHT_DEFERRED,
	FE_FLIGHT_PARKED,	/* the list of its queue, until somebody polls */
};

/*
 * The layer's part of a request's data; the driver's comes after it. Made once, with the queue.
 */
struct fe_request_priv {
	int			flight;		/* enum fe_flight */
	int			result;		/* for the complete to come */
	struct hrtimer		timer;
	struct fe_data		data;
};

static __always_inline __fe_private struct fe_request *fe_request_of(struct request *rq)
{
	return container_of(rq, struct fe_request, rq);
}

static __always_inline __fe_private struct fe_request_priv *fe_request_priv(struct request *rq)
{
	return blk_mq_rq_to_pdu(rq);
}

static __always_inline __fe_private struct fe_batch *fe_batch_of(struct io_comp_batch *iob)
{
	return container_of(iob, struct fe_batch, iob);
}

static __always_inline __fe_private struct request *fe_request_of_timer(struct hrtimer *timer)
{
	return blk_mq_rq_from_pdu(container_of(timer, struct fe_request_priv, timer));
}

/* The driver's state, for the thunks that know its type. */
static __always_inline __fe_private const void *fe_request_state(const struct request *rq)
{
	return rq->mq_hctx->driver_data;
}

/**
 * fe_request_op() - what is asked for
 * @rq: the request
 *
 * Context: any. See req_op().
 * Return: one of enum fe_op, or another.
 */
static inline enum fe_op fe_request_op(const struct fe_request *rq)
{
	return (__force enum fe_op)req_op(&rq->rq);
}

/**
 * fe_request_sector() - where
 * @rq: the request
 *
 * Context: any. See blk_rq_pos().
 * Return: its first sector, in units of 512 bytes. With the request's sectors, it is within the
 * disk.
 */
static inline u64 fe_request_sector(const struct fe_request *rq)
{
	return blk_rq_pos(&rq->rq);
}

/**
 * fe_request_sectors() - how much
 * @rq: the request
 *
 * Context: any. See blk_rq_sectors().
 * Return: the number of sectors of 512 bytes: 0 for FE_OP_FLUSH.
 */
static inline u32 fe_request_sectors(const struct fe_request *rq)
{
	return blk_rq_sectors(&rq->rq);
}

/**
 * fe_request_bytes() - how much, in bytes
 * @rq: the request
 *
 * Context: any. See blk_rq_bytes().
 * Return: the same as fe_request_sectors(), in bytes.
 */
static inline u32 fe_request_bytes(const struct fe_request *rq)
{
	return blk_rq_bytes(&rq->rq);
}

/**
 * fe_request_fua() - must a write last when it is answered?
 * @rq: the request
 *
 * Context: any. See REQ_FUA.
 * Return: true if it must; only if the disk announces fua.
 */
static inline bool fe_request_fua(const struct fe_request *rq)
{
	return rq->rq.cmd_flags & REQ_FUA;
}

/**
 * fe_request_polled() - will somebody poll for the answer?
 * @rq: the request
 *
 * Context: any. See HCTX_TYPE_POLL.
 * Return: true if the request is in a queue for polling, where fe_request_defer() leaves it to
 * the driver's poll.
 */
static inline bool fe_request_polled(const struct fe_request *rq)
{
	return rq->rq.mq_hctx->type == HCTX_TYPE_POLL;
}

/**
 * fe_request_queue() - which queue a request is in
 * @rq: the request
 *
 * Context: any.
 * Return: from 0; those to poll come last.
 */
static inline unsigned int fe_request_queue(const struct fe_request *rq)
{
	return rq->rq.mq_hctx->queue_num;
}

/**
 * fe_request_tag() - the number of a request among those in its queue
 * @rq: the request
 *
 * Context: any.
 * Return: less than the disk's depth. Nobody else in the queue has it until the request ends.
 */
static inline unsigned int fe_request_tag(const struct fe_request *rq)
{
	return rq->rq.tag;
}

/* For fe_request_end(): not inline, so that who answers with 0 keeps nothing for it. */
void fe_request_fail(struct fe_request *rq __fe_take, int err);

/**
 * fe_request_end() - answer a request
 * @rq: the request, taken
 * @err: 0, or a negative errno that user space gets; -ENODATA, -ENOSPC, -ETIMEDOUT,
 *	-EOPNOTSUPP and -ENODEV keep their meaning, most others become -EIO
 *
 * Context: any. See blk_mq_end_request().
 *
 * SAFETY: the request was started before the driver got it, and its owner calls this once.
 */
static __always_inline __fe_trusted void fe_request_end(struct fe_request *rq __fe_take, int err)
{
	if (unlikely(err))
		fe_request_fail(rq, err);
	else
		blk_mq_end_request(&rq->rq, BLK_STS_OK);
}

/**
 * fe_request_end_batched() - answer a request, perhaps a little later with others
 * @rq: the request, taken
 * @err: as for fe_request_end()
 * @batch: of the poll that runs
 *
 * Context: the driver's poll. See blk_mq_add_to_batch().
 *
 * SAFETY: as fe_request_end(). Who polls ends the batch after the driver's poll returned.
 */
static __always_inline __fe_trusted
void fe_request_end_batched(struct fe_request *rq __fe_take, int err, struct fe_batch *batch)
{
	if (!blk_mq_add_to_batch(&rq->rq, &batch->iob, err, blk_mq_end_request_batch))
		fe_request_end(rq, err);
}

/**
 * fe_request_complete() - answer a request where it was asked
 * @rq: the request, taken
 * @err: as for fe_request_end()
 *
 * The driver's complete gets it, if there is one; otherwise it ends. That is on a CPU near the
 * one that submitted it, in a soft interrupt, or before this returns.
 *
 * Context: any. See blk_mq_complete_request().
 *
 * SAFETY: as fe_request_end(). From here on the request is the kernel's, which lets neither
 * timeout nor unbind have it. An answer that the kernel's fail_io_timeout loses was never given:
 * the request is still in flight, for its timeout or unbind to claim.
 */
static __always_inline __fe_trusted
void fe_request_complete(struct fe_request *rq __fe_take, int err)
{
	fe_request_priv(&rq->rq)->result = err;
	if (blk_should_fake_timeout(rq->rq.q))	/* as fe_request_defer() */
		smp_store_release(&fe_request_priv(&rq->rq)->flight, FE_FLIGHT_DEFERRED);
	else
		blk_mq_complete_request(&rq->rq);
}

/**
 * fe_request_complete_after() - answer a request, but not at once
 * @rq: the request, taken
 * @err: as for fe_request_end()
 * @nsec: nanoseconds until then
 *
 * In flight until then: its timeout or unbind may claim it. The driver's complete gets it, if
 * there is one, in hard interrupt context; otherwise it ends.
 *
 * Context: any. See hrtimer_start().
 *
 * SAFETY: who starts the timer does nothing else with the request. From here on the timer owns
 * it, or whoever cancels the timer before it expires; who comes before it was started finds
 * nothing to cancel (fe_request_claim()).
 */
static __always_inline __fe_trusted
void fe_request_complete_after(struct fe_request *rq __fe_take, int err, u64 nsec)
{
	struct fe_request_priv *data = fe_request_priv(&rq->rq);

	data->result = err;
	hrtimer_start(&data->timer, ns_to_ktime(nsec), HRTIMER_MODE_REL);
}

/* For fe_request_defer(): into the list of its queue. */
void fe_request_park(struct fe_request *rq __fe_take);

/**
 * fe_request_defer() - leave a request in flight
 * @rq: the request, taken; whoever claims it owns it again
 *
 * What the driver wrote to the request's data is visible to the one who claims it.
 *
 * Context: any.
 *
 * SAFETY: the release is the last that its owner does with it. From here on exactly one claim
 * wins: of an interrupt, the timeout, a poll or unbind, which looks until none is in flight.
 */
static __always_inline __fe_trusted void fe_request_defer(struct fe_request *rq __fe_take)
{
	if (fe_request_polled(rq))
		fe_request_park(rq);
	else	/* Pairs with the exchange in fe_request_try_claim(). */
		smp_store_release(&fe_request_priv(&rq->rq)->flight, FE_FLIGHT_DEFERRED);
}

/*
 * SAFETY: exactly one caller sees the exchange succeed. It is fully ordered: the winner sees what
 * was written before the request was deferred.
 */
static __always_inline __fe_private bool fe_request_try_claim(struct request *rq)
{
	return cmpxchg(&fe_request_priv(rq)->flight, FE_FLIGHT_DEFERRED, FE_FLIGHT_NONE) ==
	       FE_FLIGHT_DEFERRED;
}

/* For the timeout and for unbind: also from the queue's list, and without its timer. May wait. */
__fe_private bool fe_request_claim(struct request *rq);

#endif /* _FERRULE_REQUEST_H */

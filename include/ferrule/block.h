/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Disks: /dev/NAME0, NAME1, … one for each bound device.
 *
 * A disk is declared in probe, shown to user space last of all, and taken away first. From then
 * on its requests are refused, those in flight end with an error, and who has it open gets
 * errors until it is closed; the open file keeps the driver's module.
 */
#ifndef _FERRULE_BLOCK_H
#define _FERRULE_BLOCK_H

#include <linux/blkdev.h>
#include <linux/idr.h>
#include <linux/module.h>

#include <ferrule/bound.h>
#include <ferrule/request.h>

/**
 * struct fe_disk - a disk of a bound device
 *
 * Invariants: in the kernel's list of disks only after start, and until unbind. Its queues call
 * the driver in between only.
 */
struct __fe_pinned fe_disk {
	struct fe_res			fe __fe_private;
	const struct fe_disk_kind	*kind __fe_private;
	void				*state __fe_private;	/* the driver's */
	struct gendisk			*disk __fe_private;
	struct blk_mq_tag_set		tags __fe_private;
	struct fe_parking		*parking __fe_private;	/* one for each queue */
	unsigned int			poll_queues __fe_private;
	int				id __fe_private;
};

/* Requests in flight in a queue for polling. */
struct fe_parking {
	spinlock_t			lock;		/* protects the list */
	struct list_head		requests;	/* oldest first */
};

/**
 * struct fe_disk_spec - what a disk is like
 * @name: of its node; a number is added
 * @sectors: its size, in units of 512 bytes; a multiple of @block_size
 * @block_size: bytes that requests are multiples of and aligned to: a power of two from 512 to a
 *	page. 0: 512
 * @max_sectors: the largest request, in units of 512 bytes. 0: the kernel's default
 * @max_discard_sectors: the largest discard, U32_MAX if any will do; 0: there is no discard
 * @max_write_zeroes_sectors: the largest write of zeroes, U32_MAX if any will do; 0: the kernel
 *	writes pages of zeroes
 * @write_cache: a write lasts only after a flush: the disk is asked to flush
 * @fua: a single write can be asked to last; only with @write_cache
 * @virt_boundary: no request has a gap within a page
 * @rotational: seeks are slow
 * @no_sched: the disk's queue has no I/O scheduler
 * @queues: that requests are submitted to; 0: one. At most one for each CPU is made
 * @poll_queues: more queues, whose requests somebody polls for
 * @depth: requests in each queue at once; 0: 64
 * @timeout_ms: until the driver's timeout is called for a request; 0: 30 seconds
 * @node: whose memory the disk and its requests are in; NUMA_NO_NODE: any
 */
struct fe_disk_spec {
	const char		*name;
	u64			sectors;
	u32			block_size;
	u32			max_sectors;
	u32			max_discard_sectors;
	u32			max_write_zeroes_sectors;
	bool			write_cache;
	bool			fua;
	bool			virt_boundary;
	bool			rotational;
	bool			no_sched;
	unsigned int		queues;
	unsigned int		poll_queues;
	unsigned int		depth;
	unsigned int		timeout_ms;
	int			node;
};

/* For FE_DISK(): what a kind of disk has in common. */
struct fe_disk_kind {
	const struct blk_mq_ops			*ops;
	const struct block_device_operations	*fops;
	enum hrtimer_restart			(*expire)(struct hrtimer *timer);
	struct ida				*ida;
	struct lock_class_key			*key;
	unsigned int				data_size;
	unsigned int				flags;
};

/* For FE_DISK(). Makes the disk and its queues; it is shown when the binding is armed. */
int __fe_must_check fe_disk_declare(struct fe_dev *dev, struct fe_disk *disk __fe_acquire,
				    const struct fe_disk_spec *spec,
				    const struct fe_disk_kind *kind);

/* For FE_DISK(): what all kinds of disk do alike. */
void fe_disk_map_queues(struct blk_mq_tag_set *set);
int fe_disk_init_hctx(struct blk_mq_hw_ctx *hctx, void *disk, unsigned int index);
int fe_disk_init_request(struct blk_mq_tag_set *set, struct request *rq, unsigned int index,
			 unsigned int node);
void fe_disk_exit_request(struct blk_mq_tag_set *set, struct request *rq, unsigned int index);

/* The requests that are parked in a queue, claimed. */
void fe_disk_unpark(struct blk_mq_hw_ctx *hctx, struct list_head *requests);

/**
 * fe_disk_claim() - own a request again that was deferred
 * @disk: the disk
 * @queue: what fe_request_queue() said of it
 * @tag: what fe_request_tag() said; both may come from the device
 *
 * Context: any. See blk_mq_tag_to_rq(), which does not ask whether there is one.
 * Return: the request, owned by the caller; NULL if there is none in flight with that tag, or
 * another claimed it.
 */
struct fe_request *fe_disk_claim(const struct fe_disk *disk, unsigned int queue, unsigned int tag)
	__fe_gives __fe_nullable;

/* What an errno of the queue function means to the block layer. */
static __always_inline __fe_private blk_status_t fe_queue_status(int err)
{
	if (likely(!err))
		return BLK_STS_OK;
	return err == -EBUSY ? BLK_STS_RESOURCE : errno_to_blk_status(err);
}

/*
 * SAFETY: the queue calls this between device_add_disk() and the end of del_gendisk(), which the
 * state outlives. Who sees dead as false too late is no harm, see fe_disk_stop().
 */
static __always_inline __fe_private bool fe_disk_dead(const void *state)
{
	return unlikely(fe_bound_dead(container_of(state, struct fe_bound, state)));
}

/*
 * The next request of a list, started.
 *
 * SAFETY: as blk-mq does it: who takes a request from the list enters it under its tag, which the
 * iterators look at, before it starts it.
 */
static __always_inline __fe_private void fe_disk_take(struct request **list, struct request *rq)
{
	*list = rq->rq_next;
	rq->mq_hctx->tags->rqs[rq->tag] = rq;
	blk_mq_start_request(rq);
}

/* A request of a list that the driver did not take on. */
__fe_private void fe_disk_refuse(struct request *rq, int err);

/* One in each unit: a driver's kinds of disk may have the same name, and then share numbers. */
static __fe_private __maybe_unused DEFINE_IDA(__fe_disk_numbers);

#define __FE_DISK(state_, field, what)	__fe_##state_##_##field##_##what

/**
 * FE_DISK() - define a kind of disk
 * @state_: tag of the driver's state
 * @field: the struct fe_disk in it
 * @data_: tag of the structure that the driver has with each request, or fe_no_data. It is
 *	zeroed with the queue, and not between requests
 * @...: operations, all but queue optional:
 *
 *	.queue		int (const struct state_ *, struct fe_request *rq __fe_take_ok): must not
 *			sleep. Returns 0 if it took the request on; otherwise a negative errno,
 *			and the layer has it back: -EBUSY and -ENOMEM ask for it again later, any
 *			other ends it
 *	.complete	void (const struct state_ *, struct fe_request *rq __fe_take, int err): the
 *			other end of fe_request_complete(); also of what was in flight at
 *			unbind, with -ENODEV. Any context. Without it, such requests end
 *	.timeout	void (const struct state_ *, struct fe_request *rq __fe_take): a request
 *			was in flight for too long, and is claimed. It may be deferred once
 *			more. Without it, it is waited for
 *	.poll		void (const struct state_ *, struct fe_request *rq __fe_take, struct
 *			fe_batch *): somebody polls, and this was deferred in the queue
 *
 * Defines, to be called in probe, state_field_declare(dev, state, spec), which returns 0 or a
 * negative errno; and state_field_data(rq), the driver's data with a request. The disk is named
 * NAMEn with the first free n. Several CPUs may be in the operations of one disk at once: they
 * see the state by const.
 *
 * The thunks are instantiated in the driver's unit and belong to its module; gcc folds them and
 * the table into the driver's functions.
 */
#define FE_DISK(state_, field, data_, ...)				\
	__FE_DISK_KIND(state_, field, data_, __fe_atomic, 0, __VA_ARGS__)

/**
 * FE_DISK_BLOCKING() - define a kind of disk whose queue function may sleep
 * @state_: as FE_DISK()
 * @field: as FE_DISK()
 * @data_: as FE_DISK()
 * @...: as FE_DISK(), but .queue and .poll may sleep; each request costs more
 */
#define FE_DISK_BLOCKING(state_, field, data_, ...)			\
	__FE_DISK_KIND(state_, field, data_, __fe_sleeps, BLK_MQ_F_BLOCKING, __VA_ARGS__)

#define __FE_DISK_KIND(state_, field, data_, context, flags_, ...)	\
	static const struct {						\
		int	(*queue)(const struct state_ *state,		\
				 struct fe_request *rq __fe_take_ok) context __fe_bound; \
		void	(*complete)(const struct state_ *state,		\
				    struct fe_request *rq __fe_take, int err) \
				__fe_hardirq __fe_bound;		\
		void	(*timeout)(const struct state_ *state,		\
				   struct fe_request *rq __fe_take) __fe_sleeps __fe_bound; \
		void	(*poll)(const struct state_ *state, struct fe_request *rq __fe_take, \
				struct fe_batch *batch) context __fe_bound; \
	} __FE_DISK(state_, field, ops) = { __VA_ARGS__ };		\
	__FE_DISK_DATA(state_, field, data_)				\
	__FE_DISK_QUEUE(state_, field, __FE_DISK(state_, field, ops))	\
	__FE_DISK_ANSWERS(state_, field, __FE_DISK(state_, field, ops))	\
	__FE_DISK_OPS(state_, field)					\
	__FE_DISK_DECLARE(state_, field, __FE_DISK(state_, field, ops), flags_) \
	struct __fe_semicolon

/* SAFETY: each request has cmd_size bytes behind it, which is the size of this structure. */
#define __FE_DISK_DATA(state_, field, data_)				\
	struct __FE_DISK(state_, field, pdu) {				\
		struct fe_request_priv	fe;				\
		struct data_		data;				\
	};								\
									\
	static inline __fe_trusted __maybe_unused struct data_ *	\
	state_##_##field##_data(struct fe_request *rq)			\
	{								\
		return blk_mq_rq_to_pdu(&rq->rq) +			\
		       offsetof(struct __FE_DISK(state_, field, pdu), data); \
	}

/*
 * From the kernel to the driver: requests, one or those that were plugged together, …
 *
 * SAFETY: blk-mq calls this with requests that were not started. What is refused because the disk
 * is dead stays so; what the driver refuses was started, and may be given back all the same. Who
 * polls has requests that were claimed for it, and ends the batch of its own that it may have made.
 */
#define __FE_DISK_QUEUE(state_, field, table)				\
	static __fe_trusted blk_status_t				\
	__FE_DISK(state_, field, queue)(struct blk_mq_hw_ctx *hctx,	\
					const struct blk_mq_queue_data *bd) \
	{								\
		const struct state_ *state = hctx->driver_data;		\
		struct request *rq = bd->rq;				\
									\
		if (fe_disk_dead(state))				\
			return BLK_STS_OFFLINE;				\
		blk_mq_start_request(rq);				\
		return fe_queue_status(table.queue(state, fe_request_of(rq))); \
	}								\
									\
	/* What is left of the list is queued one by one: of a disk that is dead, all. */ \
	static __fe_trusted void					\
	__FE_DISK(state_, field, queue_list)(struct request **list)	\
	{								\
		const struct state_ *state;				\
		struct request *rq;					\
		int err;						\
									\
		while ((rq = *list)) {					\
			state = fe_request_state(rq);			\
			if (fe_disk_dead(state))			\
				break;					\
			fe_disk_take(list, rq);				\
			err = table.queue(state, fe_request_of(rq));	\
			if (unlikely(err))				\
				fe_disk_refuse(rq, err);		\
		}							\
	}								\
									\
	static __fe_trusted int						\
	__FE_DISK(state_, field, poll)(struct blk_mq_hw_ctx *hctx, struct io_comp_batch *iob) \
	{								\
		struct io_comp_batch own = {};				\
		struct request *rq, *next;				\
		LIST_HEAD(requests);					\
		int n = 0;						\
									\
		fe_disk_unpark(hctx, &requests);			\
		list_for_each_entry_safe(rq, next, &requests, queuelist) { \
			list_del_init(&rq->queuelist);			\
			table.poll(hctx->driver_data, fe_request_of(rq), \
				   fe_batch_of(iob ?: &own));		\
			n++;						\
		}							\
		if (own.complete)					\
			own.complete(&own);				\
		return n;						\
	}

/*
 * … and those that are answered later.
 *
 * SAFETY: the driver gets what it gave away, or what was claimed for it, once. A request that
 * timed out is given its time anew, also if it has ended: blk-mq has a reference while it handles
 * a timeout, so that this is not another request yet, and looks only at those in flight. Whether
 * it flies cannot be asked: an interrupt may have it for the moment, and defer it once more.
 */
#define __FE_DISK_ANSWERS(state_, field, table)				\
	static __fe_trusted void					\
	__FE_DISK(state_, field, complete)(struct request *rq)		\
	{								\
		int err = fe_request_priv(rq)->result;			\
									\
		if (!table.complete) {					\
			fe_request_end(fe_request_of(rq), err);		\
			return;						\
		}							\
		/* The driver may defer it, and a timeout has to find it then. */ \
		WRITE_ONCE(rq->state, MQ_RQ_IN_FLIGHT);			\
		table.complete(fe_request_state(rq), fe_request_of(rq), err); \
	}								\
									\
	static __fe_trusted enum hrtimer_restart			\
	__FE_DISK(state_, field, expire)(struct hrtimer *timer)		\
	{								\
		__FE_DISK(state_, field, complete)(fe_request_of_timer(timer)); \
		return HRTIMER_NORESTART;				\
	}								\
									\
	static __fe_trusted enum blk_eh_timer_return			\
	__FE_DISK(state_, field, timeout)(struct request *rq)		\
	{								\
		if (table.timeout && fe_request_claim(rq))		\
			table.timeout(fe_request_state(rq), fe_request_of(rq)); \
		return BLK_EH_RESET_TIMER;				\
	}

#define __FE_DISK_OPS(state_, field)					\
	static const struct blk_mq_ops __FE_DISK(state_, field, mq_ops) = { \
		.queue_rq	= __FE_DISK(state_, field, queue),	\
		.queue_rqs	= __FE_DISK(state_, field, queue_list),	\
		.complete	= __FE_DISK(state_, field, complete),	\
		.timeout	= __FE_DISK(state_, field, timeout),	\
		.poll		= __FE_DISK(state_, field, poll),	\
		.map_queues	= fe_disk_map_queues,			\
		.init_hctx	= fe_disk_init_hctx,			\
		.init_request	= fe_disk_init_request,			\
		.exit_request	= fe_disk_exit_request,			\
	};								\
									\
	static const struct block_device_operations __FE_DISK(state_, field, fops) = { \
		.owner		= THIS_MODULE,				\
	};

#define __FE_DISK_DECLARE(state_, field, table, flags_)			\
	static int __fe_must_check					\
	state_##_##field##_declare(struct fe_dev *dev, struct state_ *state, \
				   const struct fe_disk_spec *spec)	\
	{								\
		static struct lock_class_key key;			\
		static const struct fe_disk_kind kind = {		\
			.ops		= &__FE_DISK(state_, field, mq_ops), \
			.fops		= &__FE_DISK(state_, field, fops), \
			.expire		= __FE_DISK(state_, field, expire), \
			.ida		= &__fe_disk_numbers,		\
			.key		= &key,				\
			.data_size	= sizeof(struct __FE_DISK(state_, field, pdu)), \
			.flags		= flags_,			\
		};							\
									\
		if (!table.poll && spec->poll_queues)			\
			return -EINVAL;					\
		return fe_disk_declare(dev, &state->field, spec, &kind); \
	}

#endif /* _FERRULE_BLOCK_H */

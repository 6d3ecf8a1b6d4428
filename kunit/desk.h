/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A driver whose requests go every way that they can, as a test plans it; and what it saw.
 */
#ifndef _KUNIT_DESK_H
#define _KUNIT_DESK_H

#include <kunit/test.h>

#include <ferrule/block.h>
#include <ferrule/platform.h>

#include "test_bio.h"
#include "test_count.h"
#include "test_device.h"

#define DESK_DEPTH	16

enum desk_way {
	ENDS,
	COMPLETES,
	LATER,
	DEFERS,
	REFUSES,
};

/* What an interrupt claimed that has not done with it yet. */
static struct fe_request *desk_claimed;

/* What the driver does with requests. */
static struct desk_plan {
	enum desk_way	way;
	int		err;
	u64		nsec;
	unsigned int	busy;		/* as often, before that */
	bool		plain;		/* the disk without optional operations */
	unsigned int	early;		/* as many polls come too early */
	bool		defers_again;	/* at each timeout */
	bool		claims_back;	/* at once what was deferred so */
	bool		defers_late;	/* in complete; what is polled for, too, by its way */
	struct fe_disk_spec spec;
} desk_plan;

static struct {
	atomic_t	asked, completed, timeouts, polls, claims;
	unsigned int	queue, tag;
	unsigned int	uses;		/* of the data with the request */
	bool		polled;
	int		err;
} desk_seen;

struct desk_note {
	unsigned int	uses;
};

struct desk {
	struct fe_disk	disk, plain;
};

static int desk_route(struct fe_request *rq __fe_take_ok)
{
	const struct desk_plan plan = desk_plan;

	switch (fe_request_polled(rq) && !plan.defers_late ? DEFERS : plan.way) {
	case COMPLETES:
		fe_request_complete(rq, plan.err);
		return 0;
	case LATER:
		fe_request_complete_after(rq, plan.err, plan.nsec);
		return 0;
	case DEFERS:
		fe_request_defer(rq);
		return 0;
	case REFUSES:
		if (plan.err < 0)
			return plan.err;
		fallthrough;
	default:
		fe_request_end(rq, plan.err);
		return 0;
	}
}

static int desk_plain_queue(const struct desk *desk, struct fe_request *rq __fe_take_ok)
{
	if (atomic_inc_return(&desk_seen.asked) <= desk_plan.busy)
		return -EBUSY;
	desk_seen.queue = fe_request_queue(rq);
	desk_seen.tag = fe_request_tag(rq);
	desk_seen.polled = fe_request_polled(rq);
	return desk_route(rq);
}

FE_DISK(desk, plain, fe_no_data, .queue = desk_plain_queue);

static struct desk_note *desk_disk_data(struct fe_request *rq);

static int desk_queue(const struct desk *desk, struct fe_request *rq __fe_take_ok)
{
	desk_seen.uses = ++desk_disk_data(rq)->uses;
	return desk_plain_queue(desk, rq);
}

static void desk_complete(const struct desk *desk, struct fe_request *rq __fe_take, int err)
{
	atomic_inc(&desk_seen.completed);
	desk_seen.err = err;
	desk_seen.uses = ++desk_disk_data(rq)->uses;
	if (desk_plan.defers_late)
		fe_request_defer(rq);
	else
		fe_request_end(rq, err);
}

static void desk_timeout(const struct desk *desk, struct fe_request *rq __fe_take)
{
	const unsigned int queue = fe_request_queue(rq), tag = fe_request_tag(rq);

	atomic_inc(&desk_seen.timeouts);
	if (!desk_plan.defers_again) {
		fe_request_end(rq, -ETIMEDOUT);
		return;
	}
	fe_request_defer(rq);
	if (desk_plan.claims_back)
		desk_claimed = fe_disk_claim(&desk->disk, queue, tag);
}

static void desk_poll(const struct desk *desk, struct fe_request *rq __fe_take,
		      struct fe_batch *batch)
{
	if (atomic_inc_return(&desk_seen.polls) <= desk_plan.early)
		fe_request_defer(rq);
	else
		fe_request_end_batched(rq, desk_plan.err, batch);
}

FE_DISK(desk, disk, desk_note, .queue = desk_queue, .complete = desk_complete,
	.timeout = desk_timeout, .poll = desk_poll);

static int desk_probe(struct fe_dev *dev, struct desk *desk)
{
	if (desk_plan.plain)
		return desk_plain_declare(dev, desk, &desk_plan.spec);
	return desk_disk_declare(dev, desk, &desk_plan.spec);
}

FE_PLATFORM_DRIVER_ONLY(desk, .probe = desk_probe);

/*
 * Bound, and open, and then as planned: the search for partitions is over, and answered at once.
 */
static inline struct block_device *desk_open(struct kunit *test, struct device *dev)
{
	struct desk_plan plan = desk_plan;
	struct block_device *bdev;
	const struct desk *desk;

	desk_plan.way = ENDS;
	desk_plan.err = 0;
	desk_plan.busy = 0;
	KUNIT_ASSERT_EQ(test, test_bind(dev, &desk__fe_driver.fe), 0);
	desk = test_state(dev);
	bdev = test_bdev(test, disk_devt(plan.plain ? desk->plain.disk : desk->disk.disk));
	desk_plan = plan;
	memset(&desk_seen, 0, sizeof(desk_seen));
	return bdev;
}

static inline struct test_bio *desk_ask(struct kunit *test, struct block_device *bdev)
{
	return test_submit(test, bdev, REQ_OP_READ, 0, 512);
}

/*
 * A look at what is over its time by now, as the queue's own timer would have it taken, which is
 * rounded up to seconds.
 */
static inline void desk_hurry(struct block_device *bdev)
{
	struct request_queue *q = bdev_get_queue(bdev);

	msleep(desk_plan.spec.timeout_ms + 20);
	kblockd_schedule_work(&q->timeout_work);
	flush_work(&q->timeout_work);
}

#define DESK_PLUGGED	4

/* Several at once, as a program submits them that has more than one to ask for. */
static inline void desk_ask_plugged(struct kunit *test, struct block_device *bdev,
				    struct test_bio **bios)
{
	struct blk_plug plug;
	int i;

	for (i = 0; i < DESK_PLUGGED; i++)
		bios[i] = test_bio(test, bdev, REQ_OP_READ, 0, 512);
	blk_start_plug(&plug);
	for (i = 0; i < DESK_PLUGGED; i++)
		submit_bio(&bios[i]->bio);
	blk_finish_plug(&plug);
}

static inline bool desk_asked_soon(int n)
{
	return test_counts_soon(&desk_seen.asked, n);
}

/* As an interrupt would that says which request it is for. */
static inline bool desk_claim(struct device *dev, unsigned int queue, unsigned int tag, int err)
{
	const struct desk *desk = test_state(dev);
	const struct fe_disk *disk = desk_plan.plain ? &desk->plain : &desk->disk;
	struct fe_request *rq = fe_disk_claim(disk, queue, tag);

	if (!rq)
		return false;
	atomic_inc(&desk_seen.claims);
	fe_request_end(rq, err);
	return true;
}

static inline struct test_bio *desk_ask_polled(struct kunit *test, struct block_device *bdev)
{
	return test_submit(test, bdev, REQ_OP_READ | REQ_POLLED, 0, 512);
}

/* For a suite's init. */
static inline void desk_reset(void)
{
	desk_plan = (struct desk_plan){
		.spec = {
			.name		= "desk",
			.sectors	= 2048,
			.node		= NUMA_NO_NODE,
			.depth		= DESK_DEPTH,
		},
	};
	memset(&desk_seen, 0, sizeof(desk_seen));
	desk_claimed = NULL;
}

#endif /* _KUNIT_DESK_H */

// SPDX-License-Identifier: GPL-2.0
/*
 * Requests: every way that one can go, and who has it when two want it. What unbind makes of
 * them is request_unbind_kunit.c.
 *
 *		answered by	timeout		unbind
 *	ended	.queue		-		-
 *	completed	soft interrupt	-	waited for
 *	later	its timer	claims		claims
 *	deferred	a claim	claims		claims
 *	parked	a poll		claims		claims
 *	busy	a later .queue	-		refused
 *
 * Those that were plugged together come as a list, which the layer goes through.
 */
#include <linux/ktime.h>

#include "desk.h"

/* By whatever way, with either disk. */
static const struct desk_plan desk_plans[] = {
	{ ENDS }, { COMPLETES }, { LATER, .nsec = 100000 },
	{ ENDS, .plain = true }, { COMPLETES, .plain = true },
	{ LATER, .nsec = 100000, .plain = true },
};

static void desk_plan_name(const struct desk_plan *plan, char *desc)
{
	static const char * const ways[] = { "ends", "completes", "later" };

	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%s%s", ways[plan->way],
		 plan->plain ? ", plain" : "");
}

KUNIT_ARRAY_PARAM(desk_plan, desk_plans, desk_plan_name);

static struct block_device *desk_open_as_parameter(struct kunit *test, struct device *dev)
{
	struct fe_disk_spec spec = desk_plan.spec;

	desk_plan = *(const struct desk_plan *)test->param_value;
	desk_plan.spec = spec;
	return desk_open(test, dev);
}

static void an_answer_is_what_the_driver_says(struct kunit *test)
{
	static const struct {
		int	err, seen;
	} answers[] = {
		{ 0, 0 }, { -EIO, -EIO }, { -ENOSPC, -ENOSPC }, { -ENODATA, -ENODATA },
		{ -ETIMEDOUT, -ETIMEDOUT }, { -EOPNOTSUPP, -EOPNOTSUPP }, { -ENODEV, -ENODEV },
		{ -EBUSY, -EBUSY }, { -EPERM, -EIO }, { 1, -EIO },
	};
	struct block_device *bdev = desk_open_as_parameter(test, test_device(test));
	int i;

	for (i = 0; i < ARRAY_SIZE(answers); i++) {
		desk_plan.err = answers[i].err;
		KUNIT_EXPECT_EQ_MSG(test, test_bio_result(desk_ask(test, bdev)), answers[i].seen,
				    "answer %d", answers[i].err);
	}
	KUNIT_EXPECT_EQ(test, atomic_read(&desk_seen.asked), i);
}

static void the_drivers_complete_gets_the_answer(struct kunit *test)
{
	struct block_device *bdev;

	desk_plan.way = COMPLETES;
	bdev = desk_open(test, test_device(test));
	desk_plan.err = -ENOSPC;
	KUNIT_EXPECT_EQ(test, test_bio_result(desk_ask(test, bdev)), -ENOSPC);
	KUNIT_EXPECT_EQ(test, atomic_read(&desk_seen.completed), 1);
	KUNIT_EXPECT_EQ(test, desk_seen.err, -ENOSPC);
}

static void a_timer_answers_not_before_its_time(struct kunit *test)
{
	struct block_device *bdev;
	ktime_t begin;

	desk_plan.way = LATER;
	desk_plan.nsec = 20 * NSEC_PER_MSEC;
	bdev = desk_open(test, test_device(test));
	begin = ktime_get();
	KUNIT_EXPECT_EQ(test, test_bio_result(desk_ask(test, bdev)), 0);
	KUNIT_EXPECT_GE(test, ktime_ms_delta(ktime_get(), begin), 20);
	KUNIT_EXPECT_EQ(test, atomic_read(&desk_seen.completed), 1);
}

static void a_request_keeps_its_data(struct kunit *test)
{
	struct block_device *bdev;

	desk_plan.way = COMPLETES;
	desk_plan.spec.depth = 1;
	desk_plan.spec.no_sched = true;		/* it has requests of its own */
	bdev = desk_open(test, test_device(test));
	desk_ask(test, bdev);
	KUNIT_EXPECT_EQ(test, test_bio_result(desk_ask(test, bdev)), 0);
	KUNIT_EXPECT_EQ(test, desk_seen.tag, 0);
	/* Queue and complete, twice, and the partitions before. */
	KUNIT_EXPECT_GT(test, desk_seen.uses, 4);
}

static void who_is_busy_is_asked_again(struct kunit *test)
{
	struct block_device *bdev = desk_open(test, test_device(test));

	desk_plan.busy = 3;
	KUNIT_EXPECT_EQ(test, test_bio_result(desk_ask(test, bdev)), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&desk_seen.asked), 4);
}

static void a_refused_request_ends(struct kunit *test)
{
	struct block_device *bdev;

	desk_plan.way = REFUSES;
	desk_plan.err = -EOPNOTSUPP;
	bdev = desk_open(test, test_device(test));
	KUNIT_EXPECT_EQ(test, test_bio_result(desk_ask(test, bdev)), -EOPNOTSUPP);
	desk_plan.err = -EPERM;
	KUNIT_EXPECT_EQ(test, test_bio_result(desk_ask(test, bdev)), -EIO);
	KUNIT_EXPECT_EQ(test, atomic_read(&desk_seen.asked), 2);
}

static void plugged_requests_are_answered_each(struct kunit *test)
{
	struct test_bio *bios[DESK_PLUGGED];
	struct block_device *bdev;
	int i;

	desk_plan.spec.no_sched = true;		/* it would have a list of its own */
	bdev = desk_open_as_parameter(test, test_device(test));
	desk_ask_plugged(test, bdev, bios);
	for (i = 0; i < DESK_PLUGGED; i++)
		KUNIT_EXPECT_EQ(test, test_bio_result(bios[i]), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&desk_seen.asked), DESK_PLUGGED);
}

static void who_is_busy_is_asked_again_for_what_was_plugged(struct kunit *test)
{
	struct test_bio *bios[DESK_PLUGGED];
	struct block_device *bdev;
	int i;

	desk_plan.spec.no_sched = true;
	bdev = desk_open(test, test_device(test));
	desk_plan.busy = 2;
	desk_ask_plugged(test, bdev, bios);
	for (i = 0; i < DESK_PLUGGED; i++)
		KUNIT_EXPECT_EQ(test, test_bio_result(bios[i]), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&desk_seen.asked), DESK_PLUGGED + 2);
}

static void a_refused_request_ends_alone(struct kunit *test)
{
	struct test_bio *bios[DESK_PLUGGED];
	struct block_device *bdev;
	int i;

	desk_plan.way = REFUSES;
	desk_plan.spec.no_sched = true;
	bdev = desk_open(test, test_device(test));
	desk_plan.err = -EOPNOTSUPP;
	desk_ask_plugged(test, bdev, bios);
	for (i = 0; i < DESK_PLUGGED; i++)
		KUNIT_EXPECT_EQ(test, test_bio_result(bios[i]), -EOPNOTSUPP);
	KUNIT_EXPECT_EQ(test, atomic_read(&desk_seen.asked), DESK_PLUGGED);
}

/* What came in a list is found by its tag, as what came alone. */
static void a_plugged_request_can_be_claimed(struct kunit *test)
{
	struct test_bio *bios[DESK_PLUGGED];
	struct device *dev = test_device(test);
	struct block_device *bdev;
	unsigned int tag;
	int i;

	desk_plan.way = DEFERS;
	desk_plan.spec.no_sched = true;
	bdev = desk_open(test, dev);
	desk_ask_plugged(test, bdev, bios);
	for (tag = 0; tag < DESK_DEPTH; tag++)
		desk_claim(dev, 0, tag, 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&desk_seen.claims), DESK_PLUGGED);
	for (i = 0; i < DESK_PLUGGED; i++)
		KUNIT_EXPECT_EQ(test, test_bio_result(bios[i]), 0);
}

static void a_deferred_request_is_claimed_once(struct kunit *test)
{
	struct device *dev = test_device(test);
	struct block_device *bdev;
	struct test_bio *bio;

	desk_plan.way = DEFERS;
	bdev = desk_open(test, dev);
	bio = desk_ask(test, bdev);
	KUNIT_ASSERT_TRUE(test, desk_asked_soon(1));
	KUNIT_EXPECT_TRUE(test, test_bio_flies(bio));
	KUNIT_EXPECT_TRUE(test, desk_claim(dev, desk_seen.queue, desk_seen.tag, -ENODATA));
	KUNIT_EXPECT_EQ(test, test_bio_result(bio), -ENODATA);
	KUNIT_EXPECT_FALSE(test, desk_claim(dev, desk_seen.queue, desk_seen.tag, 0));
}

static void a_claim_of_what_is_not_in_flight_gets_nothing(struct kunit *test)
{
	struct device *dev = test_device(test);
	struct block_device *bdev;
	struct test_bio *bio;
	unsigned int tag;

	desk_plan.way = DEFERS;
	bdev = desk_open(test, dev);
	bio = desk_ask(test, bdev);
	KUNIT_ASSERT_TRUE(test, desk_asked_soon(1));
	for (tag = 0; tag < 2 * DESK_DEPTH; tag++)
		KUNIT_EXPECT_EQ(test, desk_claim(dev, desk_seen.queue, tag, 0),
				tag == desk_seen.tag);
	KUNIT_EXPECT_FALSE(test, desk_claim(dev, desk_seen.queue, UINT_MAX, 0));
	KUNIT_EXPECT_FALSE(test, desk_claim(dev, 1, 0, 0));
	KUNIT_EXPECT_FALSE(test, desk_claim(dev, UINT_MAX, 0, 0));
	KUNIT_EXPECT_EQ(test, test_bio_result(bio), 0);
}

static void a_request_that_takes_too_long_is_claimed_by_its_timeout(struct kunit *test)
{
	static const enum desk_way ways[] = { DEFERS, LATER };
	struct device *dev = test_device(test);
	struct block_device *bdev;
	struct test_bio *bio;
	int i;

	desk_plan.spec.timeout_ms = 20;
	bdev = desk_open(test, dev);
	desk_plan.nsec = 1000 * NSEC_PER_SEC;
	for (i = 0; i < ARRAY_SIZE(ways); i++) {
		desk_plan.way = ways[i];
		bio = desk_ask(test, bdev);
		KUNIT_ASSERT_TRUE(test, desk_asked_soon(i + 1));
		desk_hurry(bdev);
		KUNIT_EXPECT_EQ(test, test_bio_result(bio), -ETIMEDOUT);
		KUNIT_EXPECT_EQ(test, atomic_read(&desk_seen.timeouts), i + 1);
	}
	KUNIT_EXPECT_FALSE(test, desk_claim(dev, desk_seen.queue, desk_seen.tag, 0));
	KUNIT_EXPECT_EQ(test, atomic_read(&desk_seen.completed), 0);
}

static void a_timeout_may_defer_again(struct kunit *test)
{
	struct device *dev = test_device(test);
	struct block_device *bdev;
	struct test_bio *bio;
	int n;

	desk_plan.way = DEFERS;
	desk_plan.defers_again = true;
	desk_plan.spec.timeout_ms = 20;
	bdev = desk_open(test, dev);
	bio = desk_ask(test, bdev);
	KUNIT_ASSERT_TRUE(test, desk_asked_soon(1));
	for (n = 1; n <= 2; n++) {
		desk_hurry(bdev);
		KUNIT_EXPECT_GE(test, atomic_read(&desk_seen.timeouts), n);
	}
	KUNIT_EXPECT_TRUE(test, desk_claim(dev, desk_seen.queue, desk_seen.tag, 0));
	KUNIT_EXPECT_EQ(test, test_bio_result(bio), 0);
}

/* The timeout is over while an interrupt has the request, which then defers it. */
static void what_is_claimed_during_a_timeout_times_out_again(struct kunit *test)
{
	struct block_device *bdev;
	struct test_bio *bio;

	desk_plan.way = DEFERS;
	desk_plan.defers_again = true;
	desk_plan.claims_back = true;
	desk_plan.spec.timeout_ms = 20;
	bdev = desk_open(test, test_device(test));
	bio = desk_ask(test, bdev);
	KUNIT_ASSERT_TRUE(test, desk_asked_soon(1));
	desk_hurry(bdev);
	KUNIT_ASSERT_EQ(test, atomic_read(&desk_seen.timeouts), 1);
	KUNIT_ASSERT_NOT_NULL(test, desk_claimed);
	fe_request_defer(desk_claimed);
	desk_plan.defers_again = false;
	desk_hurry(bdev);
	KUNIT_EXPECT_EQ(test, atomic_read(&desk_seen.timeouts), 2);
	/* What no timeout ended, unbind does. */
	KUNIT_EXPECT_EQ(test, test_bio_flies(bio) ? -EINPROGRESS : test_bio_result(bio),
			-ETIMEDOUT);
}

static void without_a_timeout_a_request_is_waited_for(struct kunit *test)
{
	struct device *dev = test_device(test);
	struct block_device *bdev;
	struct test_bio *bio;

	desk_plan.way = DEFERS;
	desk_plan.plain = true;
	desk_plan.spec.timeout_ms = 20;
	bdev = desk_open(test, dev);
	bio = desk_ask(test, bdev);
	KUNIT_ASSERT_TRUE(test, desk_asked_soon(1));
	desk_hurry(bdev);
	desk_hurry(bdev);
	KUNIT_EXPECT_TRUE(test, test_bio_flies(bio));
	KUNIT_EXPECT_TRUE(test, desk_claim(dev, desk_seen.queue, desk_seen.tag, 0));
	KUNIT_EXPECT_EQ(test, test_bio_result(bio), 0);
}

/* Polls as io_uring does, until it is over. */
static int desk_poll_for(struct test_bio *t)
{
	int ms;

	for (ms = 0; ms < TEST_BIO_LIMIT_MS && !completion_done(&t->ended); ms++) {
		bio_poll(&t->bio, NULL, BLK_POLL_ONESHOT);
		usleep_range(1000, 1100);
	}
	return test_bio_result(t);
}

static void a_polled_request_waits_for_a_poll(struct kunit *test)
{
	static const int answers[] = { 0, -ENODATA };
	struct block_device *bdev;
	struct test_bio *bio;
	int i;

	desk_plan.spec.queues = 1;
	desk_plan.spec.poll_queues = 1;
	bdev = desk_open(test, test_device(test));
	for (i = 0; i < ARRAY_SIZE(answers); i++) {
		desk_plan.err = answers[i];
		bio = desk_ask_polled(test, bdev);
		KUNIT_EXPECT_TRUE(test, test_bio_flies(bio));
		KUNIT_EXPECT_EQ(test, desk_poll_for(bio), answers[i]);
	}
	KUNIT_EXPECT_TRUE(test, desk_seen.polled);
	KUNIT_EXPECT_EQ(test, desk_seen.queue, 1);
	KUNIT_EXPECT_EQ(test, atomic_read(&desk_seen.polls), 2);
	/* Others go the usual way. */
	desk_plan.err = 0;
	KUNIT_EXPECT_EQ(test, test_bio_result(desk_ask(test, bdev)), 0);
	KUNIT_EXPECT_FALSE(test, desk_seen.polled);
}

/* In an interrupt: its lock is not one that a poll could be interrupted under. */
static void a_timer_leaves_a_request_to_a_poll(struct kunit *test)
{
	struct block_device *bdev;
	struct test_bio *bio;

	desk_plan.spec.poll_queues = 1;
	desk_plan.way = LATER;
	desk_plan.nsec = 100000;
	desk_plan.defers_late = true;
	bdev = desk_open(test, test_device(test));
	bio = desk_ask_polled(test, bdev);
	KUNIT_EXPECT_EQ(test, desk_poll_for(bio), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&desk_seen.completed), 1);
	KUNIT_EXPECT_EQ(test, atomic_read(&desk_seen.polls), 1);
}

static void a_polled_request_times_out(struct kunit *test)
{
	struct block_device *bdev;
	struct test_bio *bio;

	desk_plan.spec.poll_queues = 1;
	desk_plan.spec.timeout_ms = 20;
	bdev = desk_open(test, test_device(test));
	bio = desk_ask_polled(test, bdev);
	KUNIT_ASSERT_TRUE(test, desk_asked_soon(1));
	desk_hurry(bdev);
	KUNIT_EXPECT_EQ(test, test_bio_result(bio), -ETIMEDOUT);
	KUNIT_EXPECT_EQ(test, atomic_read(&desk_seen.timeouts), 1);
	KUNIT_EXPECT_EQ(test, atomic_read(&desk_seen.polls), 0);
}

static void what_a_poll_defers_times_out(struct kunit *test)
{
	struct block_device *bdev;
	struct test_bio *bio;

	desk_plan.spec.poll_queues = 1;
	desk_plan.spec.timeout_ms = 20;
	desk_plan.early = 1;
	bdev = desk_open(test, test_device(test));
	bio = desk_ask_polled(test, bdev);
	KUNIT_ASSERT_TRUE(test, desk_asked_soon(1));
	bio_poll(&bio->bio, NULL, BLK_POLL_ONESHOT);
	KUNIT_EXPECT_EQ(test, atomic_read(&desk_seen.polls), 1);
	KUNIT_EXPECT_TRUE(test, test_bio_flies(bio));
	desk_hurry(bdev);
	KUNIT_EXPECT_EQ(test, atomic_read(&desk_seen.timeouts), 1);
	KUNIT_EXPECT_EQ(test, desk_poll_for(bio), -ETIMEDOUT);
	KUNIT_EXPECT_EQ(test, atomic_read(&desk_seen.polls), 1);
}

static void what_complete_defers_times_out(struct kunit *test)
{
	struct device *dev = test_device(test);
	struct block_device *bdev;
	struct test_bio *bio;

	desk_plan.way = COMPLETES;
	desk_plan.spec.timeout_ms = 20;
	desk_plan.defers_late = true;
	bdev = desk_open(test, dev);
	bio = desk_ask(test, bdev);
	KUNIT_ASSERT_TRUE(test, desk_asked_soon(1));
	desk_hurry(bdev);
	KUNIT_EXPECT_EQ(test, atomic_read(&desk_seen.completed), 1);
	KUNIT_EXPECT_EQ(test, atomic_read(&desk_seen.timeouts), 1);
	/* A claim ends it where no timeout did. */
	desk_claim(dev, desk_seen.queue, desk_seen.tag, 0);
	KUNIT_EXPECT_EQ(test, test_bio_result(bio), -ETIMEDOUT);
}

/* Claims what it can get, as an interrupt that fires too often. */
static int desk_claim_all(void *dev)
{
	unsigned int tag;
	int round;

	for (round = 0; round < 2000; round++)
		for (tag = 0; tag < DESK_DEPTH; tag++)
			desk_claim(dev, 0, tag, 0);
	return 0;
}

static void each_request_is_answered_once(struct kunit *test)
{
	struct device *dev = test_device(test);
	struct test_thread *claiming;
	struct block_device *bdev;
	struct test_bio *bio;
	int i;

	desk_plan.spec.depth = DESK_DEPTH;
	bdev = desk_open(test, dev);
	desk_plan.way = LATER;
	desk_plan.nsec = 20000;
	claiming = test_thread(test, desk_claim_all, dev);
	for (i = 0; i < 300; i++) {
		bio = desk_ask(test, bdev);
		KUNIT_EXPECT_EQ(test, test_bio_result(bio), 0);
	}
	KUNIT_EXPECT_EQ(test, test_thread_result(claiming), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&desk_seen.completed) + atomic_read(&desk_seen.claims),
			300);
}

static int request_test_init(struct kunit *test)
{
	desk_reset();
	return 0;
}

static struct kunit_case request_test_cases[] = {
	KUNIT_CASE_PARAM(an_answer_is_what_the_driver_says, desk_plan_gen_params),
	KUNIT_CASE(the_drivers_complete_gets_the_answer),
	KUNIT_CASE(a_timer_answers_not_before_its_time),
	KUNIT_CASE(a_request_keeps_its_data),
	KUNIT_CASE(who_is_busy_is_asked_again),
	KUNIT_CASE(a_refused_request_ends),
	KUNIT_CASE_PARAM(plugged_requests_are_answered_each, desk_plan_gen_params),
	KUNIT_CASE(who_is_busy_is_asked_again_for_what_was_plugged),
	KUNIT_CASE(a_refused_request_ends_alone),
	KUNIT_CASE(a_plugged_request_can_be_claimed),
	KUNIT_CASE(a_deferred_request_is_claimed_once),
	KUNIT_CASE(a_claim_of_what_is_not_in_flight_gets_nothing),
	KUNIT_CASE(a_request_that_takes_too_long_is_claimed_by_its_timeout),
	KUNIT_CASE(a_timeout_may_defer_again),
	KUNIT_CASE(what_is_claimed_during_a_timeout_times_out_again),
	KUNIT_CASE(without_a_timeout_a_request_is_waited_for),
	KUNIT_CASE(a_polled_request_waits_for_a_poll),
	KUNIT_CASE(a_timer_leaves_a_request_to_a_poll),
	KUNIT_CASE(a_polled_request_times_out),
	KUNIT_CASE(what_a_poll_defers_times_out),
	KUNIT_CASE(what_complete_defers_times_out),
	KUNIT_CASE(each_request_is_answered_once),
	{}
};

static struct kunit_suite request_test_suite = {
	.name		= "request",
	.init		= request_test_init,
	.test_cases	= request_test_cases,
};

kunit_test_suite(request_test_suite);

MODULE_DESCRIPTION("KUnit tests of Ferrule's block requests");
MODULE_LICENSE("GPL");

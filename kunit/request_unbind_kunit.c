// SPDX-License-Identifier: GPL-2.0
/* Unbind under I/O: whatever way a request went, it ends with an error, and nothing hangs. */
#include "desk.h"

static void unbind_ends_what_is_in_flight(struct kunit *test)
{
	static const enum desk_way ways[] = { DEFERS, LATER };
	struct device *dev = test_device(test);
	struct block_device *bdev;
	struct test_bio *bios[DESK_DEPTH];
	int i;

	desk_plan.spec.depth = DESK_DEPTH;
	bdev = desk_open(test, dev);
	desk_plan.nsec = 1000 * NSEC_PER_SEC;
	for (i = 0; i < ARRAY_SIZE(bios); i++) {
		desk_plan.way = ways[i % ARRAY_SIZE(ways)];
		bios[i] = desk_ask(test, bdev);
		KUNIT_ASSERT_TRUE(test, desk_asked_soon(i + 1));
	}
	KUNIT_EXPECT_TRUE(test, test_bio_flies(bios[0]));
	test_unbind(dev);
	for (i = 0; i < ARRAY_SIZE(bios); i++)
		KUNIT_EXPECT_EQ(test, test_bio_result(bios[i]), -ENODEV);
	KUNIT_EXPECT_EQ(test, atomic_read(&desk_seen.completed), DESK_DEPTH);
	KUNIT_EXPECT_EQ(test, desk_seen.err, -ENODEV);
}

static void unbind_ends_what_nobody_polled_for(struct kunit *test)
{
	struct device *dev = test_device(test);
	struct block_device *bdev;
	struct test_bio *bio;

	desk_plan.spec.poll_queues = 1;
	bdev = desk_open(test, dev);
	bio = desk_ask_polled(test, bdev);
	KUNIT_EXPECT_TRUE(test, test_bio_flies(bio));
	test_unbind(dev);
	KUNIT_EXPECT_EQ(test, test_bio_result(bio), -ENODEV);
	KUNIT_EXPECT_EQ(test, atomic_read(&desk_seen.polls), 0);
}

static void unbind_ends_what_was_too_early(struct kunit *test)
{
	struct device *dev = test_device(test);
	struct block_device *bdev = desk_open(test, dev);
	struct test_bio *bio;

	desk_plan.busy = INT_MAX;
	bio = desk_ask(test, bdev);
	KUNIT_ASSERT_TRUE(test, desk_asked_soon(3));
	test_unbind(dev);
	KUNIT_EXPECT_EQ(test, test_bio_result(bio), -ENODEV);
}

/* More than there are tags: some wait for one. */
static int desk_ask_many(void *arg)
{
	struct test_bio **bios = arg;
	int i;

	for (i = 0; i < 2 * DESK_DEPTH; i++)
		submit_bio(&bios[i]->bio);
	return 0;
}

static void unbind_ends_what_waits_for_a_tag(struct kunit *test)
{
	struct device *dev = test_device(test);
	struct test_bio *bios[2 * DESK_DEPTH];
	struct test_thread *asking;
	struct block_device *bdev;
	int i;

	desk_plan.way = DEFERS;
	desk_plan.plain = true;
	desk_plan.spec.depth = DESK_DEPTH;
	desk_plan.spec.no_sched = true;
	bdev = desk_open(test, dev);
	for (i = 0; i < ARRAY_SIZE(bios); i++)
		bios[i] = test_bio(test, bdev, REQ_OP_READ, 0, 512);
	asking = test_thread(test, desk_ask_many, bios);
	KUNIT_ASSERT_TRUE(test, desk_asked_soon(DESK_DEPTH));
	KUNIT_EXPECT_TRUE(test, test_thread_goes_on(asking));
	test_unbind(dev);
	KUNIT_EXPECT_EQ(test, test_thread_result(asking), 0);
	for (i = 0; i < ARRAY_SIZE(bios); i++) {
		int ret = test_bio_result(bios[i]);

		KUNIT_EXPECT_TRUE(test, ret == -ENODEV || ret == -EIO);
	}
	KUNIT_EXPECT_EQ(test, atomic_read(&desk_seen.asked), DESK_DEPTH);
}

/* Keeps what it plugged until it is told; without a sleep, which would let go of it. */
static struct desk_holder {
	struct test_bio	*bios[DESK_PLUGGED];
	bool		holds, lets_go;
} desk_holder;

static int desk_hold(void *unused)
{
	struct blk_plug plug;
	int i;

	blk_start_plug(&plug);
	for (i = 0; i < DESK_PLUGGED; i++)
		submit_bio(&desk_holder.bios[i]->bio);
	WRITE_ONCE(desk_holder.holds, true);
	while (!READ_ONCE(desk_holder.lets_go))
		cpu_relax();
	blk_finish_plug(&plug);
	return 0;
}

static void unbind_refuses_what_was_plugged(struct kunit *test)
{
	struct test_thread *holding, *unbinding;
	struct device *dev = test_device(test);
	struct block_device *bdev;
	const void *state;
	int i;

	desk_plan.spec.no_sched = true;
	bdev = desk_open(test, dev);
	state = test_state(dev);
	desk_holder = (struct desk_holder){ };
	for (i = 0; i < DESK_PLUGGED; i++)
		desk_holder.bios[i] = test_bio(test, bdev, REQ_OP_READ, 0, 512);
	holding = test_thread(test, desk_hold, NULL);
	while (!READ_ONCE(desk_holder.holds))
		usleep_range(1000, 1100);
	unbinding = test_unbind_thread(test, dev);
	while (!fe_disk_dead(state))
		usleep_range(1000, 1100);
	WRITE_ONCE(desk_holder.lets_go, true);
	KUNIT_EXPECT_EQ(test, test_thread_result(holding), 0);
	KUNIT_EXPECT_EQ(test, test_thread_result(unbinding), 0);
	for (i = 0; i < DESK_PLUGGED; i++)
		KUNIT_EXPECT_EQ(test, test_bio_result(desk_holder.bios[i]), -ENODEV);
	KUNIT_EXPECT_EQ(test, atomic_read(&desk_seen.asked), 0);
}

static void unbind_ends_what_every_timeout_defers(struct kunit *test)
{
	struct device *dev = test_device(test);
	struct block_device *bdev;
	struct test_bio *bio;

	desk_plan.way = DEFERS;
	desk_plan.defers_again = true;
	desk_plan.spec.timeout_ms = 1;
	bdev = desk_open(test, dev);
	bio = desk_ask(test, bdev);
	KUNIT_ASSERT_TRUE(test, desk_asked_soon(1));
	desk_hurry(bdev);
	KUNIT_EXPECT_GE(test, atomic_read(&desk_seen.timeouts), 1);
	test_unbind(dev);
	KUNIT_EXPECT_EQ(test, test_bio_result(bio), -ENODEV);
}

static int request_unbind_test_init(struct kunit *test)
{
	desk_reset();
	return 0;
}

static struct kunit_case request_unbind_test_cases[] = {
	KUNIT_CASE(unbind_ends_what_is_in_flight),
	KUNIT_CASE(unbind_ends_what_nobody_polled_for),
	KUNIT_CASE(unbind_ends_what_was_too_early),
	KUNIT_CASE(unbind_ends_what_waits_for_a_tag),
	KUNIT_CASE(unbind_refuses_what_was_plugged),
	KUNIT_CASE(unbind_ends_what_every_timeout_defers),
	{}
};

static struct kunit_suite request_unbind_test_suite = {
	.name		= "request_unbind",
	.init		= request_unbind_test_init,
	.test_cases	= request_unbind_test_cases,
};

kunit_test_suite(request_unbind_test_suite);

MODULE_DESCRIPTION("KUnit tests of Ferrule's block requests at unbind");
MODULE_LICENSE("GPL");

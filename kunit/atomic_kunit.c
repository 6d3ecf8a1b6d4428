// SPDX-License-Identifier: GPL-2.0
/* Counters: through const, and from several threads at once. */
#include <kunit/test.h>

#include <ferrule/atomic.h>

#include "test_thread.h"

#define ROUNDS	50000
#define THREADS	4

static void a_counter_begins_at_zero(struct kunit *test)
{
	struct fe_counter c = { };

	KUNIT_EXPECT_EQ(test, fe_counted(&c), 0);
	KUNIT_EXPECT_EQ(test, fe_count_next(&c), 1);
	KUNIT_EXPECT_EQ(test, fe_count_next(&c), 2);
	KUNIT_EXPECT_EQ(test, fe_counted(&c), 2);
}

static void a_counter_wraps(struct kunit *test)
{
	struct fe_counter c = { };

	fe_count_by(&c, U64_MAX);
	KUNIT_EXPECT_EQ(test, fe_counted(&c), U64_MAX);
	fe_count(&c);
	KUNIT_EXPECT_EQ(test, fe_counted(&c), 0);
}

struct tally {
	atomic_t		ready;
	struct fe_counter	by_one;
	struct fe_counter	by_three;
	struct fe_counter	next;
	struct fe_counter	sum_of_next;
};

static int tally_main(void *arg)
{
	struct tally *tally = arg;
	u64 sum = 0;
	int i;

	/* None is done before the others begin. */
	atomic_inc(&tally->ready);
	while (atomic_read(&tally->ready) < THREADS)
		cond_resched();
	for (i = 0; i < ROUNDS; i++) {
		fe_count(&tally->by_one);
		fe_count_by(&tally->by_three, 3);
		sum += fe_count_next(&tally->next);
	}
	fe_count_by(&tally->sum_of_next, sum);
	return 0;
}

static void no_count_is_lost_or_given_twice(struct kunit *test)
{
	struct tally *tally = kunit_kzalloc(test, sizeof(*tally), GFP_KERNEL);
	struct test_thread *thread[THREADS];
	u64 n = ROUNDS * ARRAY_SIZE(thread);
	int i;

	for (i = 0; i < ARRAY_SIZE(thread); i++)
		thread[i] = test_thread(test, tally_main, tally);
	for (i = 0; i < ARRAY_SIZE(thread); i++)
		KUNIT_EXPECT_EQ(test, test_thread_result(thread[i]), 0);
	KUNIT_EXPECT_EQ(test, fe_counted(&tally->by_one), n);
	KUNIT_EXPECT_EQ(test, fe_counted(&tally->by_three), 3 * n);
	KUNIT_EXPECT_EQ(test, fe_counted(&tally->sum_of_next), n * (n + 1) / 2);
}

static struct kunit_case atomic_test_cases[] = {
	KUNIT_CASE(a_counter_begins_at_zero),
	KUNIT_CASE(a_counter_wraps),
	KUNIT_CASE(no_count_is_lost_or_given_twice),
	{}
};

static struct kunit_suite atomic_test_suite = {
	.name		= "atomic",
	.test_cases	= atomic_test_cases,
};

kunit_test_suite(atomic_test_suite);

MODULE_DESCRIPTION("KUnit tests of Ferrule's atomics");
MODULE_LICENSE("GPL");

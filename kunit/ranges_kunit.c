// SPDX-License-Identifier: GPL-2.0
/* Sets of ranges: what is in one after which changes, and who sees what meanwhile. */
#include <kunit/test.h>
#include <linux/bitmap.h>
#include <linux/prandom.h>

#include <ferrule/ranges.h>

#include "fault.h"
#include "test_thread.h"

static void ranges_free(struct kunit_resource *res)
{
	fe_ranges_drop(res->data);
	kfree(res->data);
}

static int ranges_make(struct kunit_resource *res, void *context)
{
	struct fe_ranges *r = kzalloc(sizeof(*r), GFP_KERNEL);

	if (!r)
		return -ENOMEM;
	fe_ranges_init(r);
	res->data = r;
	return 0;
}

static const struct fe_ranges *ranges_new(struct kunit *test)
{
	struct fe_ranges *r;

	r = kunit_alloc_resource(test, ranges_make, ranges_free, GFP_KERNEL, NULL);
	KUNIT_ASSERT_NOT_NULL(test, r);
	return r;
}

/* All ranges, as text. */
static const char *text_of(struct kunit *test, const struct fe_ranges *r)
{
	char *text = kunit_kzalloc(test, 256, GFP_KERNEL);
	u64 first, last;
	int len = 0;

	KUNIT_ASSERT_NOT_NULL(test, text);
	for (first = 0; fe_ranges_next(r, &first, &last); first = last + 1)
		len += scnprintf(text + len, 256 - len, "%llu-%llu ", first, last);
	return text;
}

static void an_empty_set_has_nothing(struct kunit *test)
{
	const struct fe_ranges *r = ranges_new(test);

	KUNIT_EXPECT_FALSE(test, fe_ranges_hit(r, 0, U64_MAX));
	KUNIT_EXPECT_STREQ(test, text_of(test, r), "");
}

static void the_ends_of_a_range_are_in_it(struct kunit *test)
{
	const struct fe_ranges *r = ranges_new(test);

	KUNIT_ASSERT_EQ(test, fe_ranges_add(r, 10, 20), 0);
	KUNIT_EXPECT_FALSE(test, fe_ranges_hit(r, 0, 10));
	KUNIT_EXPECT_TRUE(test, fe_ranges_hit(r, 0, 11));
	KUNIT_EXPECT_TRUE(test, fe_ranges_hit(r, 15, 1));
	KUNIT_EXPECT_TRUE(test, fe_ranges_hit(r, 20, 100));
	KUNIT_EXPECT_TRUE(test, fe_ranges_hit(r, 0, U64_MAX));
	KUNIT_EXPECT_TRUE(test, fe_ranges_hit(r, 20, U64_MAX));
	KUNIT_EXPECT_FALSE(test, fe_ranges_hit(r, 21, U64_MAX));
	KUNIT_EXPECT_FALSE(test, fe_ranges_hit(r, U64_MAX, U64_MAX));
	KUNIT_EXPECT_FALSE(test, fe_ranges_hit(r, 15, 0));
}

static void the_first_and_the_last_number_can_be_in_it(struct kunit *test)
{
	const struct fe_ranges *r = ranges_new(test);

	KUNIT_ASSERT_EQ(test, fe_ranges_add(r, 0, 0), 0);
	KUNIT_ASSERT_EQ(test, fe_ranges_add(r, U64_MAX - 1, U64_MAX - 1), 0);
	KUNIT_EXPECT_TRUE(test, fe_ranges_hit(r, 0, 1));
	KUNIT_EXPECT_FALSE(test, fe_ranges_hit(r, 0, 0));
	KUNIT_EXPECT_FALSE(test, fe_ranges_hit(r, 1, U64_MAX - 2));
	KUNIT_EXPECT_TRUE(test, fe_ranges_hit(r, 1, U64_MAX - 1));
	KUNIT_EXPECT_TRUE(test, fe_ranges_hit(r, U64_MAX - 1, 2));
	KUNIT_EXPECT_STREQ(test, text_of(test, r),
			   "0-0 18446744073709551614-18446744073709551614 ");
}

static void what_touches_is_one_range(struct kunit *test)
{
	const struct fe_ranges *r = ranges_new(test);

	KUNIT_ASSERT_EQ(test, fe_ranges_add(r, 10, 19), 0);
	KUNIT_ASSERT_EQ(test, fe_ranges_add(r, 30, 39), 0);
	KUNIT_EXPECT_STREQ(test, text_of(test, r), "10-19 30-39 ");
	KUNIT_ASSERT_EQ(test, fe_ranges_add(r, 20, 29), 0);
	KUNIT_EXPECT_STREQ(test, text_of(test, r), "10-39 ");
	KUNIT_ASSERT_EQ(test, fe_ranges_add(r, 5, 100), 0);
	KUNIT_EXPECT_STREQ(test, text_of(test, r), "5-100 ");
}

static void a_range_is_looked_for_from_within(struct kunit *test)
{
	const struct fe_ranges *r = ranges_new(test);
	u64 first = 15, last = 0;

	KUNIT_ASSERT_EQ(test, fe_ranges_add(r, 10, 19), 0);
	KUNIT_EXPECT_TRUE(test, fe_ranges_next(r, &first, &last));
	KUNIT_EXPECT_EQ(test, first, 15);
	KUNIT_EXPECT_EQ(test, last, 19);
	first = 20;
	KUNIT_EXPECT_FALSE(test, fe_ranges_next(r, &first, &last));
	KUNIT_EXPECT_EQ(test, first, 20);
	KUNIT_EXPECT_EQ(test, last, 19);
}

static void to_remove_splits_cuts_and_ends_ranges(struct kunit *test)
{
	const struct fe_ranges *r = ranges_new(test);

	KUNIT_ASSERT_EQ(test, fe_ranges_add(r, 10, 99), 0);
	KUNIT_ASSERT_EQ(test, fe_ranges_remove(r, 50, 59), 0);
	KUNIT_EXPECT_STREQ(test, text_of(test, r), "10-49 60-99 ");
	KUNIT_ASSERT_EQ(test, fe_ranges_remove(r, 0, 19), 0);
	KUNIT_EXPECT_STREQ(test, text_of(test, r), "20-49 60-99 ");
	KUNIT_ASSERT_EQ(test, fe_ranges_remove(r, 40, 1000), 0);
	KUNIT_EXPECT_STREQ(test, text_of(test, r), "20-39 ");
	KUNIT_ASSERT_EQ(test, fe_ranges_remove(r, 0, U64_MAX - 1), 0);
	KUNIT_EXPECT_STREQ(test, text_of(test, r), "");
	KUNIT_EXPECT_FALSE(test, fe_ranges_hit(r, 0, U64_MAX));
	KUNIT_EXPECT_EQ(test, fe_ranges_remove(r, 0, 0), 0);
}

static void what_is_no_range_is_refused(struct kunit *test)
{
	const struct fe_ranges *r = ranges_new(test);

	KUNIT_EXPECT_EQ(test, fe_ranges_add(r, 2, 1), -EINVAL);
	KUNIT_EXPECT_EQ(test, fe_ranges_add(r, 0, U64_MAX), -EINVAL);
	KUNIT_EXPECT_EQ(test, fe_ranges_remove(r, 2, 1), -EINVAL);
	KUNIT_EXPECT_EQ(test, fe_ranges_remove(r, 0, U64_MAX), -EINVAL);
	KUNIT_EXPECT_STREQ(test, text_of(test, r), "");
}

static void a_fault_changes_nothing(struct kunit *test)
{
	const struct fe_ranges *r = ranges_new(test);

	KUNIT_ASSERT_EQ(test, fe_ranges_add(r, 10, 19), 0);
	fault_set(test, "ranges", 1);
	KUNIT_EXPECT_EQ(test, fe_ranges_add(r, 30, 39), -ENOMEM);
	fault_set(test, "ranges", 1);
	KUNIT_EXPECT_EQ(test, fe_ranges_remove(r, 10, 19), -ENOMEM);
	KUNIT_EXPECT_STREQ(test, text_of(test, r), "10-19 ");
}

static void a_set_that_was_never_made_may_be_dropped(struct kunit *test)
{
	struct fe_ranges *r = kunit_kzalloc(test, sizeof(*r), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, r);
	fe_ranges_drop(r);
	KUNIT_EXPECT_FALSE(test, fe_ranges_hit(r, 0, U64_MAX));
}

#define NUMBERS		1024u
#define CHANGES		600

static int compare(const struct fe_ranges *r, const unsigned long *model)
{
	unsigned int from = 0, to;
	u64 first, last;

	for (first = 0; fe_ranges_next(r, &first, &last); first = last + 1) {
		from = find_next_bit(model, NUMBERS, from);
		to = find_next_zero_bit(model, NUMBERS, from);
		if (first != from || last != to - 1)
			return -EILSEQ;
		from = to;
	}
	return find_next_bit(model, NUMBERS, from) == NUMBERS ? 0 : -ENODATA;
}

static void any_changes_are_those_of_a_bitmap(struct kunit *test)
{
	unsigned long *model = kunit_kzalloc(test, NUMBERS / BITS_PER_BYTE, GFP_KERNEL);
	const struct fe_ranges *r = ranges_new(test);
	unsigned int i, first, n, wrong = 0;
	struct rnd_state rnd;

	KUNIT_ASSERT_NOT_NULL(test, model);
	prandom_seed_state(&rnd, 20220601);
	for (i = 0; i < CHANGES; i++) {
		first = prandom_u32_state(&rnd) % NUMBERS;
		n = 1 + prandom_u32_state(&rnd) % min(NUMBERS - first, i % 4 ? 8u : 200u);
		if (prandom_u32_state(&rnd) % 2) {
			KUNIT_ASSERT_EQ(test, fe_ranges_add(r, first, first + n - 1), 0);
			bitmap_set(model, first, n);
		} else {
			KUNIT_ASSERT_EQ(test, fe_ranges_remove(r, first, first + n - 1), 0);
			bitmap_clear(model, first, n);
		}
		wrong += !!compare(r, model);
		first = prandom_u32_state(&rnd) % NUMBERS;
		wrong += fe_ranges_hit(r, first, 4) !=
			 (find_next_bit(model, NUMBERS, first) < min(first + 4, NUMBERS));
	}
	KUNIT_EXPECT_EQ(test, wrong, 0);
}

#define ROUNDS	300

/* 100-199 is always there. */
static int change_around(void *arg)
{
	const struct fe_ranges *r = arg;
	int i, ret;

	for (i = 0; i < ROUNDS; i++) {
		ret = fe_ranges_add(r, i % 100, 100 + i % 50) ?:
		      fe_ranges_remove(r, 0, 99) ?:
		      fe_ranges_add(r, 200, 200 + i % 100) ?:
		      fe_ranges_remove(r, 200, 1000);
		if (ret)
			return ret;
	}
	return 0;
}

static int look_within(void *arg)
{
	const struct fe_ranges *r = arg;
	u64 first, last;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		if (!fe_ranges_hit(r, 100 + i % 100, 1) || fe_ranges_hit(r, 2000, 3000))
			return -EILSEQ;
		first = 150;
		if (!fe_ranges_next(r, &first, &last) || first != 150 || last < 199 || last > 299)
			return -ERANGE;
		cond_resched();
	}
	return 0;
}

static void who_looks_sees_what_nobody_changes(struct kunit *test)
{
	const struct fe_ranges *r = ranges_new(test);
	struct test_thread *thread[3];
	int i;

	KUNIT_ASSERT_EQ(test, fe_ranges_add(r, 100, 199), 0);
	for (i = 0; i < ARRAY_SIZE(thread); i++)
		thread[i] = test_thread(test, i ? look_within : change_around, (void *)r);
	for (i = 0; i < ARRAY_SIZE(thread); i++)
		KUNIT_EXPECT_EQ(test, test_thread_result(thread[i]), 0);
}

static void ranges_test_exit(struct kunit *test)
{
	fault_clear();
}

static struct kunit_case ranges_test_cases[] = {
	KUNIT_CASE(an_empty_set_has_nothing),
	KUNIT_CASE(the_ends_of_a_range_are_in_it),
	KUNIT_CASE(the_first_and_the_last_number_can_be_in_it),
	KUNIT_CASE(what_touches_is_one_range),
	KUNIT_CASE(a_range_is_looked_for_from_within),
	KUNIT_CASE(to_remove_splits_cuts_and_ends_ranges),
	KUNIT_CASE(what_is_no_range_is_refused),
	KUNIT_CASE(a_fault_changes_nothing),
	KUNIT_CASE(a_set_that_was_never_made_may_be_dropped),
	KUNIT_CASE(any_changes_are_those_of_a_bitmap),
	KUNIT_CASE(who_looks_sees_what_nobody_changes),
	{}
};

static struct kunit_suite ranges_test_suite = {
	.name		= "ranges",
	.exit		= ranges_test_exit,
	.test_cases	= ranges_test_cases,
};

kunit_test_suite(ranges_test_suite);

MODULE_DESCRIPTION("KUnit tests of Ferrule's sets of ranges");
MODULE_LICENSE("GPL");

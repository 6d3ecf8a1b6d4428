// SPDX-License-Identifier: GPL-2.0
/* Pages: what is in a new one, what a position means, and when one ends. */
#include <kunit/test.h>
#include <linux/delay.h>
#include <linux/rcupdate.h>

#include <ferrule/page.h>

#include "fault.h"
#include "live.h"

static u8 *bytes_of(struct fe_page *page)
{
	return page_address(&page->page);
}

static void a_new_page_is_zeroed(struct kunit *test)
{
	struct fe_page *page __fe_free_page = fe_page_new();

	KUNIT_ASSERT_FALSE(test, IS_ERR(page));
	KUNIT_EXPECT_NULL(test, memchr_inv(bytes_of(page), 0, PAGE_SIZE));
}

static void a_page_is_made_where_nothing_may_sleep(struct kunit *test)
{
	struct fe_page *page __fe_free_page = NULL;
	unsigned long flags;

	local_irq_save(flags);
	page = fe_page_new_atomic();
	local_irq_restore(flags);
	KUNIT_ASSERT_FALSE(test, IS_ERR(page));
	KUNIT_EXPECT_NULL(test, memchr_inv(bytes_of(page), 0, PAGE_SIZE));
}

static void a_page_is_dropped_where_nothing_may_sleep(struct kunit *test)
{
	struct fe_page *page = fe_page_new();
	unsigned long flags;

	KUNIT_ASSERT_FALSE(test, IS_ERR(page));
	KUNIT_EXPECT_EQ(test, live_count(test, "page"), 1);
	local_irq_save(flags);
	fe_page_drop(page);
	local_irq_restore(flags);
	KUNIT_EXPECT_EQ(test, live_count(test, "page"), 0);
}

static void a_page_ends_with_its_scope(struct kunit *test)
{
	{
		struct fe_page *one __fe_free_page = fe_page_new();
		struct fe_page *two __fe_free_page = fe_page_new_atomic();

		KUNIT_EXPECT_FALSE(test, IS_ERR(one) || IS_ERR(two));
		KUNIT_EXPECT_EQ(test, live_count(test, "page"), 2);
	}
	KUNIT_EXPECT_EQ(test, live_count(test, "page"), 0);
}

static void a_page_that_was_moved_outlives_its_scope(struct kunit *test)
{
	struct fe_page *kept __fe_free_page = NULL;

	{
		struct fe_page *page __fe_free_page = fe_page_new();

		KUNIT_ASSERT_FALSE(test, IS_ERR(page));
		kept = fe_move(page);
		KUNIT_EXPECT_NULL(test, page);
	}
	KUNIT_EXPECT_EQ(test, live_count(test, "page"), 1);
}

static void what_is_no_page_may_be_dropped(struct kunit *test)
{
	struct fe_page *page __fe_free_page = fe_page_new();

	fe_page_drop(NULL);
	fe_page_drop(ERR_PTR(-ENOMEM));
	KUNIT_EXPECT_EQ(test, live_count(test, "page"), 1);
}

struct stretch {
	u64	pos;
	size_t	n;
	size_t	from, to;	/* the bytes that are cleared */
};

static const struct stretch stretches[] = {
	{ 0, 0, 0, 0 },
	{ 0, 1, 0, 1 },
	{ 0, PAGE_SIZE, 0, PAGE_SIZE },
	{ 512, 512, 512, 1024 },
	{ 512, PAGE_SIZE, 512, PAGE_SIZE },
	{ PAGE_SIZE - 1, SIZE_MAX, PAGE_SIZE - 1, PAGE_SIZE },
	{ PAGE_SIZE, 1, 0, 1 },
	{ 7 * PAGE_SIZE + 3, 2, 3, 5 },
	{ U64_MAX, 2, PAGE_SIZE - 1, PAGE_SIZE },
};

static void stretch_name(const struct stretch *r, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%zu bytes at %llu", r->n, r->pos);
}

KUNIT_ARRAY_PARAM(stretches, stretches, stretch_name);

static void what_is_cleared_stays_in_the_page(struct kunit *test)
{
	struct fe_page *page __fe_free_page = fe_page_new();
	const struct stretch *r = test->param_value;

	KUNIT_ASSERT_FALSE(test, IS_ERR(page));
	memset(bytes_of(page), 0x5a, PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, fe_page_zero(page, r->pos, r->n), r->to - r->from);
	KUNIT_EXPECT_NULL(test, memchr_inv(bytes_of(page), 0x5a, r->from));
	KUNIT_EXPECT_NULL(test, memchr_inv(bytes_of(page) + r->from, 0, r->to - r->from));
	KUNIT_EXPECT_NULL(test, memchr_inv(bytes_of(page) + r->to, 0x5a, PAGE_SIZE - r->to));
}

static void a_retired_page_stays_for_its_readers(struct kunit *test)
{
	struct fe_page *page = fe_page_new();
	bool kept;

	KUNIT_ASSERT_FALSE(test, IS_ERR(page));
	rcu_read_lock();
	fe_page_retire(page);
	mdelay(1);
	{
		FE_UNSAFE("the page is looked at after it was retired, which is the test");
		kept = page_count(&page->page) == 1 && !*bytes_of(page);
	}
	rcu_read_unlock();
	KUNIT_EXPECT_TRUE(test, kept);
	rcu_barrier();
	KUNIT_EXPECT_EQ(test, live_count(test, "page"), 0);
}

static void a_fault_is_no_memory(struct kunit *test)
{
	struct fe_page *page __fe_free_page = NULL;
	struct fe_page *next __fe_free_page = NULL;
	struct fe_page *last __fe_free_page = NULL;

	fault_set(test, "page", 1);
	page = fe_page_new();
	KUNIT_EXPECT_EQ(test, PTR_ERR_OR_ZERO(page), -ENOMEM);
	fault_set(test, "page", 1);
	next = fe_page_new_atomic();
	KUNIT_EXPECT_EQ(test, PTR_ERR_OR_ZERO(next), -ENOMEM);
	last = fe_page_new();
	KUNIT_EXPECT_FALSE(test, IS_ERR(last));
}

static void page_test_exit(struct kunit *test)
{
	fault_clear();
}

static struct kunit_case page_test_cases[] = {
	KUNIT_CASE(a_new_page_is_zeroed),
	KUNIT_CASE(a_page_is_made_where_nothing_may_sleep),
	KUNIT_CASE(a_page_is_dropped_where_nothing_may_sleep),
	KUNIT_CASE(a_page_ends_with_its_scope),
	KUNIT_CASE(a_page_that_was_moved_outlives_its_scope),
	KUNIT_CASE(what_is_no_page_may_be_dropped),
	KUNIT_CASE_PARAM(what_is_cleared_stays_in_the_page, stretches_gen_params),
	KUNIT_CASE(a_retired_page_stays_for_its_readers),
	KUNIT_CASE(a_fault_is_no_memory),
	{}
};

static struct kunit_suite page_test_suite = {
	.name		= "page",
	.exit		= page_test_exit,
	.test_cases	= page_test_cases,
};

kunit_test_suite(page_test_suite);

MODULE_DESCRIPTION("KUnit tests of Ferrule's pages");
MODULE_LICENSE("GPL");

// SPDX-License-Identifier: GPL-2.0
/* Arrays of owned elements: who owns one when, and how long a reader has it. */
#include <kunit/test.h>
#include <linux/delay.h>

#include <ferrule/page.h>
#include <ferrule/xarray.h>

#include "fault.h"
#include "live.h"
#include "test_thread.h"

FE_XARRAY(shelf, fe_page);

struct library {
	struct shelf	shelf;
};

FE_DROP(library, (shelf, shelf));

static void library_free(struct kunit_resource *res)
{
	struct library *library = res->data;

	library_drop(library);
	kfree(library);
}

static int library_make(struct kunit_resource *res, void *context)
{
	struct library *library = kzalloc(sizeof(*library), GFP_KERNEL);

	if (!library)
		return -ENOMEM;
	shelf_init(&library->shelf);
	res->data = library;
	return 0;
}

static struct library *library_new(struct kunit *test)
{
	struct library *library;

	library = kunit_alloc_resource(test, library_make, library_free, GFP_KERNEL, NULL);
	KUNIT_ASSERT_NOT_NULL(test, library);
	return library;
}

static u8 *mark_of(const struct fe_page *page)
{
	return fe_page_at(page, 0);
}

static int put(const struct library *library, unsigned long index, u8 mark)
{
	struct fe_page *page __fe_free_page = fe_page_new();

	if (IS_ERR(page))
		return PTR_ERR(page);
	*mark_of(page) = mark;
	return fe_xa_insert(&library->shelf, index, page);
}

/* The mark of an element; -ENOENT without one. */
static int look(const struct library *library, unsigned long index)
{
	const struct shelf_view *view __fe_unlock(shelf) = fe_xa_read(&library->shelf);
	const struct fe_page *page = fe_xa_find(view, index);

	return page ? *mark_of(page) : -ENOENT;
}

static void an_empty_array_finds_nothing(struct kunit *test)
{
	const struct library *library = library_new(test);

	KUNIT_EXPECT_EQ(test, look(library, 0), -ENOENT);
	KUNIT_EXPECT_EQ(test, look(library, ULONG_MAX), -ENOENT);
}

static const unsigned long indices[] = { 0, 1, 63, 64, 4095, 4096, 1UL << 40, ULONG_MAX };

static void index_name(const unsigned long *index, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%#lx", *index);
}

KUNIT_ARRAY_PARAM(indices, indices, index_name);

static void what_was_inserted_is_found_there_only(struct kunit *test)
{
	unsigned long index = *(const unsigned long *)test->param_value;
	const struct library *library = library_new(test);

	KUNIT_ASSERT_EQ(test, put(library, index, 42), 0);
	KUNIT_EXPECT_EQ(test, look(library, index), 42);
	KUNIT_EXPECT_EQ(test, look(library, index - 1), -ENOENT);
	KUNIT_EXPECT_EQ(test, look(library, index + 1), -ENOENT);
	fe_xa_erase(&library->shelf, index);
	KUNIT_EXPECT_EQ(test, look(library, index), -ENOENT);
}

static void to_insert_empties_the_owner(struct kunit *test)
{
	struct fe_page *page __fe_free_page = fe_page_new();
	const struct library *library = library_new(test);

	KUNIT_ASSERT_FALSE(test, IS_ERR(page));
	KUNIT_EXPECT_EQ(test, fe_xa_insert(&library->shelf, 7, page), 0);
	KUNIT_EXPECT_NULL(test, page);
	KUNIT_EXPECT_EQ(test, live_count(test, "page"), 1);
}

static void a_place_that_is_taken_leaves_the_owner_what_it_has(struct kunit *test)
{
	struct fe_page *page __fe_free_page = fe_page_new();
	const struct library *library = library_new(test);

	KUNIT_ASSERT_FALSE(test, IS_ERR(page));
	*mark_of(page) = 2;
	KUNIT_ASSERT_EQ(test, put(library, 7, 1), 0);
	KUNIT_EXPECT_EQ(test, fe_xa_insert(&library->shelf, 7, page), -EBUSY);
	KUNIT_ASSERT_NOT_NULL(test, page);
	KUNIT_EXPECT_EQ(test, *mark_of(page), 2);
	KUNIT_EXPECT_EQ(test, look(library, 7), 1);
}

static void a_fault_leaves_the_owner_what_it_has(struct kunit *test)
{
	struct fe_page *page __fe_free_page = fe_page_new();
	const struct library *library = library_new(test);

	KUNIT_ASSERT_FALSE(test, IS_ERR(page));
	fault_set(test, "xarray", 1);
	KUNIT_EXPECT_EQ(test, fe_xa_insert(&library->shelf, 7, page), -ENOMEM);
	KUNIT_EXPECT_NOT_NULL(test, page);
	KUNIT_EXPECT_EQ(test, look(library, 7), -ENOENT);
	KUNIT_EXPECT_EQ(test, fe_xa_insert(&library->shelf, 7, page), 0);
}

static void to_erase_ends_the_element(struct kunit *test)
{
	const struct library *library = library_new(test);
	bool off;

	KUNIT_ASSERT_EQ(test, put(library, 1, 1), 0);
	KUNIT_ASSERT_EQ(test, put(library, 2, 2), 0);
	local_irq_disable();
	fe_xa_erase(&library->shelf, 1);
	fe_xa_erase(&library->shelf, 100);
	off = irqs_disabled();
	local_irq_enable();
	KUNIT_EXPECT_TRUE(test, off);
	KUNIT_EXPECT_EQ(test, live_count(test, "page"), 1);
	KUNIT_EXPECT_EQ(test, look(library, 1), -ENOENT);
	KUNIT_EXPECT_EQ(test, look(library, 2), 2);
	KUNIT_EXPECT_EQ(test, put(library, 1, 3), 0);
	KUNIT_EXPECT_EQ(test, look(library, 1), 3);
}

struct span {
	unsigned long	first, last;
	int		left;		/* of the elements 0 to 199 */
};

static const struct span spans[] = {
	{ 0, ULONG_MAX, 0 },
	{ 0, 0, 199 },
	{ 199, 199, 199 },
	{ 200, ULONG_MAX, 200 },
	{ 10, 9, 200 },
	{ ULONG_MAX, 0, 200 },
	{ 63, 64, 198 },
	{ 5, 194, 10 },
};

static void span_name(const struct span *s, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%#lx to %#lx", s->first, s->last);
}

KUNIT_ARRAY_PARAM(spans, spans, span_name);

static void a_range_ends_what_is_in_it(struct kunit *test)
{
	const struct library *library = library_new(test);
	const struct span *s = test->param_value;
	int i, wrong = 0;

	for (i = 0; i < 200; i++)
		KUNIT_ASSERT_EQ(test, put(library, i, i), 0);
	fe_xa_erase_range(&library->shelf, s->first, s->last);
	for (i = 0; i < 200; i++)
		wrong += look(library, i) != (i >= s->first && i <= s->last ? -ENOENT : i);
	KUNIT_EXPECT_EQ(test, wrong, 0);
	KUNIT_EXPECT_EQ(test, live_count(test, "page"), s->left);
}

static void a_reader_keeps_what_it_found(struct kunit *test)
{
	const struct library *library = library_new(test);
	bool kept;

	KUNIT_ASSERT_EQ(test, put(library, 7, 42), 0);
	{
		const struct shelf_view *view __fe_unlock(shelf) = fe_xa_read(&library->shelf);
		const struct fe_page *page = fe_xa_find(view, 7);

		fe_xa_erase(&library->shelf, 7);
		mdelay(1);
		kept = page && *mark_of(page) == 42 && !fe_xa_find(view, 7);
	}
	KUNIT_EXPECT_TRUE(test, kept);
}

static void a_guard_is_a_read_section(struct kunit *test)
{
	const struct library *library = library_new(test);
	bool inside;

	{
		const struct shelf_view *view __fe_unlock(shelf) = fe_xa_read(&library->shelf);

		inside = rcu_read_lock_held() && !fe_xa_find(view, 0);
	}
	KUNIT_EXPECT_TRUE(test, inside);
	KUNIT_EXPECT_FALSE(test, lock_is_held(&rcu_lock_map));
}

static void a_guard_that_was_never_taken_ends_nothing(struct kunit *test)
{
	{
		const struct shelf_view *none __fe_unlock(shelf) = NULL;

		KUNIT_EXPECT_NULL(test, none);
	}
	KUNIT_EXPECT_FALSE(test, lock_is_held(&rcu_lock_map));
}

static void to_drop_an_array_drops_what_it_owns(struct kunit *test)
{
	struct library library = { };
	int i;

	shelf_init(&library.shelf);
	for (i = 0; i < 100; i++)
		KUNIT_EXPECT_EQ(test, put(&library, i * i, 0), 0);
	KUNIT_EXPECT_EQ(test, live_count(test, "page"), 100);
	library_drop(&library);
	KUNIT_EXPECT_EQ(test, live_count(test, "page"), 0);
}

static void an_array_that_was_never_made_may_be_dropped(struct kunit *test)
{
	struct library library = { };

	library_drop(&library);
	KUNIT_EXPECT_EQ(test, live_count(test, "page"), 0);
}

#define ROUNDS		200
#define PLACES		8

struct crowd {
	const struct library	*library;
	atomic_t		inserted, refused;
};

static int insert_and_look(void *arg)
{
	struct crowd *crowd = arg;
	int i, ret, mark;

	for (i = 0; i < ROUNDS; i++) {
		ret = put(crowd->library, i % PLACES, i % PLACES);
		if (ret && ret != -EBUSY)
			return ret;
		atomic_inc(ret ? &crowd->refused : &crowd->inserted);
		mark = look(crowd->library, i % PLACES);
		if (mark != -ENOENT && mark != i % PLACES)
			return -EILSEQ;
	}
	return 0;
}

static int erase_and_look(void *arg)
{
	struct crowd *crowd = arg;
	int i, mark;

	for (i = 0; i < ROUNDS; i++) {
		if (i % 16)
			fe_xa_erase(&crowd->library->shelf, i % PLACES);
		else
			fe_xa_erase_range(&crowd->library->shelf, 0, PLACES);
		mark = look(crowd->library, i % PLACES);
		if (mark != -ENOENT && mark != i % PLACES)
			return -EILSEQ;
	}
	return 0;
}

static void all_at_once_lose_nothing(struct kunit *test)
{
	struct crowd *crowd = kunit_kzalloc(test, sizeof(*crowd), GFP_KERNEL);
	struct test_thread *thread[4];
	int i;

	KUNIT_ASSERT_NOT_NULL(test, crowd);
	crowd->library = library_new(test);
	for (i = 0; i < ARRAY_SIZE(thread); i++)
		thread[i] = test_thread(test, i ? insert_and_look : erase_and_look, crowd);
	for (i = 0; i < ARRAY_SIZE(thread); i++)
		KUNIT_EXPECT_EQ(test, test_thread_result(thread[i]), 0);
	KUNIT_EXPECT_GT(test, atomic_read(&crowd->inserted), 0);
	KUNIT_EXPECT_GT(test, atomic_read(&crowd->refused), 0);
	fe_xa_erase_range(&crowd->library->shelf, 0, ULONG_MAX);
	KUNIT_EXPECT_EQ(test, live_count(test, "page"), 0);
}

static void xarray_test_exit(struct kunit *test)
{
	fault_clear();
}

static struct kunit_case xarray_test_cases[] = {
	KUNIT_CASE(an_empty_array_finds_nothing),
	KUNIT_CASE_PARAM(what_was_inserted_is_found_there_only, indices_gen_params),
	KUNIT_CASE(to_insert_empties_the_owner),
	KUNIT_CASE(a_place_that_is_taken_leaves_the_owner_what_it_has),
	KUNIT_CASE(a_fault_leaves_the_owner_what_it_has),
	KUNIT_CASE(to_erase_ends_the_element),
	KUNIT_CASE_PARAM(a_range_ends_what_is_in_it, spans_gen_params),
	KUNIT_CASE(a_reader_keeps_what_it_found),
	KUNIT_CASE(a_guard_is_a_read_section),
	KUNIT_CASE(a_guard_that_was_never_taken_ends_nothing),
	KUNIT_CASE(to_drop_an_array_drops_what_it_owns),
	KUNIT_CASE(an_array_that_was_never_made_may_be_dropped),
	KUNIT_CASE(all_at_once_lose_nothing),
	{}
};

static struct kunit_suite xarray_test_suite = {
	.name		= "xarray",
	.exit		= xarray_test_exit,
	.test_cases	= xarray_test_cases,
};

kunit_test_suite(xarray_test_suite);

MODULE_DESCRIPTION("KUnit tests of Ferrule's arrays of owned elements");
MODULE_LICENSE("GPL");

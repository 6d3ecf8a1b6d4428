// SPDX-License-Identifier: GPL-2.0
/* Boxes: what is in a new one, what does not fit in one, and when it ends. */
#include <kunit/test.h>
#include <linux/spinlock.h>

#include <ferrule/box.h>

#include "fault.h"
#include "live.h"

struct parcel {
	u64	stamp;
	u32	weight;
	u32	items[];
};

struct crate {
	u8	bytes[64];
};

struct shelf {
	struct crate *left __fe_own, *right __fe_own;
};

FE_DROP(shelf, (fe_boxed, left), (fe_boxed, right));

static void a_new_box_is_zeroed(struct kunit *test)
{
	struct crate *box __fe_free = fe_box_new(struct crate);

	KUNIT_ASSERT_FALSE(test, IS_ERR(box));
	KUNIT_EXPECT_NULL(test, memchr_inv(box, 0, sizeof(*box)));
}

static void a_box_with_a_tail_has_room_for_it(struct kunit *test)
{
	struct parcel *box __fe_free = fe_box_new_tail(struct parcel, items, 100);

	KUNIT_ASSERT_FALSE(test, IS_ERR(box));
	KUNIT_EXPECT_GE(test, ksize(box), sizeof(*box) + 100 * sizeof(u32));
	KUNIT_EXPECT_NULL(test, memchr_inv(box, 0, sizeof(*box) + 100 * sizeof(u32)));
	box->items[99] = 1;
}

static const size_t too_many[] = {
	SIZE_MAX, SIZE_MAX / sizeof(u32), SIZE_MAX / sizeof(u32) + 1, SIZE_MAX / 2,
	((size_t)1 << 62) + 1,
};

static void too_many_name(const size_t *n, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%#zx elements", *n);
}

KUNIT_ARRAY_PARAM(too_many, too_many, too_many_name);

static void a_size_that_overflows_is_no_memory(struct kunit *test)
{
	struct parcel *box __fe_free =
		fe_box_new_tail(struct parcel, items, *(const size_t *)test->param_value);

	KUNIT_EXPECT_EQ(test, PTR_ERR_OR_ZERO(box), -ENOMEM);
}

static void a_box_is_made_where_nothing_may_sleep(struct kunit *test)
{
	struct crate *box __fe_free = NULL;
	unsigned long flags;

	local_irq_save(flags);
	box = fe_box_new_atomic(struct crate);
	local_irq_restore(flags);
	KUNIT_ASSERT_FALSE(test, IS_ERR(box));
	KUNIT_EXPECT_NULL(test, memchr_inv(box, 0, sizeof(*box)));
}

static void a_box_is_dropped_where_nothing_may_sleep(struct kunit *test)
{
	struct crate *box = fe_box_new(struct crate);
	unsigned long flags;

	KUNIT_ASSERT_FALSE(test, IS_ERR(box));
	KUNIT_EXPECT_EQ(test, live_count(test, "box"), 1);
	local_irq_save(flags);
	fe_box_drop(box);
	local_irq_restore(flags);
	KUNIT_EXPECT_EQ(test, live_count(test, "box"), 0);
}

static void a_box_ends_with_its_scope(struct kunit *test)
{
	{
		struct crate *one __fe_free = fe_box_new(struct crate);
		struct crate *two __fe_free = fe_box_new_atomic(struct crate);

		KUNIT_EXPECT_FALSE(test, IS_ERR(one) || IS_ERR(two));
		KUNIT_EXPECT_EQ(test, live_count(test, "box"), 2);
	}
	KUNIT_EXPECT_EQ(test, live_count(test, "box"), 0);
}

static void a_box_that_was_moved_outlives_its_scope(struct kunit *test)
{
	struct crate *kept __fe_free = NULL;

	{
		struct crate *box __fe_free = fe_box_new(struct crate);

		KUNIT_ASSERT_FALSE(test, IS_ERR(box));
		box->bytes[0] = 42;
		kept = fe_move(box);
		KUNIT_EXPECT_NULL(test, box);
	}
	KUNIT_EXPECT_EQ(test, live_count(test, "box"), 1);
	KUNIT_EXPECT_EQ(test, kept->bytes[0], 42);
}

static void a_structure_ends_the_boxes_that_it_owns(struct kunit *test)
{
	{
		struct shelf shelf __fe_scoped(shelf) = { };
		struct crate *box = fe_box_new(struct crate);

		KUNIT_ASSERT_FALSE(test, IS_ERR(box));
		shelf.left = box;
		KUNIT_EXPECT_EQ(test, live_count(test, "box"), 1);
	}
	KUNIT_EXPECT_EQ(test, live_count(test, "box"), 0);
}

static void what_is_no_box_may_be_dropped(struct kunit *test)
{
	struct crate *box __fe_free = fe_box_new(struct crate);

	fe_box_drop(NULL);
	fe_box_drop(ERR_PTR(-ENOMEM));
	KUNIT_EXPECT_EQ(test, live_count(test, "box"), 1);
}

static void a_fault_is_no_memory(struct kunit *test)
{
	struct crate *box __fe_free = NULL;
	struct crate *next __fe_free = NULL;

	fault_set(test, "box", 1);
	box = fe_box_new(struct crate);
	KUNIT_EXPECT_EQ(test, PTR_ERR_OR_ZERO(box), -ENOMEM);
	next = fe_box_new(struct crate);
	KUNIT_EXPECT_FALSE(test, IS_ERR(next));
}

static void box_test_exit(struct kunit *test)
{
	fault_clear();
}

static struct kunit_case box_test_cases[] = {
	KUNIT_CASE(a_new_box_is_zeroed),
	KUNIT_CASE(a_box_with_a_tail_has_room_for_it),
	KUNIT_CASE_PARAM(a_size_that_overflows_is_no_memory, too_many_gen_params),
	KUNIT_CASE(a_box_is_made_where_nothing_may_sleep),
	KUNIT_CASE(a_box_is_dropped_where_nothing_may_sleep),
	KUNIT_CASE(a_box_ends_with_its_scope),
	KUNIT_CASE(a_box_that_was_moved_outlives_its_scope),
	KUNIT_CASE(a_structure_ends_the_boxes_that_it_owns),
	KUNIT_CASE(what_is_no_box_may_be_dropped),
	KUNIT_CASE(a_fault_is_no_memory),
	{}
};

static struct kunit_suite box_test_suite = {
	.name		= "box",
	.exit		= box_test_exit,
	.test_cases	= box_test_cases,
};

kunit_test_suite(box_test_suite);

MODULE_DESCRIPTION("KUnit tests of Ferrule's boxes");
MODULE_LICENSE("GPL");

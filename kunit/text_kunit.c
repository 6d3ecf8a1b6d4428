// SPDX-License-Identifier: GPL-2.0
/* Text of controls: taken from the front, added to at the end. */
#include <kunit/test.h>

#include <ferrule/text.h>

static void characters_are_taken_one_by_one(struct kunit *test)
{
	struct fe_text_in text = { .at = "+-x" };

	KUNIT_EXPECT_FALSE(test, fe_text_skip(&text, '-'));
	KUNIT_EXPECT_TRUE(test, fe_text_skip(&text, '+'));
	KUNIT_EXPECT_EQ(test, fe_text_expect(&text, '+'), -EINVAL);
	KUNIT_EXPECT_EQ(test, fe_text_expect(&text, '-'), 0);
	KUNIT_EXPECT_EQ(test, fe_text_end(&text), -EINVAL);
	KUNIT_EXPECT_TRUE(test, fe_text_skip(&text, 'x'));
	KUNIT_EXPECT_EQ(test, fe_text_end(&text), 0);
	/* The end is not a character. */
	KUNIT_EXPECT_FALSE(test, fe_text_skip(&text, '\0'));
	KUNIT_EXPECT_EQ(test, fe_text_end(&text), 0);
}

static void a_newline_is_an_end_too(struct kunit *test)
{
	struct fe_text_in line = { .at = "\n" }, lines = { .at = "\n\n" };

	KUNIT_EXPECT_EQ(test, fe_text_end(&line), 0);
	KUNIT_EXPECT_EQ(test, fe_text_end(&lines), -EINVAL);
}

static void a_number_ends_where_its_digits_end(struct kunit *test)
{
	struct fe_text_in text = { .at = "007-42" };
	u64 value = 5;

	KUNIT_EXPECT_EQ(test, fe_text_number(&text, &value), 0);
	KUNIT_EXPECT_EQ(test, value, 7);
	KUNIT_EXPECT_EQ(test, fe_text_number(&text, &value), -EINVAL);
	KUNIT_EXPECT_EQ(test, value, 7);
	KUNIT_EXPECT_TRUE(test, fe_text_skip(&text, '-'));
	KUNIT_EXPECT_EQ(test, fe_text_number(&text, &value), 0);
	KUNIT_EXPECT_EQ(test, value, 42);
	KUNIT_EXPECT_EQ(test, fe_text_number(&text, &value), -EINVAL);
}

static void a_number_that_does_not_fit_is_refused(struct kunit *test)
{
	struct fe_text_in most = { .at = "18446744073709551615" };
	struct fe_text_in more = { .at = "18446744073709551616" };
	struct fe_text_in long_one = { .at = "100000000000000000000" };
	u64 value = 0;

	KUNIT_EXPECT_EQ(test, fe_text_number(&most, &value), 0);
	KUNIT_EXPECT_EQ(test, value, U64_MAX);
	KUNIT_EXPECT_EQ(test, fe_text_number(&more, &value), -ERANGE);
	KUNIT_EXPECT_EQ(test, fe_text_number(&long_one, &value), -ERANGE);
	KUNIT_EXPECT_EQ(test, value, U64_MAX);
	/* It is still there to be looked at. */
	KUNIT_EXPECT_TRUE(test, fe_text_skip(&more, '1'));
}

static void what_is_added_stays_within_a_page(struct kunit *test)
{
	struct fe_text_out text = { .page = kunit_kzalloc(test, PAGE_SIZE, GFP_KERNEL) };
	int i;

	KUNIT_ASSERT_NOT_NULL(test, text.page);
	fe_text_add(&text, "%d %s\n", 1, "one");
	fe_text_add(&text, "%d %s\n", 2, "two");
	KUNIT_EXPECT_STREQ(test, text.page, "1 one\n2 two\n");
	for (i = 0; i < PAGE_SIZE; i++)
		fe_text_add(&text, "more");
	KUNIT_EXPECT_EQ(test, text.len, PAGE_SIZE - 1);
	KUNIT_EXPECT_EQ(test, strlen(text.page), PAGE_SIZE - 1);
}

static struct kunit_case text_test_cases[] = {
	KUNIT_CASE(characters_are_taken_one_by_one),
	KUNIT_CASE(a_newline_is_an_end_too),
	KUNIT_CASE(a_number_ends_where_its_digits_end),
	KUNIT_CASE(a_number_that_does_not_fit_is_refused),
	KUNIT_CASE(what_is_added_stays_within_a_page),
	{}
};

static struct kunit_suite text_test_suite = {
	.name		= "text",
	.test_cases	= text_test_cases,
};

kunit_test_suite(text_test_suite);

MODULE_DESCRIPTION("KUnit tests of Ferrule's text of controls");
MODULE_LICENSE("GPL");

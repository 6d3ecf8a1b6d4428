// SPDX-License-Identifier: GPL-2.0
/*
 * User memory: a page that is missing is brought in outside the gate, and the handler begins
 * again; what is not to be had fails the call.
 */
#include <kunit/test.h>

#include <ferrule/miscdev.h>
#include <ferrule/platform.h>
#include <ferrule/user.h>

#include "node.h"
#include "test_device.h"
#include "user_memory.h"

#define PAGES	3
#define SIZE	(PAGES * PAGE_SIZE)

struct scribe {
	struct fe_miscdev	node;
	struct fe_miscdev	first;
};

struct scribe_file {
	struct fe_file		fe;
};

/* How often a handler began, and whether all that write took was what it was to be. */
static int calls;
static bool all_as_sent;

static u64 word(size_t i)
{
	return i * 0x0101010101010101ULL + 7;
}

static ssize_t scribe_read(const struct scribe *scribe, const struct scribe_file *file,
			   struct fe_writer *to)
{
	size_t n = fe_left(to), i;
	u64 value;
	int ret;

	calls++;
	for (i = 0; i < n / sizeof(value); i++) {
		value = word(i);
		ret = fe_put(to, value);
		if (ret)
			return ret;
	}
	return n;
}

static ssize_t scribe_write(const struct scribe *scribe, const struct scribe_file *file,
			    struct fe_reader *from)
{
	size_t n = fe_left(from), i;
	u64 value;
	int ret;

	calls++;
	all_as_sent = true;
	for (i = 0; i < n / sizeof(value); i++) {
		ret = fe_get(from, value);
		if (ret)
			return ret;
		all_as_sent &= value == word(i);
	}
	return n;
}

FE_MISCDEV(scribe, node, scribe_file, .read = scribe_read, .write = scribe_write);
FE_MISCDEV(scribe, first, scribe_file, .fault_first = true, .read = scribe_read,
	   .write = scribe_write);

static int scribe_probe(struct fe_dev *dev, struct scribe *scribe)
{
	return scribe_node_declare(dev, scribe, "ferrule-scribe") ?:
	       scribe_first_declare(dev, scribe, "ferrule-first");
}

FE_PLATFORM_DRIVER_ONLY(scribe, .probe = scribe_probe);

static struct file *scribe_open(struct kunit *test, const char *name)
{
	KUNIT_ASSERT_EQ(test, test_bind(test_device(test), &scribe__fe_driver.fe), 0);
	calls = 0;
	return test_open(test, name, O_RDWR);
}

/* Of which no page is there yet. */
static unsigned long fresh_memory(struct kunit *test)
{
	unsigned long at = user_map(NULL, SIZE, MAP_ANONYMOUS | MAP_PRIVATE, 0);

	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(at));
	return at;
}

/* A byte of each word. */
static bool has_words(unsigned long at)
{
	size_t i;
	u8 byte;

	for (i = 0; i < SIZE / sizeof(u64); i += 100) {
		if (user_peek(at + i * sizeof(u64), &byte) || byte != (u8)word(i))
			return false;
	}
	return true;
}

static void missing_pages_are_brought_in(struct kunit *test)
{
	struct file *filp = scribe_open(test, "ferrule-scribe0");
	unsigned long at = fresh_memory(test);

	KUNIT_EXPECT_EQ(test, user_transfer(filp, READ, at, SIZE), SIZE);
	KUNIT_EXPECT_EQ(test, calls, PAGES + 1);
	KUNIT_EXPECT_TRUE(test, has_words(at));
	/* Now they are there. */
	calls = 0;
	KUNIT_EXPECT_EQ(test, user_transfer(filp, READ, at, SIZE), SIZE);
	KUNIT_EXPECT_EQ(test, calls, 1);
	KUNIT_EXPECT_EQ(test, user_unmap(at, SIZE), 0);
}

static void pages_are_brought_in_beforehand_if_so_declared(struct kunit *test)
{
	struct file *filp = scribe_open(test, "ferrule-first0");
	unsigned long at = fresh_memory(test);

	KUNIT_EXPECT_EQ(test, user_transfer(filp, READ, at, SIZE), SIZE);
	KUNIT_EXPECT_EQ(test, calls, 1);
	KUNIT_EXPECT_TRUE(test, has_words(at));
	KUNIT_EXPECT_EQ(test, user_unmap(at, SIZE), 0);
}

static void a_handler_that_begins_again_reads_from_the_start(struct kunit *test)
{
	struct file *filp = scribe_open(test, "ferrule-scribe0");
	unsigned long at = fresh_memory(test);

	KUNIT_EXPECT_EQ(test, user_transfer(filp, READ, at, SIZE), SIZE);
	/* The kernel may drop a page of private memory only with its content: so write it back. */
	calls = 0;
	KUNIT_EXPECT_EQ(test, user_transfer(filp, WRITE, at, SIZE), SIZE);
	KUNIT_EXPECT_TRUE(test, all_as_sent);
	/* Of fresh memory each page is zero, and missing: it is asked for one after the other. */
	KUNIT_EXPECT_EQ(test, user_unmap(at, SIZE), 0);
	at = fresh_memory(test);
	calls = 0;
	KUNIT_EXPECT_EQ(test, user_transfer(filp, WRITE, at, SIZE), SIZE);
	KUNIT_EXPECT_EQ(test, calls, PAGES + 1);
	KUNIT_EXPECT_FALSE(test, all_as_sent);
	KUNIT_EXPECT_EQ(test, user_unmap(at, SIZE), 0);
}

static const int directions[] = { READ, WRITE };

static void direction_name(const int *direction, char *desc)
{
	strscpy(desc, *direction == READ ? "read" : "write", KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(direction, directions, direction_name);

static void what_is_not_to_be_had_fails_the_call(struct kunit *test)
{
	struct file *filp = scribe_open(test, "ferrule-scribe0");
	const int direction = *(const int *)test->param_value;
	unsigned long at = fresh_memory(test);

	/* A hole in the middle. */
	KUNIT_EXPECT_EQ(test, user_unmap(at + PAGE_SIZE, PAGE_SIZE), 0);
	KUNIT_EXPECT_EQ(test, user_transfer(filp, direction, at, SIZE), -EFAULT);
	KUNIT_EXPECT_EQ(test, calls, 2);
	KUNIT_EXPECT_EQ(test, user_transfer(filp, direction, at, PAGE_SIZE), PAGE_SIZE);
	/* No address at all, and none of a user's. */
	calls = 0;
	KUNIT_EXPECT_EQ(test, user_transfer(filp, direction, 0, SIZE), -EFAULT);
	KUNIT_EXPECT_EQ(test, calls, 1);
	KUNIT_EXPECT_EQ(test, user_transfer(filp, direction, PAGE_OFFSET, SIZE), -EFAULT);
	KUNIT_EXPECT_EQ(test, calls, 1);
	KUNIT_EXPECT_EQ(test, user_unmap(at, SIZE), 0);
}

static int user_suite_init(struct kunit_suite *suite)
{
	return user_memory_borrow();
}

static void user_suite_exit(struct kunit_suite *suite)
{
	user_memory_return();
}

static struct kunit_case user_test_cases[] = {
	KUNIT_CASE(missing_pages_are_brought_in),
	KUNIT_CASE(pages_are_brought_in_beforehand_if_so_declared),
	KUNIT_CASE(a_handler_that_begins_again_reads_from_the_start),
	KUNIT_CASE_PARAM(what_is_not_to_be_had_fails_the_call, direction_gen_params),
	{}
};

static struct kunit_suite user_test_suite = {
	.name		= "user",
	.suite_init	= user_suite_init,
	.suite_exit	= user_suite_exit,
	.test_cases	= user_test_cases,
};

kunit_test_suite(user_test_suite);

MODULE_DESCRIPTION("KUnit tests of Ferrule's readers and writers");
MODULE_LICENSE("GPL");

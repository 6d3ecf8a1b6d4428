// SPDX-License-Identifier: GPL-2.0
/* Mappings: the same bytes on both sides, within the array, and nothing after unbind. */
#include <kunit/test.h>

#include <ferrule/miscdev.h>
#include <ferrule/mmap.h>
#include <ferrule/platform.h>

#include "node.h"
#include "test_device.h"
#include "user_memory.h"

#define PANE_PAGES	2
#define PANE_SIZE	(PANE_PAGES * PAGE_SIZE)

/* It ends within its last page, which is mapped as a whole. */
FE_COHERENT(pane_bytes, u8, PANE_SIZE - 100);

struct pane {
	struct pane_bytes	bytes;
	struct fe_miscdev	node;
};

struct pane_file {
	struct fe_file		fe;
};

static int pane_mmap(const struct pane *pane, const struct pane_file *file, struct fe_vma *vma)
{
	return fe_mmap_coherent(vma, &pane->bytes);
}

FE_MISCDEV(pane, node, pane_file, .mmap = pane_mmap);

static int pane_probe(struct fe_dev *dev, struct pane *pane)
{
	return fe_coherent_alloc(dev, &pane->bytes) ?:
	       pane_node_declare(dev, pane, "ferrule-pane");
}

FE_PLATFORM_DRIVER_ONLY(pane, .probe = pane_probe);

static struct device *pane_bind(struct kunit *test)
{
	return test_device_of(test, &pane__fe_driver.fe);
}

static struct file *pane_open(struct kunit *test)
{
	return test_open(test, "ferrule-pane0", O_RDWR);
}

static void both_sides_see_the_same_bytes(struct kunit *test)
{
	const struct pane *pane = test_state(pane_bind(test));
	unsigned long at = user_map(pane_open(test), PANE_SIZE, MAP_SHARED, 0);
	u8 byte = 0;

	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(at));
	KUNIT_EXPECT_EQ(test, fe_store(&pane->bytes, 5, 11), 0);
	KUNIT_EXPECT_EQ(test, fe_store(&pane->bytes, PAGE_SIZE + 5, 12), 0);
	KUNIT_EXPECT_EQ(test, user_peek(at + 5, &byte), 0);
	KUNIT_EXPECT_EQ(test, byte, 11);
	KUNIT_EXPECT_EQ(test, user_peek(at + PAGE_SIZE + 5, &byte), 0);
	KUNIT_EXPECT_EQ(test, byte, 12);
	KUNIT_EXPECT_EQ(test, user_poke(at + PAGE_SIZE + 6, 13), 0);
	KUNIT_EXPECT_EQ(test, fe_load(&pane->bytes, PAGE_SIZE + 6, &byte), 0);
	KUNIT_EXPECT_EQ(test, byte, 13);
	KUNIT_EXPECT_EQ(test, user_unmap(at, PANE_SIZE), 0);
}

static void a_mapping_begins_at_its_offset(struct kunit *test)
{
	const struct pane *pane = test_state(pane_bind(test));
	unsigned long at = user_map(pane_open(test), PAGE_SIZE, MAP_SHARED, PAGE_SIZE);
	u8 byte = 0;

	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(at));
	KUNIT_EXPECT_EQ(test, fe_store(&pane->bytes, PAGE_SIZE, 14), 0);
	KUNIT_EXPECT_EQ(test, user_peek(at, &byte), 0);
	KUNIT_EXPECT_EQ(test, byte, 14);
	KUNIT_EXPECT_EQ(test, user_unmap(at, PAGE_SIZE), 0);
}

static const struct refusal {
	const char	*name;
	size_t		size;
	int		flags;
	loff_t		offset;
} refusals[] = {
	{ "private", PAGE_SIZE, MAP_PRIVATE, 0 },
	{ "larger than the array", PANE_SIZE + PAGE_SIZE, MAP_SHARED, 0 },
	{ "beyond its end", PAGE_SIZE, MAP_SHARED, PANE_SIZE },
	{ "over its end", PANE_SIZE, MAP_SHARED, PAGE_SIZE },
	{ "far beyond", PAGE_SIZE, MAP_SHARED, 1LL << 40 },
};

static void refusal_name(const struct refusal *r, char *desc)
{
	strscpy(desc, r->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(refusal, refusals, refusal_name);

static void a_mapping_is_refused(struct kunit *test)
{
	const struct refusal *r = test->param_value;

	pane_bind(test);
	KUNIT_EXPECT_EQ(test, (long)user_map(pane_open(test), r->size, r->flags, r->offset),
			-EINVAL);
}

static void unbind_takes_the_pages_away(struct kunit *test)
{
	struct device *dev = pane_bind(test);
	struct file *filp = pane_open(test);
	unsigned long at = user_map(filp, PANE_SIZE, MAP_SHARED, 0);
	u8 byte = 0;

	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(at));
	/* One that was there, and one that never was. */
	KUNIT_EXPECT_EQ(test, user_peek(at, &byte), 0);
	test_unbind(dev);
	KUNIT_EXPECT_EQ(test, user_peek(at, &byte), -EFAULT);
	KUNIT_EXPECT_EQ(test, user_peek(at + PAGE_SIZE, &byte), -EFAULT);
	KUNIT_EXPECT_EQ(test, (long)user_map(filp, PAGE_SIZE, MAP_SHARED, 0), -ENODEV);
	KUNIT_EXPECT_EQ(test, user_unmap(at, PANE_SIZE), 0);
}

static void a_mapping_keeps_its_file(struct kunit *test)
{
	struct device *dev = pane_bind(test);
	const struct pane *pane = test_state(dev);
	struct file *filp = pane_open(test);
	unsigned long at = user_map(filp, PANE_SIZE, MAP_SHARED, 0);
	u8 byte = 0;

	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(at));
	test_close(test, filp);
	KUNIT_EXPECT_EQ(test, fe_store(&pane->bytes, 0, 15), 0);
	KUNIT_EXPECT_EQ(test, user_peek(at, &byte), 0);
	KUNIT_EXPECT_EQ(test, byte, 15);
	test_unbind(dev);
	KUNIT_EXPECT_EQ(test, user_peek(at, &byte), -EFAULT);
	KUNIT_EXPECT_EQ(test, user_unmap(at, PANE_SIZE), 0);
}

static int mmap_suite_init(struct kunit_suite *suite)
{
	return user_memory_borrow();
}

static void mmap_suite_exit(struct kunit_suite *suite)
{
	user_memory_return();
}

static struct kunit_case mmap_test_cases[] = {
	KUNIT_CASE(both_sides_see_the_same_bytes),
	KUNIT_CASE(a_mapping_begins_at_its_offset),
	KUNIT_CASE_PARAM(a_mapping_is_refused, refusal_gen_params),
	KUNIT_CASE(unbind_takes_the_pages_away),
	KUNIT_CASE(a_mapping_keeps_its_file),
	{}
};

static struct kunit_suite mmap_test_suite = {
	.name		= "mmap",
	.suite_init	= mmap_suite_init,
	.suite_exit	= mmap_suite_exit,
	.test_cases	= mmap_test_cases,
};

kunit_test_suite(mmap_test_suite);

MODULE_DESCRIPTION("KUnit tests of Ferrule's mappings");
MODULE_LICENSE("GPL");

// SPDX-License-Identifier: GPL-2.0
/* Coherent arrays: elements of each size, by index, and nothing beyond. */
#include <kunit/test.h>

#include <ferrule/coherent.h>

#include "test_device.h"

struct triple {
	u32	a, b, c;
};

#define COUNT	5

FE_COHERENT(bytes, u8, COUNT);
FE_COHERENT(shorts, u16, COUNT);
FE_COHERENT(words, u32, COUNT);
FE_COHERENT(longs, u64, COUNT);
FE_COHERENT(triples, struct triple, COUNT);

struct shelf {
	struct bytes	bytes;
	struct shorts	shorts;
	struct words	words;
	struct longs	longs;
	struct triples	triples;
};

static int shelf_probe(struct fe_dev *dev, void *state)
{
	struct shelf *shelf = state;

	return fe_coherent_alloc(dev, &shelf->bytes) ?:
	       fe_coherent_alloc(dev, &shelf->shorts) ?:
	       fe_coherent_alloc(dev, &shelf->words) ?:
	       fe_coherent_alloc(dev, &shelf->longs) ?:
	       fe_coherent_alloc(dev, &shelf->triples);
}

static const struct fe_driver shelf_driver = {
	.name		= "shelf",
	.state_size	= sizeof(struct shelf),
	.probe		= shelf_probe,
};

static const struct shelf *shelf_bind(struct kunit *test)
{
	return test_state(test_device_of(test, &shelf_driver));
}

/* Stores i + 1 in element i, loads all again, and looks at the memory itself. */
#define EXPECT_ELEMENTS(test, array, type)				\
do {									\
	const type *memory = (array)->coherent.cpu;			\
	type value = 1;							\
	size_t i;							\
									\
	for (i = 0; i < COUNT; i++) {					\
		KUNIT_EXPECT_EQ(test, fe_load(array, i, &value), 0);	\
		KUNIT_EXPECT_EQ(test, value, 0);			\
		KUNIT_EXPECT_EQ(test, fe_store(array, i, (type)(i + 1)), 0); \
	}								\
	for (i = 0; i < COUNT; i++) {					\
		KUNIT_EXPECT_EQ(test, fe_load(array, i, &value), 0);	\
		KUNIT_EXPECT_EQ(test, value, (type)(i + 1));		\
		KUNIT_EXPECT_EQ(test, memory[i], (type)(i + 1));	\
	}								\
} while (0)

static void elements_of_each_size_are_stored_and_loaded(struct kunit *test)
{
	const struct shelf *shelf = shelf_bind(test);

	EXPECT_ELEMENTS(test, &shelf->bytes, u8);
	EXPECT_ELEMENTS(test, &shelf->shorts, u16);
	EXPECT_ELEMENTS(test, &shelf->words, u32);
	EXPECT_ELEMENTS(test, &shelf->longs, u64);
}

static void an_element_can_be_a_structure(struct kunit *test)
{
	const struct shelf *shelf = shelf_bind(test);
	struct triple value = { 1, 2, 3 };

	KUNIT_EXPECT_EQ(test, fe_store(&shelf->triples, COUNT - 1, value), 0);
	value = (struct triple){ };
	KUNIT_EXPECT_EQ(test, fe_load(&shelf->triples, COUNT - 1, &value), 0);
	KUNIT_EXPECT_EQ(test, value.a, 1);
	KUNIT_EXPECT_EQ(test, value.c, 3);
	KUNIT_EXPECT_EQ(test, fe_load(&shelf->triples, COUNT - 2, &value), 0);
	KUNIT_EXPECT_EQ(test, value.c, 0);
}

static const size_t beyond[] = {
	COUNT, COUNT + 1, 4096, (size_t)INT_MAX + 1, SIZE_MAX / 4 + 1, SIZE_MAX,
};

static void beyond_name(const size_t *i, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "index %#zx", *i);
}

KUNIT_ARRAY_PARAM(beyond, beyond, beyond_name);

static void an_index_beyond_is_refused(struct kunit *test)
{
	const struct shelf *shelf = shelf_bind(test);
	size_t i = *(const size_t *)test->param_value;
	struct triple triple = { 1, 2, 3 };
	u32 value = 42;

	KUNIT_EXPECT_EQ(test, fe_store(&shelf->words, i, 7u), -ERANGE);
	KUNIT_EXPECT_EQ(test, fe_load(&shelf->words, i, &value), -ERANGE);
	KUNIT_EXPECT_EQ(test, value, 42);
	KUNIT_EXPECT_EQ(test, fe_store(&shelf->triples, i, triple), -ERANGE);
	KUNIT_EXPECT_EQ(test, fe_load(&shelf->triples, i, &triple), -ERANGE);
	KUNIT_EXPECT_EQ(test, triple.b, 2);
	/* Nothing was written, behind the array or in it. */
	KUNIT_EXPECT_NULL(test, memchr_inv(shelf->words.coherent.cpu, 0, PAGE_SIZE));
	KUNIT_EXPECT_NULL(test, memchr_inv(shelf->triples.coherent.cpu, 0, PAGE_SIZE));
}

static void the_device_knows_each_array_by_an_address(struct kunit *test)
{
	const struct shelf *shelf = shelf_bind(test);

	KUNIT_EXPECT_NE(test, fe_coherent_addr(&shelf->words), 0);
	KUNIT_EXPECT_NE(test, fe_coherent_addr(&shelf->words), fe_coherent_addr(&shelf->longs));
	KUNIT_EXPECT_LE(test, fe_coherent_addr(&shelf->words), DMA_BIT_MASK(32));
}

static struct kunit_case coherent_test_cases[] = {
	KUNIT_CASE(elements_of_each_size_are_stored_and_loaded),
	KUNIT_CASE(an_element_can_be_a_structure),
	KUNIT_CASE_PARAM(an_index_beyond_is_refused, beyond_gen_params),
	KUNIT_CASE(the_device_knows_each_array_by_an_address),
	{}
};

static struct kunit_suite coherent_test_suite = {
	.name		= "coherent",
	.test_cases	= coherent_test_cases,
};

kunit_test_suite(coherent_test_suite);

MODULE_DESCRIPTION("KUnit tests of Ferrule's coherent memory");
MODULE_LICENSE("GPL");

// SPDX-License-Identifier: GPL-2.0
/*
 * Streaming DMA: who has the buffer after each way that giving and taking ends, and what
 * unbind does with one that the device has. The copies are an emulated edu's.
 */
#include <kunit/test.h>

#include <ferrule/dma.h>

#include "edu_device.h"
#include "fault.h"
#include "live.h"

#define SIZE		4096
#define DMA_BITS	28
/* QEMU's check of the range refuses to go up to its end. */
#define COPY		(SIZE / 2)

struct dock {
	struct edu_regs		regs;
	struct fe_dma		dma;
	struct fe_dma_buf	buf;
	struct fe_dma_map	map;
};

FE_DROP(dock, (fe_dma_map, map), (fe_dma_buf, buf));

static unsigned int dock_bits;

static int dock_probe(struct fe_pci_dev *pdev, struct dock *dock)
{
	int ret;

	ret = fe_pci_map_bar(pdev, 0, &dock->regs);
	if (ret)
		return ret;
	ret = fe_dma_init(&pdev->dev, &dock->dma, dock_bits);
	if (ret)
		return ret;
	fe_pci_set_master(pdev);
	return fe_dma_buf_alloc(&dock->dma, SIZE, &dock->buf);
}

FE_PCI_IDS(dock_ids, { FE_PCI_DEVICE(EDU_VENDOR, EDU_DEVICE) });
FE_PCI_DRIVER_ONLY(dock, dock_ids, .probe = dock_probe, .drop = dock_drop);

static struct dock *dock_bind(struct kunit *test, struct pci_dev *pci)
{
	KUNIT_ASSERT_EQ(test, edu_bind(pci, &dock__fe_driver), 0);
	return edu_state(pci);
}

static void a_width_that_no_address_has_is_refused(struct kunit *test)
{
	static const unsigned int widths[] = { 0, 65, UINT_MAX };
	struct pci_dev *pci = test_edu(test);
	int i;

	for (i = 0; i < ARRAY_SIZE(widths); i++) {
		dock_bits = widths[i];
		KUNIT_EXPECT_EQ(test, edu_bind(pci, &dock__fe_driver), -EINVAL);
	}
}

static void a_buffer_is_zeroed_and_within_reach(struct kunit *test)
{
	static const unsigned int widths[] = { 24, 28, 32, 64 };
	struct pci_dev *pci = test_edu(test);
	const struct dock *dock;
	int i;

	for (i = 0; i < ARRAY_SIZE(widths); i++) {
		dock_bits = widths[i];
		dock = dock_bind(test, pci);
		KUNIT_EXPECT_NULL(test, memchr_inv(dock->buf.memory->cpu, 0, SIZE));
		KUNIT_EXPECT_LE(test, virt_to_phys(dock->buf.memory->cpu) + SIZE - 1,
				DMA_BIT_MASK(widths[i]));
		edu_unbind(pci);
	}
}

static void a_size_that_makes_no_buffer_is_refused(struct kunit *test)
{
	struct dock *dock = dock_bind(test, test_edu(test));
	struct fe_dma_buf buf = { };

	KUNIT_EXPECT_EQ(test, fe_dma_buf_alloc(&dock->dma, 0, &buf), -EINVAL);
	KUNIT_EXPECT_EQ(test, fe_dma_buf_alloc(&dock->dma, KMALLOC_MAX_SIZE + 1, &buf), -EINVAL);
	KUNIT_EXPECT_EQ(test, fe_dma_buf_alloc(&dock->dma, SIZE_MAX, &buf), -EINVAL);
	KUNIT_EXPECT_NULL(test, buf.memory);
	fe_dma_buf_drop(&buf);
}

static void giving_moves_the_buffer_and_taking_moves_it_back(struct kunit *test)
{
	struct dock *dock = dock_bind(test, test_edu(test));
	void *cpu = dock->buf.memory->cpu;

	KUNIT_EXPECT_FALSE(test, fe_dma_given(&dock->map));
	KUNIT_ASSERT_EQ(test, fe_dma_give(&dock->buf, SIZE, FE_BOTH_WAYS, &dock->map), 0);
	KUNIT_EXPECT_TRUE(test, fe_dma_given(&dock->map));
	KUNIT_EXPECT_NULL(test, dock->buf.memory);
	KUNIT_EXPECT_LE(test, fe_dma_addr(&dock->map) + SIZE - 1, DMA_BIT_MASK(DMA_BITS));
	dock->buf = fe_dma_take(&dock->map);
	KUNIT_EXPECT_FALSE(test, fe_dma_given(&dock->map));
	KUNIT_EXPECT_PTR_EQ(test, dock->buf.memory->cpu, cpu);
	KUNIT_EXPECT_EQ(test, dock->buf.memory->size, SIZE);
}

static const size_t lengths[] = { 0, SIZE + 1, SIZE_MAX };

static void length_name(const size_t *len, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%#zx bytes", *len);
}

KUNIT_ARRAY_PARAM(length, lengths, length_name);

static void a_refused_length_leaves_the_buffer(struct kunit *test)
{
	struct dock *dock = dock_bind(test, test_edu(test));
	void *cpu = dock->buf.memory->cpu;

	KUNIT_EXPECT_EQ(test, fe_dma_give(&dock->buf, *(const size_t *)test->param_value,
					  FE_TO_DEVICE, &dock->map), -EINVAL);
	KUNIT_EXPECT_PTR_EQ(test, dock->buf.memory->cpu, cpu);
	KUNIT_EXPECT_FALSE(test, fe_dma_given(&dock->map));
}

static void an_empty_buffer_cannot_be_given(struct kunit *test)
{
	struct dock *dock = dock_bind(test, test_edu(test));
	struct fe_dma_buf empty = { };

	KUNIT_EXPECT_EQ(test, fe_dma_give(&empty, 1, FE_TO_DEVICE, &dock->map), -EINVAL);
	KUNIT_EXPECT_FALSE(test, fe_dma_given(&dock->map));
}

static void a_map_that_is_in_use_takes_no_other_buffer(struct kunit *test)
{
	struct dock *dock = dock_bind(test, test_edu(test));
	struct fe_dma_buf other = { };
	void *cpu;

	KUNIT_ASSERT_EQ(test, fe_dma_buf_alloc(&dock->dma, SIZE, &other), 0);
	cpu = other.memory->cpu;
	KUNIT_EXPECT_EQ(test, fe_dma_give(&dock->buf, SIZE, FE_TO_DEVICE, &dock->map), 0);
	KUNIT_EXPECT_EQ(test, fe_dma_give(&other, SIZE, FE_TO_DEVICE, &dock->map), -EBUSY);
	KUNIT_EXPECT_PTR_EQ(test, other.memory->cpu, cpu);
	fe_dma_buf_drop(&other);
	KUNIT_EXPECT_NULL(test, other.memory);
}

static void a_fault_in_giving_leaves_the_buffer(struct kunit *test)
{
	struct dock *dock = dock_bind(test, test_edu(test));
	void *cpu = dock->buf.memory->cpu;

	fault_set(test, "dma_give", 1);
	KUNIT_EXPECT_EQ(test, fe_dma_give(&dock->buf, SIZE, FE_TO_DEVICE, &dock->map), -EIO);
	KUNIT_EXPECT_PTR_EQ(test, dock->buf.memory->cpu, cpu);
	KUNIT_EXPECT_EQ(test, fe_dma_give(&dock->buf, SIZE, FE_TO_DEVICE, &dock->map), 0);
}

static void taking_from_an_empty_map_gives_nothing(struct kunit *test)
{
	struct dock *dock = dock_bind(test, test_edu(test));
	struct fe_dma_buf none = fe_dma_take(&dock->map);

	KUNIT_EXPECT_NULL(test, none.memory);
	fe_dma_buf_drop(&none);
}

static void unbind_frees_what_the_device_still_has(struct kunit *test)
{
	struct pci_dev *pci = test_edu(test);
	struct dock *dock = dock_bind(test, pci);

	KUNIT_EXPECT_EQ(test, live_count(test, "dma_buf"), 1);
	KUNIT_ASSERT_EQ(test, fe_dma_give(&dock->buf, SIZE, FE_FROM_DEVICE, &dock->map), 0);
	KUNIT_EXPECT_EQ(test, live_count(test, "dma_buf"), 1);
	edu_unbind(pci);
	KUNIT_EXPECT_EQ(test, live_count(test, "dma_buf"), 0);
}

/* As an open file's may be that is closed: the device may still write it. */
static void a_dropped_map_stays_with_the_device_until_unbind(struct kunit *test)
{
	struct pci_dev *pci = test_edu(test);
	struct dock *dock = dock_bind(test, pci);
	struct fe_dma_memory *memory = dock->buf.memory;

	KUNIT_ASSERT_EQ(test, fe_dma_give(&dock->buf, SIZE, FE_FROM_DEVICE, &dock->map), 0);
	fe_dma_map_drop(&dock->map);
	KUNIT_EXPECT_FALSE(test, fe_dma_given(&dock->map));
	KUNIT_ASSERT_EQ(test, live_count(test, "dma_buf"), 1);
	KUNIT_EXPECT_EQ(test, page_ref_count(memory->page), 1);
	edu_unbind(pci);
	KUNIT_EXPECT_EQ(test, live_count(test, "dma_buf"), 0);
}

static int dock_copy(const struct dock *dock, u64 source, u64 target, u64 command)
{
	fe_write(&dock->regs, EDU_DMA_SOURCE, source);
	fe_write(&dock->regs, EDU_DMA_TARGET, target);
	fe_write(&dock->regs, EDU_DMA_COUNT, (u64)COPY);
	fe_write(&dock->regs, EDU_DMA_COMMAND, EDU_DMA_RUN | command);
	return fe_poll(&dock->regs, EDU_DMA_COMMAND, EDU_DMA_RUN, 0, 5000000);
}

static void the_device_reads_and_writes_what_it_was_given(struct kunit *test)
{
	struct dock *dock = dock_bind(test, test_edu(test));

	memset(dock->buf.memory->cpu, 0xa5, SIZE);
	KUNIT_ASSERT_EQ(test, fe_dma_give(&dock->buf, SIZE, FE_TO_DEVICE, &dock->map), 0);
	KUNIT_EXPECT_EQ(test, dock_copy(dock, fe_dma_addr(&dock->map), EDU_DMA_MEMORY, 0), 0);
	dock->buf = fe_dma_take(&dock->map);
	memset(dock->buf.memory->cpu, 0, SIZE);
	KUNIT_ASSERT_EQ(test, fe_dma_give(&dock->buf, SIZE, FE_FROM_DEVICE, &dock->map), 0);
	KUNIT_EXPECT_EQ(test, dock_copy(dock, EDU_DMA_MEMORY, fe_dma_addr(&dock->map),
					EDU_DMA_FROM_DEVICE), 0);
	dock->buf = fe_dma_take(&dock->map);
	KUNIT_EXPECT_NULL(test, memchr_inv(dock->buf.memory->cpu, 0xa5, COPY));
	KUNIT_EXPECT_NULL(test, memchr_inv(dock->buf.memory->cpu + COPY, 0, SIZE - COPY));
}

static int dma_suite_init(struct kunit_suite *suite)
{
	return edu_driver_register(&dock__fe_driver);
}

static void dma_suite_exit(struct kunit_suite *suite)
{
	edu_driver_unregister(&dock__fe_driver);
}

static int dma_test_init(struct kunit *test)
{
	dock_bits = DMA_BITS;
	return 0;
}

static void dma_test_exit(struct kunit *test)
{
	fault_clear();
}

static struct kunit_case dma_test_cases[] = {
	KUNIT_CASE(a_width_that_no_address_has_is_refused),
	KUNIT_CASE(a_buffer_is_zeroed_and_within_reach),
	KUNIT_CASE(a_size_that_makes_no_buffer_is_refused),
	KUNIT_CASE(giving_moves_the_buffer_and_taking_moves_it_back),
	KUNIT_CASE_PARAM(a_refused_length_leaves_the_buffer, length_gen_params),
	KUNIT_CASE(an_empty_buffer_cannot_be_given),
	KUNIT_CASE(a_map_that_is_in_use_takes_no_other_buffer),
	KUNIT_CASE(a_fault_in_giving_leaves_the_buffer),
	KUNIT_CASE(taking_from_an_empty_map_gives_nothing),
	KUNIT_CASE(unbind_frees_what_the_device_still_has),
	KUNIT_CASE(a_dropped_map_stays_with_the_device_until_unbind),
	KUNIT_CASE(the_device_reads_and_writes_what_it_was_given),
	{}
};

static struct kunit_suite dma_test_suite = {
	.name		= "dma",
	.suite_init	= dma_suite_init,
	.suite_exit	= dma_suite_exit,
	.init		= dma_test_init,
	.exit		= dma_test_exit,
	.test_cases	= dma_test_cases,
};

kunit_test_suite(dma_test_suite);

MODULE_DESCRIPTION("KUnit tests of Ferrule's streaming DMA");
MODULE_LICENSE("GPL");

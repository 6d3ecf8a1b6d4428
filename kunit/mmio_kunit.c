// SPDX-License-Identifier: GPL-2.0
/* Registers: of each width, by index, waited for, and of a device that is gone. */
#include <kunit/test.h>
#include <linux/delay.h>
#include <linux/ktime.h>

#include <ferrule/lock.h>
#include <ferrule/mmio.h>
#include <ferrule/pci.h>

#include "edu_device.h"

FE_REG(edu_regs, EDU_BYTE, 0x00, u8, RO);		/* edu answers to words only */
FE_REG(edu_regs, EDU_SHORT, 0x00, u16, RO);
FE_REG_ARRAY(edu_regs, EDU_WORDS, 0x00, u32, RW, 2);	/* identification and liveness */
FE_REG_ARRAY(edu_regs, EDU_DMA_WORDS, 0x80, u64, RW, 3);

struct panel_test {
	u32	pattern;
};

FE_REG_GUARDED(edu_regs, EDU_TEST, 0x04, u32, RW, struct panel_test);	/* liveness again */
FE_MUTEX(panel_test_lock, struct panel_test);

struct panel {
	struct edu_regs		regs;
	struct panel_test_lock	test;
};

static int panel_probe(struct fe_pci_dev *pdev, struct panel *panel)
{
	fe_lock_init(&panel->test);
	return fe_pci_map_bar(pdev, 0, &panel->regs);
}

FE_PCI_IDS(panel_ids, { FE_PCI_DEVICE(EDU_VENDOR, EDU_DEVICE) });
FE_PCI_DRIVER_ONLY(panel, panel_ids, .probe = panel_probe);

static const struct edu_regs *panel_bind(struct kunit *test, struct pci_dev *pci)
{
	KUNIT_ASSERT_EQ(test, edu_bind(pci, &panel__fe_driver), 0);
	return &((const struct panel *)edu_state(pci))->regs;
}

static void a_register_is_read_and_written(struct kunit *test)
{
	const struct edu_regs *regs = panel_bind(test, test_edu(test));

	KUNIT_EXPECT_EQ(test, fe_read(regs, EDU_ID) & 0xff, 0xed);
	fe_write(regs, EDU_LIVENESS, 0x12345678);
	KUNIT_EXPECT_EQ(test, fe_read(regs, EDU_LIVENESS), ~0x12345678u);
	fe_write(regs, EDU_DMA_SOURCE, 0x123456789abcdef0);
	KUNIT_EXPECT_EQ(test, fe_read(regs, EDU_DMA_SOURCE), 0x123456789abcdef0);
}

static void a_register_of_a_lock_is_accessed_with_its_guard(struct kunit *test)
{
	struct pci_dev *pci = test_edu(test);
	const struct edu_regs *regs = panel_bind(test, pci);
	const struct panel *panel = edu_state(pci);
	struct panel_test *guard __fe_unlock(panel_test_lock) = fe_lock(&panel->test);

	guard->pattern = 0x87654321;
	fe_write_guarded(regs, EDU_TEST, guard, guard->pattern);
	KUNIT_EXPECT_EQ(test, fe_read_guarded(regs, EDU_TEST, guard), ~guard->pattern);
	KUNIT_EXPECT_EQ(test, fe_read(regs, EDU_LIVENESS), ~guard->pattern);
}

static void a_register_is_read_at_its_width(struct kunit *test)
{
	const struct edu_regs *regs = panel_bind(test, test_edu(test));

	/* The device has something else than zero there, but not for accesses this narrow. */
	KUNIT_EXPECT_EQ(test, fe_read(regs, EDU_BYTE), 0);
	KUNIT_EXPECT_EQ(test, fe_read(regs, EDU_SHORT), 0);
	KUNIT_EXPECT_NE(test, fe_read(regs, EDU_ID), 0);
}

static void registers_of_a_kind_are_chosen_by_index(struct kunit *test)
{
	const struct edu_regs *regs = panel_bind(test, test_edu(test));
	u64 value = 0;
	size_t i;

	for (i = 0; i < 3; i++)
		KUNIT_EXPECT_EQ(test, fe_write_at(regs, EDU_DMA_WORDS, i, 0x1000 + i), 0);
	for (i = 0; i < 3; i++) {
		KUNIT_EXPECT_EQ(test, fe_read_at(regs, EDU_DMA_WORDS, i, &value), 0);
		KUNIT_EXPECT_EQ(test, value, 0x1000 + i);
	}
	KUNIT_EXPECT_EQ(test, fe_read(regs, EDU_DMA_COUNT), 0x1002);
}

static const size_t beyond[] = { 2, 3, 1000, (size_t)INT_MAX + 1, SIZE_MAX / 4 + 1, SIZE_MAX };

static void beyond_name(const size_t *i, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "index %#zx", *i);
}

KUNIT_ARRAY_PARAM(beyond, beyond, beyond_name);

static void an_index_beyond_is_refused(struct kunit *test)
{
	const struct edu_regs *regs = panel_bind(test, test_edu(test));
	size_t i = *(const size_t *)test->param_value;
	u32 value = 42;

	fe_write(regs, EDU_LIVENESS, 1);
	KUNIT_EXPECT_EQ(test, fe_read_at(regs, EDU_WORDS, i, &value), -ERANGE);
	KUNIT_EXPECT_EQ(test, value, 42);
	KUNIT_EXPECT_EQ(test, fe_write_at(regs, EDU_WORDS, i, 5), -ERANGE);
	KUNIT_EXPECT_EQ(test, fe_read(regs, EDU_LIVENESS), ~1u);
}

static void all_ones_of_any_width_is_gone(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, fe_gone((u8)0xff));
	KUNIT_EXPECT_TRUE(test, fe_gone((u16)0xffff));
	KUNIT_EXPECT_TRUE(test, fe_gone((u32)0xffffffff));
	KUNIT_EXPECT_TRUE(test, fe_gone(U64_MAX));
	KUNIT_EXPECT_FALSE(test, fe_gone((u8)0xfe));
	KUNIT_EXPECT_FALSE(test, fe_gone((u16)0xff));
	KUNIT_EXPECT_FALSE(test, fe_gone((u32)0xffff));
	KUNIT_EXPECT_FALSE(test, fe_gone((u64)0xffffffff));
	KUNIT_EXPECT_FALSE(test, fe_gone(0));
}

static void a_poll_that_is_satisfied_ends(struct kunit *test)
{
	const struct edu_regs *regs = panel_bind(test, test_edu(test));

	fe_write(regs, EDU_LIVENESS, ~0x30u);
	KUNIT_EXPECT_EQ(test, fe_poll(regs, EDU_LIVENESS, 0xf0, 0x30, 0), 0);
	KUNIT_EXPECT_EQ(test, fe_poll(regs, EDU_DMA_COMMAND, EDU_DMA_RUN, 0, 1000), 0);
}

static void a_poll_that_is_not_times_out(struct kunit *test)
{
	const struct edu_regs *regs = panel_bind(test, test_edu(test));
	ktime_t begin = ktime_get();

	fe_write(regs, EDU_LIVENESS, ~0x20u);
	KUNIT_EXPECT_EQ(test, fe_poll(regs, EDU_LIVENESS, 0xf0, 0x30, 20000), -ETIMEDOUT);
	KUNIT_EXPECT_GE(test, ktime_us_delta(ktime_get(), begin), 20000);
}

static int poll_thread(void *regs)
{
	return fe_poll((const struct edu_regs *)regs, EDU_LIVENESS, 0xf0, 0x30,
		       TEST_THREAD_LIMIT_MS * 1000);
}

static void a_poll_sees_a_change(struct kunit *test)
{
	const struct edu_regs *regs = panel_bind(test, test_edu(test));
	struct test_thread *polling;

	fe_write(regs, EDU_LIVENESS, ~0x20u);
	polling = test_thread(test, poll_thread, (void *)regs);
	KUNIT_EXPECT_TRUE(test, test_thread_goes_on(polling));
	fe_write(regs, EDU_LIVENESS, ~0x30u);
	KUNIT_EXPECT_EQ(test, test_thread_result(polling), 0);
}

static void a_poll_of_a_device_that_is_gone_ends(struct kunit *test)
{
	const struct edu_regs *regs = panel_bind(test, test_edu(test));

	/* Even if all ones would be what was asked for. */
	KUNIT_EXPECT_EQ(test, fe_poll(regs, EDU_UNUSED, 1, 1, 1000), -ENODEV);
	KUNIT_EXPECT_EQ(test, fe_poll(regs, EDU_UNUSED, 1, 0, 1000), -ENODEV);
}

static int poll_in_the_gate(void *arg)
{
	struct fe_bound *bound = arg;
	int gate = fe_gate_enter(bound);
	int ret;

	if (gate < 0)
		return gate;
	ret = poll_thread(&((struct panel *)fe_bound_state(bound))->regs);
	fe_gate_exit(bound, gate);
	return ret;
}

static void a_poll_ends_when_the_device_is_unbound(struct kunit *test)
{
	struct pci_dev *pci = test_edu(test);
	const struct edu_regs *regs = panel_bind(test, pci);
	struct test_thread *polling, *unbinding;

	fe_write(regs, EDU_LIVENESS, ~0x20u);
	polling = test_thread(test, poll_in_the_gate, pci_get_drvdata(pci));
	KUNIT_EXPECT_TRUE(test, test_thread_goes_on(polling));
	unbinding = edu_unbind_thread(test, pci);
	KUNIT_EXPECT_EQ(test, test_thread_result(polling), -ENODEV);
	KUNIT_EXPECT_EQ(test, test_thread_result(unbinding), 0);
}

static int mmio_suite_init(struct kunit_suite *suite)
{
	return edu_driver_register(&panel__fe_driver);
}

static void mmio_suite_exit(struct kunit_suite *suite)
{
	edu_driver_unregister(&panel__fe_driver);
}

static struct kunit_case mmio_test_cases[] = {
	KUNIT_CASE(a_register_is_read_and_written),
	KUNIT_CASE(a_register_of_a_lock_is_accessed_with_its_guard),
	KUNIT_CASE(a_register_is_read_at_its_width),
	KUNIT_CASE(registers_of_a_kind_are_chosen_by_index),
	KUNIT_CASE_PARAM(an_index_beyond_is_refused, beyond_gen_params),
	KUNIT_CASE(all_ones_of_any_width_is_gone),
	KUNIT_CASE(a_poll_that_is_satisfied_ends),
	KUNIT_CASE(a_poll_that_is_not_times_out),
	KUNIT_CASE(a_poll_sees_a_change),
	KUNIT_CASE(a_poll_of_a_device_that_is_gone_ends),
	KUNIT_CASE(a_poll_ends_when_the_device_is_unbound),
	{}
};

static struct kunit_suite mmio_test_suite = {
	.name		= "mmio",
	.suite_init	= mmio_suite_init,
	.suite_exit	= mmio_suite_exit,
	.test_cases	= mmio_test_cases,
};

kunit_test_suite(mmio_test_suite);

MODULE_DESCRIPTION("KUnit tests of Ferrule's registers");
MODULE_LICENSE("GPL");

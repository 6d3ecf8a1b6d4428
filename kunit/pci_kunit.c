// SPDX-License-Identifier: GPL-2.0
/*
 * PCI: regions, vectors, configuration space, bus mastering, and what a probe that failed
 * leaves of them. On a real (emulated) device.
 */
#include <kunit/test.h>

#include <ferrule/irq.h>
#include <ferrule/pci.h>

#include "edu_device.h"
#include "fault.h"

FE_BAR(large_regs, SZ_2M);

struct rack {
	struct edu_regs		regs;
	struct edu_regs		again;
	struct large_regs	large;
	struct fe_pci_vectors	vectors;
	struct fe_irq		irq;
	struct pci_dev		*pci;	/* whose command register drop is to look at */
};

/* What probe of the next binding does. */
static int (*rack_plan)(struct fe_pci_dev *pdev, struct rack *rack);

static irqreturn_t rack_irq(const struct rack *rack)
{
	return IRQ_NONE;
}

FE_IRQ(rack, irq, rack_irq);

static int rack_probe(struct fe_pci_dev *pdev, struct rack *rack)
{
	return rack_plan(pdev, rack);
}

static u16 command_at_drop;

static void rack_drop(struct rack *rack __fe_drop)
{
	if (rack->pci)
		pci_read_config_word(rack->pci, PCI_COMMAND, &command_at_drop);
}

FE_PCI_IDS(rack_ids, { FE_PCI_DEVICE(EDU_VENDOR, EDU_DEVICE) });
FE_PCI_DRIVER_ONLY(rack, rack_ids, .probe = rack_probe, .drop = rack_drop);

/* Binds with this probe; tells what it came to. */
static int rack_try(struct pci_dev *pci, int (*probe)(struct fe_pci_dev *, struct rack *))
{
	rack_plan = probe;
	return edu_bind(pci, &rack__fe_driver);
}

static u16 command_of(struct pci_dev *pci)
{
	u16 command = 0;

	pci_read_config_word(pci, PCI_COMMAND, &command);
	return command;
}

/* Regions. */

static int maps_bar_0(struct fe_pci_dev *pdev, struct rack *rack)
{
	return fe_pci_map_bar(pdev, 0, &rack->regs);
}

static int bar_number;

static int maps_some_bar(struct fe_pci_dev *pdev, struct rack *rack)
{
	return fe_pci_map_bar(pdev, bar_number, &rack->regs);
}

static int maps_too_much(struct fe_pci_dev *pdev, struct rack *rack)
{
	return fe_pci_map_bar(pdev, 0, &rack->large);
}

static int maps_twice(struct fe_pci_dev *pdev, struct rack *rack)
{
	int ret = fe_pci_map_bar(pdev, 0, &rack->regs);

	return ret ?: fe_pci_map_bar(pdev, 0, &rack->again);
}

static int maps_one_handle_twice(struct fe_pci_dev *pdev, struct rack *rack)
{
	int ret = fe_pci_map_bar(pdev, 0, &rack->regs);

	return ret ?: fe_pci_map_bar(pdev, 1, &rack->regs);
}

static void a_region_is_mapped_until_unbind(struct kunit *test)
{
	struct pci_dev *pci = test_edu(test);
	const struct rack *rack;

	KUNIT_ASSERT_EQ(test, rack_try(pci, maps_bar_0), 0);
	rack = edu_state(pci);
	KUNIT_EXPECT_EQ(test, fe_read(&rack->regs, EDU_ID) & 0xff, 0xed);
	KUNIT_EXPECT_EQ(test, pci_request_region(pci, 0, "test"), -EBUSY);
	edu_unbind(pci);
	KUNIT_ASSERT_EQ(test, pci_request_region(pci, 0, "test"), 0);
	pci_release_region(pci, 0);
}

static void a_region_that_is_not_there_is_refused(struct kunit *test)
{
	static const int numbers[] = { -1, 1, 5, 6, INT_MAX, INT_MIN };
	struct pci_dev *pci = test_edu(test);
	int i;

	for (i = 0; i < ARRAY_SIZE(numbers); i++) {
		bar_number = numbers[i];
		KUNIT_EXPECT_EQ_MSG(test, rack_try(pci, maps_some_bar), -ENODEV, "BAR %d",
				    numbers[i]);
	}
}

static void a_region_that_is_too_small_is_refused(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, rack_try(test_edu(test), maps_too_much), -ENXIO);
}

static void a_region_that_somebody_has_is_refused(struct kunit *test)
{
	struct pci_dev *pci = test_edu(test);

	KUNIT_ASSERT_EQ(test, pci_request_region(pci, 0, "test"), 0);
	KUNIT_EXPECT_EQ(test, rack_try(pci, maps_bar_0), -EBUSY);
	pci_release_region(pci, 0);
	KUNIT_EXPECT_EQ(test, rack_try(pci, maps_bar_0), 0);
}

static void a_region_is_mapped_once(struct kunit *test)
{
	struct pci_dev *pci = test_edu(test);

	KUNIT_EXPECT_EQ(test, rack_try(pci, maps_twice), -EBUSY);
	KUNIT_EXPECT_EQ(test, rack_try(pci, maps_one_handle_twice), -EBUSY);
	KUNIT_EXPECT_EQ(test, rack_try(pci, maps_bar_0), 0);
}

/* Vectors. */

static struct vectors_case {
	const char	*name;
	unsigned int	min, max, kinds;
	int		ret;		/* or, above zero, how many */
} const vectors_cases[] = {
	{ "one of any kind", 1, 1, FE_IRQ_ANY, 1 },
	{ "message-signalled", 1, 1, FE_IRQ_MSI, 1 },
	{ "a line", 1, 1, FE_IRQ_LINE, 1 },
	{ "more than are there, as far as there are", 1, 8, FE_IRQ_MSI, 1 },
	{ "more than there are at least", 2, 8, FE_IRQ_ANY, -ENOSPC },
	{ "a kind that the device does not have", 1, 1, FE_IRQ_MSIX, -EINVAL },
	{ "none", 0, 1, FE_IRQ_ANY, -EINVAL },
	{ "none at all", 0, 0, FE_IRQ_ANY, -EINVAL },
	{ "at least more than at most", 2, 1, FE_IRQ_ANY, -EINVAL },
	{ "of no kind", 1, 1, 0, -EINVAL },
	{ "of an unknown kind", 1, 1, FE_IRQ_ANY | 0x80, -EINVAL },
};

static void vectors_case_name(const struct vectors_case *c, char *desc)
{
	strscpy(desc, c->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(vectors, vectors_cases, vectors_case_name);

static const struct vectors_case *vectors_plan;

static int allocates_vectors(struct fe_pci_dev *pdev, struct rack *rack)
{
	return fe_pci_alloc_vectors(pdev, &rack->vectors, vectors_plan->min, vectors_plan->max,
				    vectors_plan->kinds);
}

static void vectors_are_what_was_asked_for(struct kunit *test)
{
	struct pci_dev *pci = test_edu(test);
	const struct rack *rack;

	vectors_plan = test->param_value;
	KUNIT_ASSERT_EQ(test, rack_try(pci, allocates_vectors), min(vectors_plan->ret, 0));
	if (vectors_plan->ret > 0) {
		rack = edu_state(pci);
		KUNIT_EXPECT_EQ(test, fe_pci_vector_count(&rack->vectors), vectors_plan->ret);
		KUNIT_EXPECT_EQ(test, rack->vectors.line, vectors_plan->kinds == FE_IRQ_LINE);
		KUNIT_EXPECT_EQ(test, !pci->msi_enabled, vectors_plan->kinds == FE_IRQ_LINE);
		edu_unbind(pci);
	}
	KUNIT_EXPECT_FALSE(test, pci->msi_enabled);
}

/* Configuration space. */

static int configures(struct fe_pci_dev *pdev, struct rack *rack)
{
	u32 both = 0;
	u16 vendor = 0;
	u8 line = 0, saved = 0;
	int ret;

	ret = fe_pci_config_read32(pdev, PCI_VENDOR_ID, &both) ?:
	      fe_pci_config_read16(pdev, PCI_VENDOR_ID, &vendor) ?:
	      fe_pci_config_read8(pdev, PCI_INTERRUPT_LINE, &saved);
	if (ret)
		return ret;
	if (vendor != EDU_VENDOR || both != (EDU_DEVICE << 16 | EDU_VENDOR))
		return -EBADMSG;
	ret = fe_pci_config_write8(pdev, PCI_INTERRUPT_LINE, 0x5a) ?:
	      fe_pci_config_read8(pdev, PCI_INTERRUPT_LINE, &line) ?:
	      fe_pci_config_write8(pdev, PCI_INTERRUPT_LINE, saved);
	if (ret)
		return ret;
	return line == 0x5a ? 0 : -EIO;
}

static void configuration_space_is_read_and_written(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, rack_try(test_edu(test), configures), 0);
}

/* Counts what was not refused, or changed. */
static int configures_beyond(struct fe_pci_dev *pdev, struct rack *rack)
{
	static const int offsets[] = { -1, -4, 4096, 4097, INT_MAX, INT_MIN };
	u32 dword = 0x11111111;
	u16 word = 0x1111;
	u8 byte = 0x11;
	int wrong = 0;
	int i;

	for (i = 0; i < ARRAY_SIZE(offsets); i++) {
		wrong += fe_pci_config_read8(pdev, offsets[i], &byte) != -EINVAL;
		wrong += fe_pci_config_read16(pdev, offsets[i], &word) != -EINVAL;
		wrong += fe_pci_config_read32(pdev, offsets[i], &dword) != -EINVAL;
		wrong += fe_pci_config_write8(pdev, offsets[i], 0) != -EINVAL;
		wrong += fe_pci_config_write16(pdev, offsets[i], 0) != -EINVAL;
		wrong += fe_pci_config_write32(pdev, offsets[i], 0) != -EINVAL;
	}
	/* Not aligned to their widths. */
	wrong += fe_pci_config_read16(pdev, 1, &word) != -EINVAL;
	wrong += fe_pci_config_read32(pdev, 2, &dword) != -EINVAL;
	wrong += fe_pci_config_write16(pdev, 0x3d, 0) != -EINVAL;
	wrong += fe_pci_config_write32(pdev, 0x3e, 0) != -EINVAL;
	wrong += byte != 0x11 || word != 0x1111 || dword != 0x11111111;
	return wrong ? -EBADMSG : 0;
}

static void an_offset_beyond_configuration_space_is_refused(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, rack_try(test_edu(test), configures_beyond), 0);
}

/* What the bus does for the binding. */

static u16 command_in_probe;

static int becomes_master(struct fe_pci_dev *pdev, struct rack *rack)
{
	command_in_probe = command_of(fe_pci_raw(pdev));
	fe_pci_set_master(pdev);
	rack->pci = fe_pci_raw(pdev);
	return 0;
}

static int becomes_master_in_vain(struct fe_pci_dev *pdev, struct rack *rack)
{
	fe_pci_set_master(pdev);
	return -EIO;
}

static void the_device_is_master_only_while_bound(struct kunit *test)
{
	struct pci_dev *pci = test_edu(test);

	KUNIT_ASSERT_EQ(test, rack_try(pci, becomes_master), 0);
	KUNIT_EXPECT_TRUE(test, command_of(pci) & PCI_COMMAND_MASTER);
	command_at_drop = PCI_COMMAND_MASTER;
	edu_unbind(pci);
	/* Before what the device may still write is freed. */
	KUNIT_EXPECT_FALSE(test, command_at_drop & PCI_COMMAND_MASTER);
	KUNIT_EXPECT_FALSE(test, command_of(pci) & PCI_COMMAND_MASTER);
	KUNIT_EXPECT_EQ(test, rack_try(pci, becomes_master_in_vain), -EIO);
	KUNIT_EXPECT_FALSE(test, command_of(pci) & PCI_COMMAND_MASTER);
}

static void the_device_is_enabled_while_bound(struct kunit *test)
{
	struct pci_dev *pci = test_edu(test);
	int users = atomic_read(&pci->enable_cnt);

	KUNIT_EXPECT_EQ(test, rack_try(pci, becomes_master_in_vain), -EIO);
	KUNIT_EXPECT_EQ(test, atomic_read(&pci->enable_cnt), users);
	KUNIT_ASSERT_EQ(test, rack_try(pci, becomes_master), 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&pci->enable_cnt), users + 1);
	edu_unbind(pci);
	KUNIT_EXPECT_EQ(test, atomic_read(&pci->enable_cnt), users);
}

static void the_line_is_off_without_a_handler(struct kunit *test)
{
	struct pci_dev *pci = test_edu(test);

	KUNIT_ASSERT_EQ(test, rack_try(pci, becomes_master), 0);
	KUNIT_EXPECT_TRUE(test, command_in_probe & PCI_COMMAND_INTX_DISABLE);
	KUNIT_EXPECT_TRUE(test, command_of(pci) & PCI_COMMAND_INTX_DISABLE);
	edu_unbind(pci);
	KUNIT_EXPECT_TRUE(test, command_of(pci) & PCI_COMMAND_INTX_DISABLE);
}

/* Faults. */

static int acquires_all(struct fe_pci_dev *pdev, struct rack *rack)
{
	return fe_pci_map_bar(pdev, 0, &rack->regs) ?:
	       fe_pci_alloc_vectors(pdev, &rack->vectors, 1, 1, FE_IRQ_MSI) ?:
	       rack_irq_declare(&pdev->dev, rack, &rack->vectors, 0);
}

static const struct fault_point {
	const char	*name;
	unsigned int	nth;
} fault_points[] = {
	{ "pci_enable", 1 }, { "bound", 1 }, { "bar", 1 }, { "vectors", 1 }, { "irq", 1 },
	{ "irq", 2 },
};

static void fault_point_name(const struct fault_point *f, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%s%s", f->name, f->nth > 1 ? ", armed" : "");
}

KUNIT_ARRAY_PARAM(fault, fault_points, fault_point_name);

static void a_fault_in_an_acquire_leaves_nothing(struct kunit *test)
{
	const struct fault_point *f = test->param_value;
	struct pci_dev *pci = test_edu(test);
	int users = atomic_read(&pci->enable_cnt);

	fault_set(test, f->name, f->nth);
	KUNIT_EXPECT_EQ(test, rack_try(pci, acquires_all), -ENOMEM);
	KUNIT_EXPECT_TRUE(test, fault_was_hit());
	KUNIT_EXPECT_EQ(test, atomic_read(&pci->enable_cnt), users);
	KUNIT_EXPECT_FALSE(test, pci->msi_enabled);
	KUNIT_EXPECT_EQ(test, rack_try(pci, acquires_all), 0);
}

static int pci_suite_init(struct kunit_suite *suite)
{
	return edu_driver_register(&rack__fe_driver);
}

static void pci_suite_exit(struct kunit_suite *suite)
{
	edu_driver_unregister(&rack__fe_driver);
}

static void pci_test_exit(struct kunit *test)
{
	fault_clear();
}

static struct kunit_case pci_test_cases[] = {
	KUNIT_CASE(a_region_is_mapped_until_unbind),
	KUNIT_CASE(a_region_that_is_not_there_is_refused),
	KUNIT_CASE(a_region_that_is_too_small_is_refused),
	KUNIT_CASE(a_region_that_somebody_has_is_refused),
	KUNIT_CASE(a_region_is_mapped_once),
	KUNIT_CASE_PARAM(vectors_are_what_was_asked_for, vectors_gen_params),
	KUNIT_CASE(configuration_space_is_read_and_written),
	KUNIT_CASE(an_offset_beyond_configuration_space_is_refused),
	KUNIT_CASE(the_device_is_master_only_while_bound),
	KUNIT_CASE(the_device_is_enabled_while_bound),
	KUNIT_CASE(the_line_is_off_without_a_handler),
	KUNIT_CASE_PARAM(a_fault_in_an_acquire_leaves_nothing, fault_gen_params),
	{}
};

static struct kunit_suite pci_test_suite = {
	.name		= "pci",
	.suite_init	= pci_suite_init,
	.suite_exit	= pci_suite_exit,
	.exit		= pci_test_exit,
	.test_cases	= pci_test_cases,
};

kunit_test_suite(pci_test_suite);

MODULE_DESCRIPTION("KUnit tests of Ferrule's PCI devices");
MODULE_LICENSE("GPL");

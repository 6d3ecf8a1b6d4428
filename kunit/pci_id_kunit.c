// SPDX-License-Identifier: GPL-2.0
/* PCI id tables: probe gets the data of the device's entry, or does not run. */
#include <kunit/test.h>

#include <ferrule/pci.h>

#include "edu_device.h"

#define OTHER_DEVICE	0x11e9

struct model {
	unsigned int	doors;
};

static const struct model sedan = { .doors = 4 };

/* Which entry probe saw; each of the drivers has this state. */
struct sedan_lot { const struct model *model; };
struct empty_lot { const struct model *model; };
struct other_lot { const struct model *model; };
struct plain_lot { const struct model *model; };

FE_PCI_IDS_WITH(sedan_ids, struct model,
		{ FE_PCI_DEVICE(EDU_VENDOR, EDU_DEVICE), .data = &sedan });
FE_PCI_IDS_WITH(empty_ids, struct model, { FE_PCI_DEVICE(EDU_VENDOR, EDU_DEVICE) });
FE_PCI_IDS_WITH(other_ids, struct model,
		{ FE_PCI_DEVICE(EDU_VENDOR, OTHER_DEVICE), .data = &sedan },
		/* The kernel takes only dynamic ids whose data, none, is that of some entry. */
		{ FE_PCI_DEVICE(EDU_VENDOR, OTHER_DEVICE + 1) });
FE_PCI_IDS(plain_ids, { FE_PCI_DEVICE(EDU_VENDOR, OTHER_DEVICE) });

static int sedan_probe(struct fe_pci_dev *pdev, struct sedan_lot *lot)
{
	lot->model = sedan_ids_data(pdev);
	return 0;
}

static bool probed;

static int empty_probe(struct fe_pci_dev *pdev, struct empty_lot *lot)
{
	probed = true;
	return 0;
}

static int other_probe(struct fe_pci_dev *pdev, struct other_lot *lot)
{
	probed = true;
	return 0;
}

static int plain_probe(struct fe_pci_dev *pdev, struct plain_lot *lot)
{
	probed = true;
	return 0;
}

FE_PCI_DRIVER_ONLY(sedan_lot, sedan_ids, .probe = sedan_probe);
FE_PCI_DRIVER_ONLY(empty_lot, empty_ids, .probe = empty_probe);
FE_PCI_DRIVER_ONLY(other_lot, other_ids, .probe = other_probe);
FE_PCI_DRIVER_ONLY(plain_lot, plain_ids, .probe = plain_probe);

static struct fe_pci_driver * const lots[] = {
	&sedan_lot__fe_driver, &empty_lot__fe_driver, &other_lot__fe_driver,
	&plain_lot__fe_driver,
};

/* As in sysfs: from now on the device is for the driver of that name, or "" for any. */
static int override(struct pci_dev *pci, const char *name)
{
	char path[80], line[32];

	snprintf(path, sizeof(path), "/sys/bus/pci/devices/%s/driver_override", pci_name(pci));
	snprintf(line, sizeof(line), "%s\n", name);
	return test_file_write(path, line);
}

static void probe_gets_the_data_of_its_entry(struct kunit *test)
{
	struct pci_dev *pci = test_edu(test);
	const struct sedan_lot *lot;

	KUNIT_ASSERT_EQ(test, edu_bind(pci, &sedan_lot__fe_driver), 0);
	lot = edu_state(pci);
	KUNIT_EXPECT_PTR_EQ(test, lot->model, &sedan);
}

static void an_entry_without_data_is_refused(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, edu_bind(test_edu(test), &empty_lot__fe_driver), -EINVAL);
	KUNIT_EXPECT_FALSE(test, probed);
}

static void an_override_brings_no_data(struct kunit *test)
{
	struct pci_dev *pci = test_edu(test);

	KUNIT_ASSERT_EQ(test, override(pci, "other_lot"), 0);
	KUNIT_EXPECT_EQ(test, edu_bind(pci, &other_lot__fe_driver), -ENODEV);
	KUNIT_EXPECT_FALSE(test, probed);
	KUNIT_EXPECT_EQ(test, override(pci, ""), 0);
}

static void an_override_is_enough_where_entries_have_no_data(struct kunit *test)
{
	struct pci_dev *pci = test_edu(test);

	KUNIT_EXPECT_EQ(test, edu_bind(pci, &plain_lot__fe_driver), -ENODEV);
	KUNIT_EXPECT_FALSE(test, probed);
	KUNIT_ASSERT_EQ(test, override(pci, "plain_lot"), 0);
	KUNIT_EXPECT_EQ(test, edu_bind(pci, &plain_lot__fe_driver), 0);
	KUNIT_EXPECT_TRUE(test, probed);
	KUNIT_EXPECT_EQ(test, override(pci, ""), 0);
}

static void a_dynamic_id_brings_no_data(struct kunit *test)
{
	static const char new_id[] = "/sys/bus/pci/drivers/other_lot/new_id";
	static const char remove_id[] = "/sys/bus/pci/drivers/other_lot/remove_id";
	struct pci_dev *pci = test_edu(test);

	/* The kernel tries each device that has no driver. */
	KUNIT_ASSERT_EQ(test, test_file_write(new_id, "1234 11e8\n"), 0);
	KUNIT_EXPECT_NULL(test, pci->dev.driver);
	KUNIT_EXPECT_EQ(test, edu_bind(pci, &other_lot__fe_driver), -ENODEV);
	KUNIT_EXPECT_FALSE(test, probed);
	KUNIT_EXPECT_EQ(test, test_file_write(remove_id, "1234 11e8\n"), 0);
}

static int pci_id_test_init(struct kunit *test)
{
	probed = false;
	return 0;
}

static void pci_id_suite_exit(struct kunit_suite *suite)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(lots); i++)
		edu_driver_unregister(lots[i]);
}

static int pci_id_suite_init(struct kunit_suite *suite)
{
	int i, ret = 0;

	for (i = 0; !ret && i < ARRAY_SIZE(lots); i++)
		ret = edu_driver_register(lots[i]);
	while (ret && --i > 0)
		edu_driver_unregister(lots[i - 1]);
	return ret;
}

static struct kunit_case pci_id_test_cases[] = {
	KUNIT_CASE(probe_gets_the_data_of_its_entry),
	KUNIT_CASE(an_entry_without_data_is_refused),
	KUNIT_CASE(an_override_brings_no_data),
	KUNIT_CASE(an_override_is_enough_where_entries_have_no_data),
	KUNIT_CASE(a_dynamic_id_brings_no_data),
	{}
};

static struct kunit_suite pci_id_test_suite = {
	.name		= "pci_id",
	.init		= pci_id_test_init,
	.suite_init	= pci_id_suite_init,
	.suite_exit	= pci_id_suite_exit,
	.test_cases	= pci_id_test_cases,
};

kunit_test_suite(pci_id_test_suite);

MODULE_DESCRIPTION("KUnit tests of Ferrule's PCI id tables");
MODULE_LICENSE("GPL");

// SPDX-License-Identifier: GPL-2.0
/* Attributes, through the files that a user sees, between probe and unbind only: lamp.h, and … */
#include <ferrule/attrs.h>

#define LAMP_FILES	fe_attrs
#define LAMP_RES	"attributes"
#define LAMP_PATH	"/sys/devices/platform/%s"
#include "lamp.h"

FE_ATTRS(lamp, files,
	 FE_ATTR(level, lamp_show_level, lamp_set_level),
	 FE_ATTR_RO(lit, lamp_show_lit));

static void what_is_only_read_cannot_be_written(struct kunit *test)
{
	const char *lit = lamp_path(test, lamp_bind(test), "lit");

	KUNIT_EXPECT_EQ(test, test_file_write(lit, "1"), -EACCES);
	atomic_set(&lamp_level, 1);
	test_file_expect(test, lit, "yes\n");
}

/* On the way back, too, only what is the driver's goes. */
static void a_file_that_the_device_has_stays(struct kunit *test)
{
	static int old = 7;
	static DEVICE_INT_ATTR(lit, 0444, old);
	struct device *dev = test_device(test);
	const char *lit = lamp_path(test, dev, "lit");

	KUNIT_ASSERT_EQ(test, device_create_file(dev, &dev_attr_lit.attr), 0);
	KUNIT_EXPECT_EQ(test, test_bind(dev, &lamp__fe_driver.fe), -EEXIST);
	KUNIT_EXPECT_EQ(test, test_file_write(lamp_path(test, dev, "level"), "1"), -ENOENT);
	test_file_expect(test, lit, "7\n");
	device_remove_file(dev, &dev_attr_lit.attr);
	KUNIT_EXPECT_EQ(test, test_bind(dev, &lamp__fe_driver.fe), 0);
}

static struct kunit_case attrs_test_cases[] = {
	LAMP_CASES,
	KUNIT_CASE(what_is_only_read_cannot_be_written),
	KUNIT_CASE(a_file_that_the_device_has_stays),
	{}
};

static struct kunit_suite attrs_test_suite = {
	.name		= "attrs",
	.init		= lamp_test_init,
	.exit		= lamp_test_exit,
	.test_cases	= attrs_test_cases,
};

kunit_test_suite(attrs_test_suite);

MODULE_DESCRIPTION("KUnit tests of Ferrule's attributes");
MODULE_LICENSE("GPL");

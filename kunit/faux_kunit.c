// SPDX-License-Identifier: GPL-2.0
/* Faux devices: made at load and one by one, bound, unbound by a user, and gone. */
#include <kunit/test.h>

#include <ferrule/faux.h>

#include "fault.h"
#include "test_file.h"
#include "trace.h"

#define DRIVER	"/sys/bus/ferrule/drivers/booth/"
#define DEVICES	"/sys/devices/ferrule/"

static DEFINE_TRACE(events);

struct booth_config {
	u32	seats;
	bool	lit;
};

FE_CONFIG(booth_config,
	  FE_NUMBER(seats, 4, 1, 12, "seats of a booth"),
	  FE_FLAG(lit, true, "light"));

struct booth {
	struct booth_config	config;
	unsigned int		index;
};

static int booth_fails_with;		/* the probe of the device with this index: */
static unsigned int booth_fails_at;
static u32 booth_initial;

static int booth_probe(struct fe_faux_dev *fdev, const struct booth_config *config,
		       struct booth *booth)
{
	booth->config = *config;
	booth->index = fe_faux_index(fdev);
	trace(&events, "%s:%u:%u", fe_dev_name(&fdev->dev), booth->config.seats,
	      booth->config.lit);
	return booth->index == booth_fails_at ? booth_fails_with : 0;
}

static void booth_quiesce(struct booth *booth)
{
	trace(&events, "quiesce:%u", booth->index);
}

static void booth_drop(struct booth *booth __fe_drop)
{
	trace(&events, "drop:%u", booth->index);
}

static u32 booth_devices(void)
{
	return booth_initial;
}

FE_FAUX_DRIVER_ONLY(booth, booth_config, .probe = booth_probe, .devices = booth_devices,
		    .quiesce = booth_quiesce, .drop = booth_drop);

/* Without an owner: suites run before their module is in sysfs, where it would be linked to. */
static int booth_register(u32 initial)
{
	booth_initial = initial;
	return fe_faux_register(&booth__fe_driver, NULL);
}

static int booth_init(struct kunit_resource *res, void *config)
{
	res->data = fe_faux_create(&booth__fe_driver, config);
	return PTR_ERR_OR_ZERO(res->data);
}

static void booth_free(struct kunit_resource *res)
{
	fe_faux_end(res->data);
}

/* Ends with the test, or by booth_end(). */
static struct fe_faux *booth_create(struct kunit *test, u32 seats)
{
	struct booth_config config = { .seats = seats };
	struct fe_faux *faux;

	faux = kunit_alloc_resource(test, booth_init, booth_free, GFP_KERNEL, &config);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, faux);
	return faux;
}

static bool booth_match(struct kunit *test, struct kunit_resource *res, void *faux)
{
	return res->free == booth_free && res->data == faux;
}

static void booth_end(struct kunit *test, struct fe_faux *faux)
{
	KUNIT_ASSERT_EQ(test, kunit_destroy_resource(test, booth_match, faux), 0);
}

static bool booth_is_there(const char *name)
{
	char path[64], text[64];

	snprintf(path, sizeof(path), DEVICES "%s/uevent", name);
	return test_file_read(path, text, sizeof(text)) >= 0;
}

static void devices_are_made_at_load_and_end_with_the_driver(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, booth_register(2), 0);
	KUNIT_EXPECT_TRUE(test, booth_is_there("booth.0"));
	KUNIT_EXPECT_TRUE(test, booth_is_there("booth.1"));
	fe_faux_unregister(&booth__fe_driver);
	KUNIT_EXPECT_FALSE(test, booth_is_there("booth.0"));
	KUNIT_EXPECT_FALSE(test, booth_is_there("booth.1"));
	/* They begin with what the parameters say, and end newest first. */
	KUNIT_EXPECT_STREQ(test, events.text,
			   "booth.0:4:1 booth.1:4:1 quiesce:1 drop:1 quiesce:0 drop:0");
}

static void a_driver_whose_device_fails_is_not_registered(struct kunit *test)
{
	booth_fails_at = 1;
	booth_fails_with = -ENXIO;
	KUNIT_EXPECT_EQ(test, booth_register(3), -ENXIO);
	KUNIT_EXPECT_FALSE(test, booth_is_there("booth.0"));
	KUNIT_EXPECT_STREQ(test, events.text,
			   "booth.0:4:1 booth.1:4:1 drop:1 quiesce:0 drop:0");
	/* Nothing is left of it: it works the next time. */
	booth_fails_with = 0;
	KUNIT_EXPECT_EQ(test, booth_register(3), 0);
	fe_faux_unregister(&booth__fe_driver);
}

static void whoever_makes_a_device_hears_why_it_failed(struct kunit *test)
{
	struct booth_config config = { .seats = 2 };

	booth_fails_with = -EDOM;
	KUNIT_EXPECT_EQ(test, PTR_ERR(fe_faux_create(&booth__fe_driver, &config)), -EDOM);
	KUNIT_EXPECT_FALSE(test, booth_is_there("booth.0"));
	booth_fails_with = -EPROBE_DEFER;
	KUNIT_EXPECT_EQ(test, PTR_ERR(fe_faux_create(&booth__fe_driver, &config)), -EAGAIN);
	KUNIT_EXPECT_FALSE(test, booth_is_there("booth.0"));
	fault_set(test, "faux", 1);
	KUNIT_EXPECT_EQ(test, PTR_ERR(fe_faux_create(&booth__fe_driver, &config)), -ENOMEM);
	fault_set(test, "bound", 1);
	KUNIT_EXPECT_EQ(test, PTR_ERR(fe_faux_create(&booth__fe_driver, &config)), -ENOMEM);
	KUNIT_EXPECT_TRUE(test, fault_was_hit());
	KUNIT_EXPECT_STREQ(test, events.text, "booth.0:2:0 drop:0 booth.0:2:0 drop:0");
}

static void a_device_has_the_first_free_index(struct kunit *test)
{
	struct fe_faux *zero = booth_create(test, 1);

	KUNIT_EXPECT_EQ(test, zero->index, 0);
	KUNIT_EXPECT_EQ(test, booth_create(test, 1)->index, 1);
	KUNIT_EXPECT_EQ(test, booth_create(test, 1)->index, 2);
	booth_end(test, zero);
	KUNIT_EXPECT_FALSE(test, booth_is_there("booth.0"));
	KUNIT_EXPECT_EQ(test, booth_create(test, 1)->index, 0);
	KUNIT_EXPECT_EQ(test, booth_create(test, 1)->index, 3);
}

static void each_device_keeps_a_configuration_of_its_own(struct kunit *test)
{
	booth_create(test, 7);
	booth_create(test, 9);
	trace_clear(&events);
	/* What they were made from is gone; a device that is bound again has what it had. */
	KUNIT_EXPECT_EQ(test, test_file_write(DRIVER "unbind", "booth.0"), 0);
	KUNIT_EXPECT_EQ(test, test_file_write(DRIVER "unbind", "booth.1"), 0);
	KUNIT_EXPECT_EQ(test, test_file_write(DRIVER "bind", "booth.0"), 0);
	KUNIT_EXPECT_EQ(test, test_file_write(DRIVER "bind", "booth.1"), 0);
	KUNIT_EXPECT_STREQ(test, events.text,
			   "quiesce:0 drop:0 quiesce:1 drop:1 booth.0:7:0 booth.1:9:0");
}

static void a_device_that_a_user_unbound_can_go(struct kunit *test)
{
	struct fe_faux *faux = booth_create(test, 3);

	KUNIT_EXPECT_EQ(test, test_file_write(DRIVER "unbind", "booth.0"), 0);
	KUNIT_EXPECT_TRUE(test, booth_is_there("booth.0"));
	KUNIT_EXPECT_EQ(test, test_file_write(DRIVER "unbind", "booth.0"), -ENODEV);
	booth_end(test, faux);
	KUNIT_EXPECT_FALSE(test, booth_is_there("booth.0"));
	KUNIT_EXPECT_STREQ(test, events.text, "booth.0:3:0 quiesce:0 drop:0");
}

static void a_device_does_not_bind_to_another_driver(struct kunit *test)
{
	static struct fe_faux_driver other;

	other = booth__fe_driver;
	other.fe.name = "booth-other";
	KUNIT_ASSERT_EQ(test, fe_faux_register(&other, NULL), 0);
	booth_create(test, 3);
	KUNIT_EXPECT_EQ(test, test_file_write(DRIVER "unbind", "booth.0"), 0);
	KUNIT_EXPECT_EQ(test, test_file_write("/sys/bus/ferrule/drivers/booth-other/bind",
					      "booth.0"), -ENODEV);
	KUNIT_EXPECT_EQ(test, test_file_write(DRIVER "bind", "booth.0"), 0);
	fe_faux_unregister(&other);
}

/* Whoever still has a reference looks at nothing of the driver. */
static void memory_outlives_the_device_and_its_driver(struct kunit *test)
{
	struct booth_config config = { .seats = 5 };
	struct fe_faux *faux;

	faux = fe_faux_create(&booth__fe_driver, &config);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, faux);
	get_device(&faux->dev);
	fe_faux_end(faux);
	fe_faux_unregister(&booth__fe_driver);
	memset(&booth__fe_driver.core, 0xff, sizeof(booth__fe_driver.core));
	KUNIT_EXPECT_STREQ(test, dev_name(&faux->dev), "booth.0");
	put_device(&faux->dev);
	memset(&booth__fe_driver.core, 0, sizeof(booth__fe_driver.core));
	KUNIT_ASSERT_EQ(test, booth_register(0), 0);
}

static void clear(void)
{
	booth_fails_with = 0;
	booth_fails_at = 0;
	trace_clear(&events);
}

static int load_test_init(struct kunit *test)
{
	clear();
	return 0;
}

static int faux_test_init(struct kunit *test)
{
	clear();
	return booth_register(0);
}

/* KUnit frees the devices of the test only after this. */
static void faux_test_exit(struct kunit *test)
{
	fault_clear();
	kunit_cleanup(test);
	fe_faux_unregister(&booth__fe_driver);
}

static struct kunit_case load_test_cases[] = {
	KUNIT_CASE(devices_are_made_at_load_and_end_with_the_driver),
	KUNIT_CASE(a_driver_whose_device_fails_is_not_registered),
	{}
};

static struct kunit_case faux_test_cases[] = {
	KUNIT_CASE(whoever_makes_a_device_hears_why_it_failed),
	KUNIT_CASE(a_device_has_the_first_free_index),
	KUNIT_CASE(each_device_keeps_a_configuration_of_its_own),
	KUNIT_CASE(a_device_that_a_user_unbound_can_go),
	KUNIT_CASE(a_device_does_not_bind_to_another_driver),
	KUNIT_CASE(memory_outlives_the_device_and_its_driver),
	{}
};

static struct kunit_suite load_test_suite = {
	.name		= "faux-load",
	.init		= load_test_init,
	.test_cases	= load_test_cases,
};

static struct kunit_suite faux_test_suite = {
	.name		= "faux",
	.init		= faux_test_init,
	.exit		= faux_test_exit,
	.test_cases	= faux_test_cases,
};

kunit_test_suites(&load_test_suite, &faux_test_suite);

MODULE_DESCRIPTION("KUnit tests of Ferrule's faux devices");
MODULE_LICENSE("GPL");

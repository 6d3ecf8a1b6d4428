// SPDX-License-Identifier: GPL-2.0
/* Platform drivers: from registration to the devices of their name, and back. */
#include <kunit/test.h>

#include <ferrule/platform.h>

#include "trace.h"

static DEFINE_TRACE(events);

struct kiosk {
	int	id;
};

static int kiosk_probe_ret;
static char kiosk_dev_name[16];

static int kiosk_probe(struct fe_dev *dev, struct kiosk *kiosk)
{
	kiosk->id = to_platform_device(fe_dev_raw(dev))->id;
	strscpy(kiosk_dev_name, fe_dev_name(dev), sizeof(kiosk_dev_name));
	trace(&events, "probe:%d", kiosk->id);
	return kiosk_probe_ret;
}

static int kiosk_start(const struct kiosk *kiosk)
{
	trace(&events, "start:%d", kiosk->id);
	return 0;
}

static void kiosk_quiesce(struct kiosk *kiosk)
{
	trace(&events, "quiesce:%d", kiosk->id);
}

static void kiosk_drop(struct kiosk *kiosk __fe_drop)
{
	trace(&events, "drop:%d", kiosk->id);
}

FE_PLATFORM_DRIVER_ONLY(kiosk, .probe = kiosk_probe, .start = kiosk_start,
			.quiesce = kiosk_quiesce, .drop = kiosk_drop);

/* Without an owner: suites run before their module is in sysfs, where it would be linked to. */
static int kiosk_register(void)
{
	return fe_platform_register(&kiosk__fe_driver, NULL);
}

static int kiosk_init(struct kunit_resource *res, void *id)
{
	res->data = platform_device_register_simple("kiosk", *(int *)id, NULL, 0);
	return PTR_ERR_OR_ZERO(res->data);
}

static void kiosk_free(struct kunit_resource *res)
{
	platform_device_unregister(res->data);
}

static struct platform_device *kiosk_device(struct kunit *test, int id)
{
	struct platform_device *pdev;

	pdev = kunit_alloc_resource(test, kiosk_init, kiosk_free, GFP_KERNEL, &id);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, pdev);
	return pdev;
}

static bool kiosk_is_bound(struct platform_device *pdev)
{
	return pdev->dev.driver == &kiosk__fe_driver.platform.driver;
}

static void a_driver_binds_the_devices_of_its_name(struct kunit *test)
{
	struct platform_device *one = kiosk_device(test, 1), *two;

	/* One that was there before, and one that comes later. */
	KUNIT_ASSERT_EQ(test, kiosk_register(), 0);
	two = kiosk_device(test, 2);
	KUNIT_EXPECT_TRUE(test, kiosk_is_bound(one));
	KUNIT_EXPECT_TRUE(test, kiosk_is_bound(two));
	/* Unregistering ends both, each with its own state. */
	fe_platform_unregister(&kiosk__fe_driver);
	KUNIT_EXPECT_FALSE(test, kiosk_is_bound(one));
	KUNIT_EXPECT_FALSE(test, kiosk_is_bound(two));
	KUNIT_EXPECT_STREQ(test, events.text,
			   "probe:1 start:1 probe:2 start:2 quiesce:2 drop:2 quiesce:1 drop:1");
}

static void a_device_that_goes_ends_its_binding(struct kunit *test)
{
	struct platform_device *pdev;

	KUNIT_ASSERT_EQ(test, kiosk_register(), 0);
	pdev = platform_device_register_simple("kiosk", 3, NULL, 0);
	platform_device_unregister(pdev);
	KUNIT_EXPECT_STREQ(test, kiosk_dev_name, "kiosk.3");
	KUNIT_EXPECT_STREQ(test, events.text, "probe:3 start:3 quiesce:3 drop:3");
	fe_platform_unregister(&kiosk__fe_driver);
}

static void a_device_is_bound_again_after_it_was_unbound(struct kunit *test)
{
	struct platform_device *pdev = kiosk_device(test, 4);

	KUNIT_ASSERT_EQ(test, kiosk_register(), 0);
	device_release_driver(&pdev->dev);
	KUNIT_EXPECT_FALSE(test, kiosk_is_bound(pdev));
	KUNIT_EXPECT_EQ(test, device_attach(&pdev->dev), 1);
	fe_platform_unregister(&kiosk__fe_driver);
	KUNIT_EXPECT_STREQ(test, events.text,
			   "probe:4 start:4 quiesce:4 drop:4 probe:4 start:4 quiesce:4 drop:4");
}

static void a_probe_that_fails_leaves_the_device_alone(struct kunit *test)
{
	struct platform_device *pdev = kiosk_device(test, 5);

	kiosk_probe_ret = -ENXIO;
	KUNIT_ASSERT_EQ(test, kiosk_register(), 0);
	KUNIT_EXPECT_FALSE(test, kiosk_is_bound(pdev));
	KUNIT_EXPECT_NULL(test, platform_get_drvdata(pdev));
	KUNIT_EXPECT_STREQ(test, events.text, "probe:5 drop:5");
	kiosk_probe_ret = 0;
	KUNIT_EXPECT_EQ(test, device_driver_attach(&kiosk__fe_driver.platform.driver, &pdev->dev),
			0);
	fe_platform_unregister(&kiosk__fe_driver);
}

static int platform_test_init(struct kunit *test)
{
	kiosk_probe_ret = 0;
	trace_clear(&events);
	return 0;
}

static struct kunit_case platform_test_cases[] = {
	KUNIT_CASE(a_driver_binds_the_devices_of_its_name),
	KUNIT_CASE(a_device_that_goes_ends_its_binding),
	KUNIT_CASE(a_device_is_bound_again_after_it_was_unbound),
	KUNIT_CASE(a_probe_that_fails_leaves_the_device_alone),
	{}
};

static struct kunit_suite platform_test_suite = {
	.name		= "platform",
	.init		= platform_test_init,
	.test_cases	= platform_test_cases,
};

kunit_test_suite(platform_test_suite);

MODULE_DESCRIPTION("KUnit tests of Ferrule's platform drivers");
MODULE_LICENSE("GPL");

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A device for a test, which binds and unbinds it by itself: it has a name that no driver
 * claims, and the test hears what probing it came to.
 */
#ifndef _KUNIT_TEST_DEVICE_H
#define _KUNIT_TEST_DEVICE_H

#include <kunit/test.h>
#include <linux/platform_device.h>

#include <ferrule/bound.h>

#include "test_thread.h"

/* As the driver core does it, with the device locked. Returns what probe came to. */
static inline int test_bind(struct device *dev, const struct fe_driver *drv)
{
	int ret;

	device_lock(dev);
	ret = fe_bound_start(dev, drv);
	device_unlock(dev);
	return ret;
}

static inline void test_unbind(struct device *dev)
{
	device_lock(dev);
	fe_bound_end(dev);
	device_unlock(dev);
}

/* Between test_bind() and test_unbind(). */
static inline struct fe_bound *test_bound(struct device *dev)
{
	return dev_get_drvdata(dev);
}

static inline void *test_state(struct device *dev)
{
	return fe_bound_state(test_bound(dev));
}

static inline int test_device_init(struct kunit_resource *res, void *context)
{
	struct platform_device *pdev;

	pdev = platform_device_register_simple("ferrule-test", PLATFORM_DEVID_AUTO, NULL, 0);
	res->data = pdev;
	return PTR_ERR_OR_ZERO(pdev);
}

/* A test that failed half way leaves it bound. */
static inline void test_device_free(struct kunit_resource *res)
{
	struct platform_device *pdev = res->data;

	if (platform_get_drvdata(pdev))
		test_unbind(&pdev->dev);
	platform_device_unregister(pdev);
}

/* Gone with the test. */
static inline struct device *test_device(struct kunit *test)
{
	struct platform_device *pdev;

	pdev = kunit_alloc_resource(test, test_device_init, test_device_free, GFP_KERNEL, NULL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, pdev);
	return &pdev->dev;
}

/* The same, bound to a driver. */
static inline struct device *test_device_of(struct kunit *test, const struct fe_driver *drv)
{
	struct device *dev = test_device(test);

	KUNIT_ASSERT_EQ(test, test_bind(dev, drv), 0);
	return dev;
}

static inline int test_unbind_main(void *dev)
{
	test_unbind(dev);
	return 0;
}

/* For an unbind that has to wait. */
static inline struct test_thread *test_unbind_thread(struct kunit *test, struct device *dev)
{
	return test_thread(test, test_unbind_main, dev);
}

/* Did an unbind in a thread begin? */
static inline bool test_is_dead_soon(const struct fe_bound *bound)
{
	int ms;

	for (ms = 0; ms < TEST_THREAD_LIMIT_MS && !fe_bound_dead(bound); ms++)
		usleep_range(1000, 1100);
	return fe_bound_dead(bound);
}

#endif /* _KUNIT_TEST_DEVICE_H */

// SPDX-License-Identifier: GPL-2.0
/*
 * P24: a device is freed, its files in debugfs are not
 *
 * Class: uaf-debugfs-sysfs
 * Was: CVE-2026-90219, c4iw_register_device()
 * Answer: does not build.
 * Layer: none for debugfs yet; stand-in
 *
 * What files show is either bound, and then they go with it, or taken by them.
 */
#include <ferrule/future.h>

static int register_device(int n)
{
	struct group files __group = {};
	struct obj *dev = obj_open(n);
	int ret;

	if (IS_ERR(dev))
		return PTR_ERR(dev);
	ret = group_publish(&files, dev);	/* note: use-after-move */
	if (ret) {
		obj_put(dev);
		return ret;
	}
	ret = test_start(n);
	if (ret)
		obj_put(dev);			/* error: use-after-move */
	return ret;
}

static int shown_after_the_files_are_gone(int n)
{
	struct group files __group = {};
	struct obj *dev = obj_open(n);
	const struct obj *shown;

	if (IS_ERR(dev))
		return PTR_ERR(dev);
	if (group_publish(&files, dev)) {
		obj_put(dev);
		return -ENOMEM;
	}
	shown = group_shows(&files);		/* note: borrow-outlives-owner */
	group_drop(&files);			/* note: borrow-outlives-owner */
	return shown->x;			/* error: borrow-outlives-owner */
}

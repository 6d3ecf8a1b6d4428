// SPDX-License-Identifier: GPL-2.0
/*
 * P01: attributes are freed while sysfs shows them
 *
 * Class: uaf-debugfs-sysfs
 * Was: IB/mlx4, pkey sysfs registration failure
 * Answer: does not build.
 * Layer: none for sysfs yet; stand-in
 *
 * What is published is taken by what publishes it, so that the error path has nothing to
 * free; a state that holds a live object is freed by the layer alone.
 */
#include <ferrule/future.h>

static int add_port(int n)
{
	struct group pkey __group = {}, gid __group = {};
	struct obj *attrs = obj_open(n), *more;
	int ret;

	if (IS_ERR(attrs))
		return PTR_ERR(attrs);
	ret = group_publish(&pkey, attrs);	/* note: use-after-move */
	if (ret)
		goto free_attrs;
	more = obj_open(n);
	if (IS_ERR(more)) {
		ret = PTR_ERR(more);
		goto free_attrs;
	}
	ret = group_publish(&gid, more);
	if (ret)
		obj_put(more);
	return ret;
free_attrs:
	obj_put(attrs);				/* error: use-after-move */
	return ret;
}

static int freed_under_the_reader(int n)
{
	struct group g __group = {};
	struct obj *shown = obj_open(n);
	int ret;

	if (IS_ERR(shown))
		return PTR_ERR(shown);
	ret = group_publish(&g, shown);		/* note: use-after-move */
	obj_put(shown);				/* error: use-after-move */
	return ret;
}

// SPDX-License-Identifier: GPL-2.0
/* Attributes in sysfs, there while the device works. */
#include <linux/module.h>

#include <ferrule/attrs.h>

static struct fe_attrs *to_attrs(struct fe_res *res)
{
	return container_of(res, struct fe_attrs, fe);
}

/*
 * SAFETY: the device is registered, and stays so: the driver core binds and unbinds it. One by
 * one: sysfs_create_group() and sysfs_create_files() undo what they did by name, and would take
 * the file away that was there before.
 */
static int fe_attrs_arm(struct fe_res *res)
{
	const struct attribute *const *list = to_attrs(res)->list;
	struct kobject *kobj = &res->bound->dev->kobj;
	int i, ret;

	for (i = 0; list[i]; i++) {
		ret = sysfs_create_file(kobj, list[i]);
		if (ret)
			goto undo;
	}
	return 0;
undo:
	while (i--)
		sysfs_remove_file(kobj, list[i]);
	return ret;
}

/*
 * SAFETY: process context, and no handler of these files, which cannot end their device. They are
 * waited for; what they wait for was woken before.
 */
static void fe_attrs_stop(struct fe_res *res)
{
	sysfs_remove_files(&res->bound->dev->kobj, to_attrs(res)->list);
}

static const struct fe_res_ops fe_attrs_ops = {
	.name	= "attributes",
	.class	= FE_CLASS_NODE,
	.arm	= fe_attrs_arm,
	.stop	= fe_attrs_stop,
};

int fe_attrs_declare(struct fe_dev *dev, struct fe_attrs *attrs,
		     const struct attribute *const *list)
{
	int ret;

	ret = fe_res_check(dev, &attrs->fe, &fe_attrs_ops);
	if (ret)
		return ret;
	attrs->list = list;
	fe_res_add(dev, &attrs->fe, &fe_attrs_ops);
	return 0;
}
EXPORT_SYMBOL_GPL(fe_attrs_declare);

// SPDX-License-Identifier: GPL-2.0
/* Attributes in sysfs, there while the device works. */
#include <linux/module.h>

#include <ferrule/attrs.h>

static struct fe_attrs *to_attrs(struct fe_res *res)
{
	return container_of(res, struct fe_attrs, fe);
}

/* SAFETY: the device is registered, and stays so: the driver core binds and unbinds it. */
static int fe_attrs_arm(struct fe_res *res)
{
	return sysfs_create_group(&res->bound->dev->kobj, to_attrs(res)->group);
}

/*
 * SAFETY: process context, and no handler of these files, which cannot end their device. They are
 * waited for; what they wait for was woken before.
 */
static void fe_attrs_stop(struct fe_res *res)
{
	sysfs_remove_group(&res->bound->dev->kobj, to_attrs(res)->group);
}

static const struct fe_res_ops fe_attrs_ops = {
	.name	= "attributes",
	.class	= FE_CLASS_NODE,
	.arm	= fe_attrs_arm,
	.stop	= fe_attrs_stop,
};

int fe_attrs_declare(struct fe_dev *dev, struct fe_attrs *attrs,
		     const struct attribute_group *group)
{
	int ret;

	ret = fe_res_check(dev, &attrs->fe, &fe_attrs_ops);
	if (ret)
		return ret;
	attrs->group = group;
	fe_res_add(dev, &attrs->fe, &fe_attrs_ops);
	return 0;
}
EXPORT_SYMBOL_GPL(fe_attrs_declare);

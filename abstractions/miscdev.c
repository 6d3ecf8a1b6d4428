// SPDX-License-Identifier: GPL-2.0
/* Character devices, opened last and taken away first. */
#include <ferrule/miscdev.h>

static struct fe_miscdev *to_miscdev(struct fe_res *res)
{
	return container_of(res, struct fe_miscdev, fe);
}

/*
 * SAFETY: misc_register() lets user space in at once: this is the last step of bringing the
 * binding up. The miscdevice is in the driver's state and outlives its registration.
 */
static int fe_miscdev_arm(struct fe_res *res)
{
	struct fe_miscdev *node = to_miscdev(res);

	node->misc.parent = res->bound->dev;
	return misc_register(&node->misc);
}

/*
 * SAFETY: misc_deregister() takes misc_mtx, which misc_open() holds while it calls
 * ->open(); everyone who waits there was woken, and open handlers may not wait.
 */
static void fe_miscdev_stop(struct fe_res *res)
{
	misc_deregister(&to_miscdev(res)->misc);
}

/* Only now, so that the name is not another device's while this one's node may be looked up. */
static void fe_miscdev_release(struct fe_res *res)
{
	struct fe_miscdev *node = to_miscdev(res);

	ida_free(node->ida, node->id);
}

static const struct fe_res_ops fe_miscdev_ops = {
	.name		= "miscdev",
	.class		= FE_CLASS_NODE,
	.arm		= fe_miscdev_arm,
	.stop		= fe_miscdev_stop,
	.release	= fe_miscdev_release,
};

int fe_miscdev_declare(struct fe_dev *dev, struct fe_miscdev *node, const char *name,
		       struct ida *ida, const struct file_operations *fops)
{
	int ret;

	ret = fe_res_check(dev, &node->fe, &fe_miscdev_ops);
	if (ret)
		return ret;
	ret = ida_alloc(ida, GFP_KERNEL);
	if (ret < 0)
		return ret;
	node->id = ret;
	if (snprintf(node->name, sizeof(node->name), "%s%d", name, ret) >= sizeof(node->name)) {
		ida_free(ida, node->id);
		return -ENAMETOOLONG;
	}
	node->ida = ida;
	node->misc.minor = MISC_DYNAMIC_MINOR;
	node->misc.name = node->name;
	node->misc.fops = fops;
	fe_res_add(dev, &node->fe, &fe_miscdev_ops);
	return 0;
}
EXPORT_SYMBOL_GPL(fe_miscdev_declare);

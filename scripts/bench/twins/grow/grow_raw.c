// SPDX-License-Identifier: GPL-2.0
/* The same as grow_ferrule.c on the kernel's own API, and the devices for both. */
#include <linux/fs.h>
#include <linux/idr.h>
#include <linux/kref.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/srcu.h>
#include <linux/uaccess.h>
#include <linux/wait.h>
#include <linux/xarray.h>

#include "grow_uapi.h"

/* As long as the name of the other one: sysfs copies and compares it again and again. */
#define GROW_NAME	"grow_by_hand"

static DEFINE_IDA(grow_ida);

struct grow {
	wait_queue_head_t	queues[GROW_LIVE];
	struct xarray		pages;
	bool			dead;
	struct srcu_struct	gate;
	struct miscdevice	misc;
	char			name[32];	/* of its node */
	int			id;
	struct kref		ref;		/* the binding's, and one of each open file */
};

/* What is found may be used until the section ends. */
static noinline bool grow_has(struct grow *g, u64 index)
{
	bool has;

	rcu_read_lock();
	has = xa_load(&g->pages, index);
	rcu_read_unlock();
	return has;
}

static int grow_find(struct grow *g, const struct grow_find *arg)
{
	u64 i;

	for (i = 0; i < arg->count; i++) {
		if (!grow_has(g, arg->index))
			return -ENOENT;
	}
	return 0;
}

static long grow_ioctl(struct file *filp, unsigned int cmd, unsigned long arg)
{
	struct grow *g = filp->private_data;
	struct grow_find find;
	int gate, ret = -ENODEV;

	if (cmd != GROW_IOC_NOTHING && cmd != GROW_IOC_FIND)
		return -ENOTTY;
	if (copy_from_user(&find, (void __user *)arg, sizeof(find)))
		return -EFAULT;
	gate = srcu_read_lock(&g->gate);
	if (likely(!READ_ONCE(g->dead)))
		ret = cmd == GROW_IOC_FIND ? grow_find(g, &find) : 0;
	srcu_read_unlock(&g->gate, gate);
	return ret;
}

static void grow_free(struct kref *ref)
{
	struct grow *g = container_of(ref, struct grow, ref);

	cleanup_srcu_struct(&g->gate);
	kfree(g);
}

static int grow_open(struct inode *inode, struct file *filp)
{
	struct grow *g = container_of(filp->private_data, struct grow, misc);

	kref_get(&g->ref);
	filp->private_data = g;
	return 0;
}

static int grow_release(struct inode *inode, struct file *filp)
{
	struct grow *g = filp->private_data;

	kref_put(&g->ref, grow_free);
	return 0;
}

static const struct file_operations grow_fops = {
	.owner		= THIS_MODULE,
	.open		= grow_open,
	.release	= grow_release,
	.unlocked_ioctl	= grow_ioctl,
};

static void grow_free_pages(struct grow *g)
{
	unsigned long index;
	struct page *page;

	xa_for_each(&g->pages, index, page) {
		__free_page(page);
		cond_resched();
	}
	xa_destroy(&g->pages);
}

static int grow_add_page(struct grow *g, unsigned long index)
{
	struct page *page = alloc_page(GFP_NOIO | __GFP_ZERO | __GFP_NOWARN);
	int ret;

	if (!page)
		return -ENOMEM;
	ret = xa_insert_irq(&g->pages, index, page, GFP_NOIO | __GFP_NOWARN);
	if (ret)
		__free_page(page);
	return ret;
}

static int grow_show(struct grow *g, struct device *dev)
{
	int ret = ida_alloc(&grow_ida, GFP_KERNEL);

	if (ret < 0)
		return ret;
	g->id = ret;
	snprintf(g->name, sizeof(g->name), GROW_NAME "%d", g->id);
	g->misc.minor = MISC_DYNAMIC_MINOR;
	g->misc.name = g->name;
	g->misc.fops = &grow_fops;
	g->misc.parent = dev;
	ret = misc_register(&g->misc);
	if (ret)
		ida_free(&grow_ida, g->id);
	return ret;
}

static int grow_probe(struct platform_device *pdev)
{
	struct grow *g = kzalloc(sizeof(*g), GFP_KERNEL);
	unsigned int i;
	int ret;

	if (!g)
		return -ENOMEM;
	ret = init_srcu_struct(&g->gate);
	if (ret) {
		kfree(g);
		return ret;
	}
	kref_init(&g->ref);
	xa_init_flags(&g->pages, XA_FLAGS_LOCK_IRQ);
	for (i = 0; !ret && i < GROW_LIVE; i++) {
		init_waitqueue_head(&g->queues[i]);
		ret = grow_add_page(g, i);
	}
	ret = ret ?: grow_show(g, &pdev->dev);
	if (ret) {
		grow_free_pages(g);
		kref_put(&g->ref, grow_free);
		return ret;
	}
	platform_set_drvdata(pdev, g);
	return 0;
}

static int grow_remove(struct platform_device *pdev)
{
	struct grow *g = platform_get_drvdata(pdev);
	unsigned int i;

	WRITE_ONCE(g->dead, true);
	for (i = 0; i < GROW_LIVE; i++)
		wake_up_all(&g->queues[i]);
	misc_deregister(&g->misc);
	ida_free(&grow_ida, g->id);
	synchronize_srcu(&g->gate);
	grow_free_pages(g);
	kref_put(&g->ref, grow_free);
	return 0;
}

static struct platform_driver grow_driver = {
	.driver.name	= GROW_NAME,
	.probe		= grow_probe,
	.remove		= grow_remove,
};

static const char *const grow_names[] = { GROW_NAME, "grow_ferrule" };
static struct platform_device *grow_devices[ARRAY_SIZE(grow_names)];

static void grow_end(void)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(grow_names); i++)
		platform_device_unregister(grow_devices[i]);
}

static int __init grow_init(void)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(grow_names); i++) {
		struct platform_device *pdev;

		pdev = platform_device_register_simple(grow_names[i], PLATFORM_DEVID_NONE, NULL,
						       0);
		if (IS_ERR(pdev)) {
			grow_end();
			return PTR_ERR(pdev);
		}
		grow_devices[i] = pdev;
	}
	i = platform_driver_register(&grow_driver);
	if (i)
		grow_end();
	return i;
}
module_init(grow_init);

static void __exit grow_exit(void)
{
	platform_driver_unregister(&grow_driver);
	grow_end();
}
module_exit(grow_exit);

MODULE_DESCRIPTION("Many resources of the kernel, to be measured");
MODULE_LICENSE("GPL");

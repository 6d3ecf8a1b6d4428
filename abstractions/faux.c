// SPDX-License-Identifier: GPL-2.0
/* Faux devices: the bus they are on, and their making and end. */
#include <linux/slab.h>

#include <ferrule/faux.h>

#include "debug.h"

static struct device *fe_faux_root;

static struct fe_faux *to_faux(struct device *dev)
{
	return container_of(dev, struct fe_faux, dev);
}

/* For a user who writes to "bind": who makes a device attaches it, to hear what probe says. */
static int fe_faux_match(struct device *dev, struct device_driver *core)
{
	const struct fe_faux *faux = to_faux(dev);

	return READ_ONCE(faux->attachable) && core == &faux->drv->core;
}

static void fe_faux_set_bound(struct fe_faux *faux, struct fe_bound *bound)
{
	spin_lock(&faux->lock);
	faux->bound = bound;
	spin_unlock(&faux->lock);
}

/* SAFETY: called by the driver core with the device's lock held, as is remove. */
static int fe_faux_probe(struct device *dev)
{
	struct fe_faux *faux = to_faux(dev);
	int ret;

	ret = fe_bound_start(dev, &faux->drv->fe);
	if (!ret)
		fe_faux_set_bound(faux, dev_get_drvdata(dev));
	return ret;
}

static void fe_faux_remove(struct device *dev)
{
	fe_faux_set_bound(to_faux(dev), NULL);
	fe_bound_end(dev);
}

/* SAFETY: as long as the binding can be seen under the lock it has a reference of its own. */
int fe_faux_enter(struct fe_faux *faux, struct fe_bound **bound)
{
	int gate;

	spin_lock(&faux->lock);
	*bound = faux->bound;
	if (*bound)
		fe_bound_get(*bound);
	spin_unlock(&faux->lock);
	if (!*bound)
		return -ENODEV;
	gate = fe_gate_enter(*bound);
	if (gate < 0)
		fe_bound_put(*bound);
	return gate;
}
EXPORT_SYMBOL_GPL(fe_faux_enter);

void fe_faux_exit(struct fe_bound *bound, int gate)
{
	fe_gate_exit(bound, gate);
	fe_bound_put(bound);
}
EXPORT_SYMBOL_GPL(fe_faux_exit);

static struct bus_type fe_faux_bus = {
	.name	= "ferrule",
	.match	= fe_faux_match,
	.probe	= fe_faux_probe,
	.remove	= fe_faux_remove,
};

int fe_faux_bus_init(void)
{
	int ret;

	fe_faux_root = root_device_register("ferrule");
	if (IS_ERR(fe_faux_root))
		return PTR_ERR(fe_faux_root);
	ret = bus_register(&fe_faux_bus);
	if (ret)
		root_device_unregister(fe_faux_root);
	return ret;
}

void fe_faux_bus_exit(void)
{
	bus_unregister(&fe_faux_bus);
	root_device_unregister(fe_faux_root);
}

/* The driver may be gone by now. The layer may go as soon as it is put: last of all. */
static void fe_faux_free(struct device *dev)
{
	kfree(to_faux(dev));
	module_put(THIS_MODULE);
}

/*
 * SAFETY: after device_initialize() the memory belongs to the reference count. Whoever calls
 * is a driver's module, which needs ours: ours is live, and stays until the device is freed.
 */
static struct fe_faux *fe_faux_new(struct fe_faux_driver *drv, const void *config)
{
	struct fe_faux *faux;
	int ret;

	faux = kzalloc(struct_size(faux, config, drv->config->size), GFP_KERNEL);
	if (!faux)
		return ERR_PTR(-ENOMEM);
	ret = ida_alloc(&drv->indices, GFP_KERNEL);
	if (ret < 0) {
		kfree(faux);
		return ERR_PTR(ret);
	}
	__module_get(THIS_MODULE);
	device_initialize(&faux->dev);
	faux->dev.parent = fe_faux_root;
	faux->dev.bus = &fe_faux_bus;
	faux->dev.release = fe_faux_free;
	spin_lock_init(&faux->lock);
	faux->drv = drv;
	faux->index = ret;
	memcpy(faux->config, config, drv->config->size);
	return faux;
}

static void fe_faux_drop(struct fe_faux *faux)
{
	ida_free(&faux->drv->indices, faux->index);
	put_device(&faux->dev);
}

/*
 * SAFETY: device_add() wants a name, a bus and a release, which it has. Nobody but us attaches it:
 * it is not attachable yet. What device_del() takes away, device_add() had added.
 */
static int fe_faux_add(struct fe_faux *faux)
{
	int ret;

	ret = dev_set_name(&faux->dev, "%s.%u", faux->drv->fe.name, faux->index) ?:
	      device_add(&faux->dev);
	if (ret)
		return ret;
	ret = device_driver_attach(&faux->drv->core, &faux->dev);
	if (ret)
		device_del(&faux->dev);
	return ret;
}

struct fe_faux *fe_faux_create(struct fe_faux_driver *drv, const void *config)
{
	struct fe_faux *faux;
	int ret;

	ret = fe_fault("faux");
	if (ret)
		return ERR_PTR(ret);
	faux = fe_faux_new(drv, config);
	if (IS_ERR(faux))
		return faux;
	ret = fe_faux_add(faux);
	if (ret) {
		fe_faux_drop(faux);
		return ERR_PTR(ret);
	}
	WRITE_ONCE(faux->attachable, true);
	return faux;
}
EXPORT_SYMBOL_GPL(fe_faux_create);

void fe_faux_end(struct fe_faux *faux)
{
	device_del(&faux->dev);
	fe_faux_drop(faux);
}
EXPORT_SYMBOL_GPL(fe_faux_end);

static int fe_faux_create_initial(struct fe_faux_driver *drv)
{
	u32 n = drv->devices();
	struct fe_faux *faux;

	while (n--) {
		faux = fe_faux_create(drv, drv->config->defaults);
		if (IS_ERR(faux))
			return PTR_ERR(faux);
		list_add(&faux->node, &drv->initial);
	}
	return 0;
}

int fe_faux_register(struct fe_faux_driver *drv, struct module *owner)
{
	int ret;

	drv->core.name = drv->fe.name;
	drv->core.bus = &fe_faux_bus;
	drv->core.owner = owner;
	ida_init(&drv->indices);
	INIT_LIST_HEAD(&drv->initial);
	ret = driver_register(&drv->core);
	if (ret)
		return ret;
	ret = fe_faux_create_initial(drv);
	if (ret)
		fe_faux_unregister(drv);
	return ret;
}
EXPORT_SYMBOL_GPL(fe_faux_register);

/* Newest first. Nobody else has the list: only loading and unloading the module get here. */
void fe_faux_unregister(struct fe_faux_driver *drv)
{
	struct fe_faux *faux, *next;

	list_for_each_entry_safe(faux, next, &drv->initial, node)
		fe_faux_end(faux);
	driver_unregister(&drv->core);
	ida_destroy(&drv->indices);
	fe_debug_driver_gone(&drv->core);
}
EXPORT_SYMBOL_GPL(fe_faux_unregister);

// SPDX-License-Identifier: GPL-2.0
/*
 * Faux devices that a user makes: directories in configfs, each a configuration, and a device
 * when it is powered.
 *
 * Each directory has a lock, held while its device is made and ended, so by whoever waits for
 * probe or for unbind. Nothing in probe or unbind takes it: the files of configfs are the only
 * way to it, and the driver's controls are called without it.
 */
#include <linux/module.h>
#include <linux/slab.h>

#include <ferrule/configfs.h>

/**
 * struct fe_config_item - a directory
 * @item: as configfs sees it
 * @drv: the driver of its device
 * @lock: protects what follows
 * @device: its device; NULL: not powered
 * @config: the configuration of the next device
 *
 * Invariants: the memory is this module's, and freed with the last reference to @item.
 */
struct fe_config_item {
	struct config_item	item;
	struct fe_faux_driver	*drv;
	struct mutex		lock;		/* protects device, config */
	struct fe_faux		*device;
	u8			config[] __aligned(8);
};

static struct fe_config_item *to_fe_item(struct config_item *item)
{
	return container_of(item, struct fe_config_item, item);
}

ssize_t fe_configfs_show(struct config_item *item, const struct fe_field *field, char *page)
{
	return fe_field_show(field, to_fe_item(item)->config, page);
}
EXPORT_SYMBOL_GPL(fe_configfs_show);

ssize_t fe_configfs_store(struct config_item *item, const struct fe_field *field,
			  const char *page, size_t len)
{
	struct fe_config_item *fe = to_fe_item(item);
	int ret;

	if (!fe_text_is_whole(page, len))
		return -EINVAL;
	if (mutex_lock_interruptible(&fe->lock))
		return -ERESTARTSYS;
	ret = fe->device ? -EBUSY : fe_field_set(field, fe->config, page);
	mutex_unlock(&fe->lock);
	return ret ?: len;
}
EXPORT_SYMBOL_GPL(fe_configfs_store);

static int fe_configfs_power_on(struct fe_config_item *fe)
{
	struct fe_faux *device;

	if (fe->device)
		return 0;
	device = fe_faux_create(fe->drv, fe->config);
	if (IS_ERR(device))
		return PTR_ERR(device);
	WRITE_ONCE(fe->device, device);
	return 0;
}

static void fe_configfs_power_off(struct fe_config_item *fe)
{
	if (!fe->device)
		return;
	fe_faux_end(fe->device);
	WRITE_ONCE(fe->device, NULL);
}

static const struct fe_field fe_configfs_power = {
	.name	= "power",
	.kind	= FE_FIELD_BOOL,
	.max	= true,
};

ssize_t fe_configfs_power_show(struct config_item *item, char *page)
{
	bool power = READ_ONCE(to_fe_item(item)->device);

	return fe_field_show(&fe_configfs_power, &power, page);
}
EXPORT_SYMBOL_GPL(fe_configfs_power_show);

ssize_t fe_configfs_power_store(struct config_item *item, const char *page, size_t len)
{
	struct fe_config_item *fe = to_fe_item(item);
	bool power;
	int ret;

	if (!fe_text_is_whole(page, len))
		return -EINVAL;
	ret = fe_field_set(&fe_configfs_power, &power, page);
	if (ret)
		return ret;
	if (mutex_lock_interruptible(&fe->lock))
		return -ERESTARTSYS;
	if (power)
		ret = fe_configfs_power_on(fe);
	else
		fe_configfs_power_off(fe);
	mutex_unlock(&fe->lock);
	return ret ?: len;
}
EXPORT_SYMBOL_GPL(fe_configfs_power_store);

int fe_configfs_enter(struct config_item *item, struct fe_bound **bound)
{
	struct fe_config_item *fe = to_fe_item(item);
	int gate;

	if (mutex_lock_interruptible(&fe->lock))
		return -ERESTARTSYS;
	gate = fe->device ? fe_faux_enter(fe->device, bound) : -ENODEV;
	mutex_unlock(&fe->lock);
	return gate;
}
EXPORT_SYMBOL_GPL(fe_configfs_enter);

void fe_configfs_exit(struct fe_bound *bound, int gate)
{
	fe_faux_exit(bound, gate);
}
EXPORT_SYMBOL_GPL(fe_configfs_exit);

static void fe_configfs_free(struct config_item *item)
{
	struct fe_config_item *fe = to_fe_item(item);

	mutex_destroy(&fe->lock);
	kfree(fe);
}

static struct configfs_item_operations fe_configfs_item_ops = {
	.release	= fe_configfs_free,
};

static struct fe_configfs *to_fe_configfs(struct config_group *group)
{
	return container_of(to_configfs_subsystem(group), struct fe_configfs, subsys);
}

ssize_t fe_configfs_features_show(struct config_item *item, char *page)
{
	struct configfs_attribute **file = to_fe_configfs(to_config_group(item))->item.ct_attrs;
	ssize_t len = 0;

	for (; *file; file++)
		len += scnprintf(page + len, PAGE_SIZE - len, "%s%c", (*file)->ca_name,
				 file[1] ? ',' : '\n');
	return len;
}
EXPORT_SYMBOL_GPL(fe_configfs_features_show);

/* config_item_init_type_name() says nothing when it cannot allocate a long name. */
static struct config_item *fe_configfs_make(struct config_group *group, const char *name)
{
	struct fe_configfs *fs = to_fe_configfs(group);
	const struct fe_config *config = fs->faux->config;
	struct fe_config_item *fe;

	fe = kzalloc(struct_size(fe, config, config->size), GFP_KERNEL);
	if (!fe)
		return ERR_PTR(-ENOMEM);
	config_item_init_type_name(&fe->item, name, &fs->item);
	if (!config_item_name(&fe->item)) {
		kfree(fe);
		return ERR_PTR(-ENOMEM);
	}
	fe->drv = fs->faux;
	mutex_init(&fe->lock);
	memcpy(fe->config, config->defaults, config->size);
	return &fe->item;
}

/*
 * SAFETY: configfs calls this after the last call of a file's function returned, and when none
 * will be called any more; the module of the driver is pinned until it returns. It holds the
 * directory and su_mutex, which others need to make or remove directories, and nobody else.
 */
static void fe_configfs_drop(struct config_group *group, struct config_item *item)
{
	struct fe_config_item *fe = to_fe_item(item);

	mutex_lock(&fe->lock);
	fe_configfs_power_off(fe);
	mutex_unlock(&fe->lock);
	config_item_put(item);
}

static struct configfs_group_operations fe_configfs_group_ops = {
	.make_item	= fe_configfs_make,
	.drop_item	= fe_configfs_drop,
};

int fe_configfs_register(struct fe_configfs *fs, struct module *owner)
{
	int ret;

	fs->group.ct_group_ops = &fe_configfs_group_ops;
	fs->item.ct_item_ops = &fe_configfs_item_ops;
	config_group_init_type_name(&fs->subsys.su_group, fs->faux->fe.name, &fs->group);
	mutex_init(&fs->subsys.su_mutex);
	ret = fe_faux_register(fs->faux, owner);
	if (ret)
		return ret;
	ret = configfs_register_subsystem(&fs->subsys);
	if (ret)
		fe_faux_unregister(fs->faux);
	return ret;
}
EXPORT_SYMBOL_GPL(fe_configfs_register);

/* There is no directory left: each of them pins the module whose exit this is. */
void fe_configfs_unregister(struct fe_configfs *fs)
{
	configfs_unregister_subsystem(&fs->subsys);
	fe_faux_unregister(fs->faux);
	mutex_destroy(&fs->subsys.su_mutex);
}
EXPORT_SYMBOL_GPL(fe_configfs_unregister);

MODULE_DESCRIPTION("Ferrule: devices that users make in configfs");
MODULE_LICENSE("GPL");

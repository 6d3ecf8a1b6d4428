// SPDX-License-Identifier: GPL-2.0
/* What disks there are: module parameters, and directories in configfs. */
#include <linux/configfs.h>
#include <linux/log2.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "nullblk_twin.h"

#define NULLBLK_MOST_DEVICES	256

/* The fields of a configuration: name, default, least, most. */
#define NULLBLK_U64S(row)						\
	row(size, 256000, 1, 1ULL << 40)				\
	row(completion_nsec, 10000, 0, 3600000000000)
#define NULLBLK_U32S(row)						\
	row(blocksize, 512, 512, 4096)					\
	row(max_sectors, 0, 0, 65535)					\
	row(submit_queues, 1, 1, 4096)					\
	row(poll_queues, 0, 0, 4096)					\
	row(hw_queue_depth, 64, 1, 10240)				\
	row(home_node, U32_MAX, 0, U32_MAX)				\
	row(irqmode, 1, 0, 2)						\
	row(mbps, 0, 0, 40960)
#define NULLBLK_FLAGS(row)						\
	row(memory_backed, false, false, true)				\
	row(discard, false, false, true)				\
	row(virt_boundary, false, false, true)				\
	row(no_sched, false, false, true)

#define NULLBLK_DEFAULT(name, def, min, max)	.name = (def),
static struct nullblk_config nullblk_defaults __ro_after_init = {
	NULLBLK_U64S(NULLBLK_DEFAULT)
	NULLBLK_U32S(NULLBLK_DEFAULT)
	NULLBLK_FLAGS(NULLBLK_DEFAULT)
};

#define NULLBLK_PARAM(name, type)	module_param_named(name, nullblk_defaults.name, type, 0444);
#define NULLBLK_PARAM_U64(name, def, min, max)	NULLBLK_PARAM(name, ullong)
#define NULLBLK_PARAM_U32(name, def, min, max)	NULLBLK_PARAM(name, uint)
#define NULLBLK_PARAM_FLAG(name, def, min, max)	NULLBLK_PARAM(name, bool)
NULLBLK_U64S(NULLBLK_PARAM_U64)
NULLBLK_U32S(NULLBLK_PARAM_U32)
NULLBLK_FLAGS(NULLBLK_PARAM_FLAG)

static unsigned int nr_devices __ro_after_init = 1;
module_param(nr_devices, uint, 0444);
MODULE_PARM_DESC(nr_devices, "disks made at load");

static struct nullblk **nullblk_made __ro_after_init;

/* A directory. */
struct nullblk_item {
	struct config_item	item;
	struct mutex		lock;		/* protects the next two */
	struct nullblk		*disk;		/* NULL: no power */
	struct nullblk_config	config;
};

static struct nullblk_item *to_nullblk_item(struct config_item *item)
{
	return container_of(item, struct nullblk_item, item);
}

static int nullblk_lock(struct nullblk_item *item)
{
	return mutex_lock_interruptible(&item->lock) ? -ERESTARTSYS : 0;
}

/* All that was written counts, and it is in the range. */
static int nullblk_parse(const char *page, size_t len, u64 min, u64 max, u64 *value)
{
	int ret = strlen(page) == len ? kstrtou64(page, 0, value) : -EINVAL;

	if (ret)
		return ret;
	return *value < min || *value > max ? -ERANGE : 0;
}

/* kstrtobool() looks at the first character only. */
static int nullblk_parse_flag(const char *page, size_t len, bool *flag)
{
	static const char *const words[] = { "0", "1", "n", "y", "N", "Y", "off", "on" };
	int word = strlen(page) == len ? sysfs_match_string(words, page) : -EINVAL;

	if (word < 0)
		return -EINVAL;
	*flag = word & 1;
	return 0;
}

static ssize_t nullblk_store_u64(struct nullblk_item *item, u64 *field, u64 min, u64 max,
				 const char *page, size_t len)
{
	u64 value;
	int ret = nullblk_lock(item);

	if (ret)
		return ret;
	ret = item->disk ? -EBUSY : nullblk_parse(page, len, min, max, &value);
	if (!ret)
		WRITE_ONCE(*field, value);
	mutex_unlock(&item->lock);
	return ret ?: len;
}

static ssize_t nullblk_store_u32(struct nullblk_item *item, u32 *field, u32 min, u32 max,
				 const char *page, size_t len)
{
	u64 value;
	int ret = nullblk_lock(item);

	if (ret)
		return ret;
	ret = item->disk ? -EBUSY : nullblk_parse(page, len, min, max, &value);
	if (!ret && field == &item->config.blocksize && !is_power_of_2(value))
		ret = -EINVAL;
	if (!ret)
		WRITE_ONCE(*field, value);
	mutex_unlock(&item->lock);
	return ret ?: len;
}

static ssize_t nullblk_store_flag(struct nullblk_item *item, bool *field, const char *page,
				  size_t len)
{
	bool value;
	int ret = nullblk_lock(item);

	if (ret)
		return ret;
	ret = item->disk ? -EBUSY : nullblk_parse_flag(page, len, &value);
	if (!ret)
		WRITE_ONCE(*field, value);
	mutex_unlock(&item->lock);
	return ret ?: len;
}

#define NULLBLK_SHOW(name)						\
	static ssize_t nullblk_##name##_show(struct config_item *item, char *page) \
	{								\
		return scnprintf(page, PAGE_SIZE, "%llu\n",		\
				 (u64)READ_ONCE(to_nullblk_item(item)->config.name)); \
	}

#define NULLBLK_FILE(name, call)					\
	NULLBLK_SHOW(name)						\
	static ssize_t nullblk_##name##_store(struct config_item *config_item, \
					      const char *page, size_t len) \
	{								\
		struct nullblk_item *item = to_nullblk_item(config_item); \
									\
		return call;						\
	}								\
	CONFIGFS_ATTR(nullblk_, name);

#define NULLBLK_FILE_U64(name, def, min, max)				\
	NULLBLK_FILE(name, nullblk_store_u64(item, &item->config.name, min, max, page, len))
#define NULLBLK_FILE_U32(name, def, min, max)				\
	NULLBLK_FILE(name, nullblk_store_u32(item, &item->config.name, min, max, page, len))
#define NULLBLK_FILE_FLAG(name, def, min, max)				\
	NULLBLK_FILE(name, nullblk_store_flag(item, &item->config.name, page, len))

NULLBLK_U64S(NULLBLK_FILE_U64)
NULLBLK_U32S(NULLBLK_FILE_U32)
NULLBLK_FLAGS(NULLBLK_FILE_FLAG)

static ssize_t nullblk_power_show(struct config_item *item, char *page)
{
	return scnprintf(page, PAGE_SIZE, "%d\n", !!READ_ONCE(to_nullblk_item(item)->disk));
}

static int nullblk_power_on(struct nullblk_item *item)
{
	struct nullblk *disk;

	if (item->disk)
		return 0;
	disk = nullblk_create(&item->config);
	if (IS_ERR(disk))
		return PTR_ERR(disk);
	WRITE_ONCE(item->disk, disk);
	return 0;
}

static void nullblk_power_off(struct nullblk_item *item)
{
	if (item->disk)
		nullblk_end(item->disk);
	WRITE_ONCE(item->disk, NULL);
}

static ssize_t nullblk_power_store(struct config_item *config_item, const char *page, size_t len)
{
	struct nullblk_item *item = to_nullblk_item(config_item);
	bool power;
	int ret = nullblk_parse_flag(page, len, &power) ?: nullblk_lock(item);

	if (ret)
		return ret;
	if (power)
		ret = nullblk_power_on(item);
	else
		nullblk_power_off(item);
	mutex_unlock(&item->lock);
	return ret ?: len;
}

CONFIGFS_ATTR(nullblk_, power);

static ssize_t nullblk_badblocks_show(struct config_item *config_item, char *page)
{
	struct nullblk_item *item = to_nullblk_item(config_item);
	ssize_t ret = nullblk_lock(item);

	if (ret)
		return ret;
	ret = item->disk ? badblocks_show(&item->disk->bad, page, 0) : -ENODEV;
	mutex_unlock(&item->lock);
	return ret;
}

/* Until the first one, requests are not compared with any. */
static int nullblk_set_bad(struct badblocks *bad, bool add, u64 first, u64 last)
{
	int ret;

	if (last < first || last - first >= INT_MAX)
		return -EINVAL;
	if (!add)
		return badblocks_clear(bad, first, last - first + 1);
	cmpxchg(&bad->shift, -1, 0);
	ret = badblocks_set(bad, first, last - first + 1, 1);
	return ret ? -EINVAL : 0;
}

/* +1-8 makes these sectors bad, -1-8 makes them good. */
static ssize_t nullblk_badblocks_store(struct config_item *config_item, const char *page,
				       size_t len)
{
	struct nullblk_item *item = to_nullblk_item(config_item);
	u64 first, last;
	int ret, end = 0;
	char sign;

	if (strlen(page) != len || sscanf(page, "%c%llu-%llu%n", &sign, &first, &last, &end) < 3 ||
	    !sysfs_streq(page + end, "") || (sign != '+' && sign != '-'))
		return -EINVAL;
	ret = nullblk_lock(item);
	if (ret)
		return ret;
	ret = item->disk ? nullblk_set_bad(&item->disk->bad, sign == '+', first, last) : -ENODEV;
	mutex_unlock(&item->lock);
	return ret ?: len;
}

CONFIGFS_ATTR(nullblk_, badblocks);

#define NULLBLK_FILE_REF(name, ...)	&nullblk_attr_##name,
static struct configfs_attribute *nullblk_files[] = {
	&nullblk_attr_power,
	&nullblk_attr_badblocks,
	NULLBLK_U64S(NULLBLK_FILE_REF)
	NULLBLK_U32S(NULLBLK_FILE_REF)
	NULLBLK_FLAGS(NULLBLK_FILE_REF)
	NULL,
};

static ssize_t nullblk_features_show(struct config_item *item, char *page)
{
	struct configfs_attribute **file = nullblk_files;
	ssize_t len = 0;

	for (; *file; file++)
		len += scnprintf(page + len, PAGE_SIZE - len, "%s%c", (*file)->ca_name,
				 file[1] ? ',' : '\n');
	return len;
}

CONFIGFS_ATTR_RO(nullblk_, features);

static struct configfs_attribute *nullblk_group_files[] = {
	&nullblk_attr_features,
	NULL,
};

static void nullblk_release(struct config_item *item)
{
	kfree(to_nullblk_item(item));
}

static struct configfs_item_operations nullblk_item_ops = {
	.release	= nullblk_release,
};

static const struct config_item_type nullblk_item_type = {
	.ct_item_ops	= &nullblk_item_ops,
	.ct_attrs	= nullblk_files,
	.ct_owner	= THIS_MODULE,
};

static struct config_item *nullblk_make(struct config_group *group, const char *name)
{
	struct nullblk_item *item = kzalloc(sizeof(*item), GFP_KERNEL);

	if (!item)
		return ERR_PTR(-ENOMEM);
	config_item_init_type_name(&item->item, name, &nullblk_item_type);
	if (!config_item_name(&item->item)) {
		kfree(item);
		return ERR_PTR(-ENOMEM);
	}
	mutex_init(&item->lock);
	item->config = nullblk_defaults;
	return &item->item;
}

static void nullblk_drop(struct config_group *group, struct config_item *config_item)
{
	struct nullblk_item *item = to_nullblk_item(config_item);

	mutex_lock(&item->lock);
	nullblk_power_off(item);
	mutex_unlock(&item->lock);
	config_item_put(config_item);
}

static struct configfs_group_operations nullblk_group_ops = {
	.make_item	= nullblk_make,
	.drop_item	= nullblk_drop,
};

static const struct config_item_type nullblk_group_type = {
	.ct_group_ops	= &nullblk_group_ops,
	.ct_attrs	= nullblk_group_files,
	.ct_owner	= THIS_MODULE,
};

static struct configfs_subsystem nullblk_subsys = {
	.su_group.cg_item = {
		.ci_namebuf	= "nullblk_twin",
		.ci_type	= &nullblk_group_type,
	},
};

#define NULLBLK_FITS(name, def, min, max)				\
	(nullblk_defaults.name >= (min) && nullblk_defaults.name <= (max)) &&
static bool __init nullblk_parameters_fit(void)
{
	return NULLBLK_U64S(NULLBLK_FITS) NULLBLK_U32S(NULLBLK_FITS)
	       is_power_of_2(nullblk_defaults.blocksize) && nr_devices <= NULLBLK_MOST_DEVICES;
}

static void nullblk_end_made(unsigned int count)
{
	while (count--)
		nullblk_end(nullblk_made[count]);
	kfree(nullblk_made);
	nullblk_exit();
}

static int __init nullblk_make_all(void)
{
	unsigned int i;

	nullblk_made = kcalloc(nr_devices, sizeof(*nullblk_made), GFP_KERNEL);
	if (!nullblk_made)
		return -ENOMEM;
	for (i = 0; i < nr_devices; i++) {
		struct nullblk *disk = nullblk_create(&nullblk_defaults);

		if (IS_ERR(disk)) {
			nullblk_end_made(i);
			return PTR_ERR(disk);
		}
		nullblk_made[i] = disk;
	}
	return 0;
}

static int __init nullblk_twin_init(void)
{
	int ret;

	if (!nullblk_parameters_fit()) {
		pr_err("nullblk_twin: a parameter is out of its range\n");
		return -EINVAL;
	}
	ret = nullblk_make_all();
	if (ret)
		return ret;
	config_group_init(&nullblk_subsys.su_group);
	mutex_init(&nullblk_subsys.su_mutex);
	ret = configfs_register_subsystem(&nullblk_subsys);
	if (ret)
		nullblk_end_made(nr_devices);
	return ret;
}
module_init(nullblk_twin_init);

static void __exit nullblk_twin_exit(void)
{
	configfs_unregister_subsystem(&nullblk_subsys);
	nullblk_end_made(nr_devices);
	mutex_destroy(&nullblk_subsys.su_mutex);
}
module_exit(nullblk_twin_exit);

MODULE_DESCRIPTION("Disks without a disk, on the kernel's own API");
MODULE_LICENSE("GPL");

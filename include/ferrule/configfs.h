/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Faux devices that a user makes: a directory in configfs is a device to be, its files are the
 * configuration, and "power" makes the device and ends it.
 *
 *	# cd /sys/kernel/config/nullb
 *	# mkdir one; echo 4096 >one/blocksize; echo 1 >one/power
 *
 * While there is a device its configuration stays: writing answers -EBUSY, and the device has
 * a copy of its own. What is malformed answers -EINVAL, what is out of range -ERANGE, and
 * the field is what it was. Controls are the other way round: they are asked of the device, and
 * answer -ENODEV if there is none. Removing the directory ends the device; directories pin
 * the driver's module.
 *
 * In a module of its own, ferrule_configfs.ko, because configfs is a module of the kernel's.
 */
#ifndef _FERRULE_CONFIGFS_H
#define _FERRULE_CONFIGFS_H

#include <linux/configfs.h>

#include <ferrule/faux.h>
#include <ferrule/param.h>
#include <ferrule/text.h>

#ifdef FERRULE_DEBUG
#define fe_configfs_register	fe_configfs_register_debug
#endif

/**
 * struct fe_configfs - for FE_CONFIGFS_DRIVER()
 * @faux: the driver whose devices are configured
 * @subsys: the directory of the driver
 * @group: what that directory can do
 * @item: what the directories in it can do, and their files
 */
struct fe_configfs {
	struct fe_faux_driver		*faux;
	struct configfs_subsystem	subsys;
	struct config_item_type		group;
	struct config_item_type		item;
};

/* Registers the driver, and then lets users in; if one of the two fails, neither is left. */
int __fe_must_check fe_configfs_register(struct fe_configfs *fs, struct module *owner)
	__fe_sleeps;
void fe_configfs_unregister(struct fe_configfs *fs) __fe_sleeps __fe_waits;

/* The files of a device to be, for the thunks in the driver's unit. */
ssize_t fe_configfs_show(struct config_item *item, const struct fe_field *field, char *page);
ssize_t fe_configfs_store(struct config_item *item, const struct fe_field *field,
			  const char *page, size_t len);
ssize_t fe_configfs_power_show(struct config_item *item, char *page);
ssize_t fe_configfs_power_store(struct config_item *item, const char *page, size_t len);
/*
 * Between these two the device of the directory is bound: fe_bound_end() waits. The lock of the
 * directory is not held, which who ends the device has.
 */
int __fe_must_check fe_configfs_enter(struct config_item *item, struct fe_bound **bound);
void fe_configfs_exit(struct fe_bound *bound, int gate);
/* The names of these files, for who wants to know what the driver can do. */
ssize_t fe_configfs_features_show(struct config_item *item, char *page);

/* An open file pins the module that its functions are in, and what they need. */
#define __FE_CONFIGFS_FILE(var, name, mode, show_, store_)		\
	static struct configfs_attribute var = {			\
		.ca_name	= name,					\
		.ca_owner	= THIS_MODULE,				\
		.ca_mode	= mode,					\
		.show		= show_,				\
		.store		= store_,				\
	};

/**
 * FE_CONTROL() - a row of FE_CONFIGFS(): what is asked of a device while it is bound
 * @state_: tag of the driver's state
 * @name: of the file
 * @show_: int (const struct state_ *, struct fe_text_out *): 0 or a negative errno
 * @set_: int (const struct state_ *, struct fe_text_in *): 0 or a negative errno
 *
 * Both run in the gate, so that unbind waits for them: they may sleep, but should not wait for
 * the device. Several may run at once. Without a device the file answers -ENODEV.
 */
#define FE_CONTROL(state_, name, show_, set_)				\
	(CONTROL, name, #name, state_, show_, set_)

/**
 * FE_CONFIGFS() - declare what a user may set of a device's configuration
 * @config_: tag of the structure
 * @...: rows: FE_NUMBER() or FE_FLAG() for a field, as for FE_CONFIG(), or FE_CONTROL()
 *
 * As FE_CONFIG(), for a driver of FE_CONFIGFS_DRIVER(): each row is a file as well. One in each
 * source file. "power" is a file already.
 */
#define FE_CONFIGFS(config_, ...)					\
	FE_CONFIG(config_, __VA_ARGS__);				\
	FE_EACH(__FE_ROW_FILE, __VA_ARGS__)				\
	__FE_CONFIGFS_FILE(__fe_file_power, "power", 0644,		\
			   fe_configfs_power_show, fe_configfs_power_store) \
	__FE_CONFIGFS_FILE(__fe_file_features, "features", 0444,	\
			   fe_configfs_features_show, NULL)		\
	static struct configfs_attribute *config_##__fe_files[] = {	\
		&__fe_file_power,					\
		FE_EACH(__FE_ROW_FILE_REF, __VA_ARGS__)			\
		NULL,							\
	};								\
	static struct configfs_attribute *config_##__fe_group_files[] = { \
		&__fe_file_features,					\
		NULL,							\
	}

#define __FE_ROW_DEFAULT_CONTROL(...)
#define __FE_ROW_FIELD_CONTROL(...)

#define __FE_ROW_FILE_REF(row)	__FE_ROW_FILE_REF_IS row
#define __FE_ROW_FILE_REF_IS(row_kind, name, ...)	&__fe_file_##name,

#define __FE_ROW_FILE(row)	__FE_ROW_FILE_OF row
#define __FE_ROW_FILE_OF(row_kind, name, str, ...)			\
	__FE_ROW_FILE_##row_kind(name, __VA_ARGS__)			\
	__FE_CONFIGFS_FILE(__fe_file_##name, str, 0644, __fe_show_##name, __fe_store_##name)

#define __FE_ROW_FILE_VALUE(field_, ...)				\
	static ssize_t __fe_show_##field_(struct config_item *item, char *page) \
	{								\
		return fe_configfs_show(item, &__fe_field_##field_, page); \
	}								\
									\
	static ssize_t __fe_store_##field_(struct config_item *item, const char *page, \
					   size_t len)			\
	{								\
		return fe_configfs_store(item, &__fe_field_##field_, page, len); \
	}

/* The typedef holds all controls, and the driver, to one type of state. */
#define __FE_ROW_FILE_CONTROL(name, state_, show_, set_)		\
	typedef struct state_ __fe_control_state_t;			\
	static ssize_t __fe_show_##name(struct config_item *item, char *page) \
	{								\
		struct fe_bound *bound;					\
		ssize_t ret;						\
		int gate = fe_configfs_enter(item, &bound);		\
									\
		if (gate < 0)						\
			return gate;					\
		ret = __FE_TEXT_SHOW(__fe_control_state_t, show_,	\
				     fe_bound_state(bound), page);	\
		fe_configfs_exit(bound, gate);				\
		return ret;						\
	}								\
									\
	static ssize_t __fe_store_##name(struct config_item *item, const char *page, size_t len) \
	{								\
		struct fe_bound *bound;					\
		ssize_t ret;						\
		int gate;						\
									\
		if (!fe_text_is_whole(page, len))			\
			return -EINVAL;					\
		gate = fe_configfs_enter(item, &bound);			\
		if (gate < 0)						\
			return gate;					\
		ret = __FE_TEXT_SET(__fe_control_state_t, set_,		\
				    fe_bound_state(bound), page, len);	\
		fe_configfs_exit(bound, gate);				\
		return ret;						\
	}

/**
 * FE_CONFIGFS_DRIVER() - define and register a driver of faux devices that users make: the
 * module's only entry and exit
 * @state_: as FE_FAUX_DRIVER(); the driver's directory in configfs has this name
 * @config_: tag of the structure that devices are configured with, declared by FE_CONFIGFS()
 * @...: operations, as FE_FAUX_DRIVER(). What probe fails with is what writing "power" answers
 *
 * The devices made at load have no directory.
 */
#define FE_CONFIGFS_DRIVER(state_, config_, ...)			\
	FE_CONFIGFS_DRIVER_ONLY(state_, config_, __VA_ARGS__);		\
									\
	static int __init state_##__fe_init(void)			\
	{								\
		return fe_configfs_register(&state_##__fe_configfs, THIS_MODULE); \
	}								\
	module_init(state_##__fe_init);					\
									\
	static void __exit state_##__fe_exit(void)			\
	{								\
		fe_configfs_unregister(&state_##__fe_configfs);		\
	}								\
	module_exit(state_##__fe_exit)

/**
 * FE_CONFIGFS_DRIVER_ONLY() - define such a driver in a module with its own entry
 * @state_: as FE_CONFIGFS_DRIVER()
 * @config_: as FE_CONFIGFS_DRIVER()
 * @...: as FE_CONFIGFS_DRIVER()
 *
 * Defines struct fe_configfs state___fe_configfs, for fe_configfs_register().
 */
#define FE_CONFIGFS_DRIVER_ONLY(state_, config_, ...)			\
	FE_FAUX_DRIVER_ONLY(state_, config_, __VA_ARGS__);		\
	typedef struct state_ __fe_control_state_t;			\
	static_assert(sizeof(#state_) <= CONFIGFS_ITEM_NAME_LEN,	\
		       "the name is too long for configfs");		\
									\
	static struct fe_configfs state_##__fe_configfs = {		\
		.faux		= &state_##__fe_driver,			\
		.group.ct_owner	= THIS_MODULE,				\
		.group.ct_attrs	= config_##__fe_group_files,		\
		.item.ct_owner	= THIS_MODULE,				\
		.item.ct_attrs	= config_##__fe_files,			\
	}

#endif /* _FERRULE_CONFIGFS_H */

// SPDX-License-Identifier: GPL-2.0
/*
 * P24: a device is freed, its files in debugfs are not
 *
 * Class: uaf-debugfs-sysfs
 * Was: CVE-2026-90219, c4iw_register_device()
 * Answer: does not build. Files are declared in probe and go with the binding, however it
 *   ends, after who is in them has left (kunit/debugfs_kunit.c); the state that they show goes
 *   later. What the driver may free before is reached under its lock, and only there.
 * Layer: <ferrule/debugfs.h>
 */
#include <ferrule/box.h>
#include <ferrule/debugfs.h>
#include <ferrule/lock.h>
#include <ferrule/platform.h>

struct table {
	u32			entries;
};

struct tables {
	struct table		*table __fe_own;
};

FE_DROP(tables, (fe_boxed, table));
FE_MUTEX(tables_lock, struct tables);
FE_LOCK_DROP(tables_lock, tables);

struct dev {
	struct tables_lock	tables;
	struct fe_debugfs	debugfs;
};

FE_DROP(dev, (tables_lock, tables));

static int dev_show_entries(const struct dev *dev, struct fe_text_out *text)
{
	struct tables *tables __fe_unlock(tables_lock) = fe_lock(&dev->tables);

	if (!tables->table)
		return -ENOENT;
	fe_text_add(text, "%u\n", tables->table->entries);
	return 0;
}

static int dev_show_without_the_lock(const struct dev *dev, struct fe_text_out *text)
{
	struct table *table;

	{
		struct tables *tables __fe_unlock(tables_lock) = fe_lock(&dev->tables);	/* note: unguarded-access */

		table = tables->table;
	}
	fe_text_add(text, "%u\n", table->entries);	/* error: unguarded-access */
	return 0;
}

FE_DEBUGFS(dev, debugfs, FE_DEBUGFS_FILE_RO(entries, dev_show_entries),
	   FE_DEBUGFS_FILE_RO(late, dev_show_without_the_lock));

static int dev_probe(struct fe_dev *fe, struct dev *dev)
{
	fe_lock_init(&dev->tables);
	return dev_debugfs_declare(fe, dev);
}

FE_PLATFORM_DRIVER(dev, .probe = dev_probe, .drop = dev_drop);

static const struct file_operations entries_fops = {
	.read	= seq_read,				/* error: foreign-symbol */
};

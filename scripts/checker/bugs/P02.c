// SPDX-License-Identifier: GPL-2.0
/*
 * P02: file operations that do not name their module
 *
 * Class: module
 * Was: btusb, force_poll_sync_fops
 * Answer: cannot be written: the layer makes the file operations in the driver's own unit, and
 *   names its module (kunit/debugfs_kunit.c; drivers/edu/edu-test-unbind.c: rmmod under an open
 *   file); a table of the driver's own is refused.
 * Layer: <ferrule/debugfs.h>, <ferrule/miscdev.h>
 */
#include <ferrule/debugfs.h>
#include <ferrule/lock.h>
#include <ferrule/platform.h>

struct poll_sync {
	bool			forced;
};

FE_SPINLOCK(poll_sync_lock, struct poll_sync);

struct hub {
	struct poll_sync_lock	poll_sync;
	struct fe_debugfs	debugfs;
};

static int hub_show_poll_sync(const struct hub *hub, struct fe_text_out *text)
{
	struct poll_sync *sync __fe_unlock(poll_sync_lock) = fe_lock(&hub->poll_sync);

	fe_text_add(text, "%d\n", sync->forced);
	return 0;
}

static int hub_set_poll_sync(const struct hub *hub, struct fe_text_in *text)
{
	u64 on;
	int ret = fe_text_number(text, &on) ?: fe_text_end(text);

	if (ret)
		return ret;

	struct poll_sync *sync __fe_unlock(poll_sync_lock) = fe_lock(&hub->poll_sync);

	sync->forced = on;
	return 0;
}

FE_DEBUGFS(hub, debugfs, FE_DEBUGFS_FILE(poll_sync, hub_show_poll_sync, hub_set_poll_sync));

static int hub_probe(struct fe_dev *dev, struct hub *hub)
{
	fe_lock_init(&hub->poll_sync);
	return hub_debugfs_declare(dev, hub);
}

FE_PLATFORM_DRIVER(hub, .probe = hub_probe);

static const struct file_operations poll_sync_fops = {
	.llseek	= noop_llseek,			/* error: foreign-symbol */
};

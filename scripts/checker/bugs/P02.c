// SPDX-License-Identifier: GPL-2.0
/*
 * P02: file operations that do not name their module
 *
 * Class: module
 * Was: btusb, force_poll_sync_fops
 * Answer: cannot be written: the layer makes the file operations in the driver's own unit, and
 *   names its module (drivers/edu/edu-test-unbind.c: rmmod under an open file); a table of
 *   the driver's own is refused.
 * Layer: <ferrule/miscdev.h>; none for debugfs yet
 */
#include <ferrule/miscdev.h>

static const struct file_operations poll_sync_fops = {
	.llseek	= noop_llseek,			/* error: foreign-symbol */
};

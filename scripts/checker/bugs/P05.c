// SPDX-License-Identifier: GPL-2.0
/*
 * P05: an open file points to the state that disconnect freed
 *
 * Class: uaf-open-file
 * Was: CVE-2026-53025, greybus raw
 * Answer: cannot be written: the layer hands each operation the state, only while the device is
 *   bound, and frees it with the last open file (drivers/edu/edu-test-unbind.c: -ENODEV);
 *   finding the state by hand is refused.
 * Layer: <ferrule/miscdev.h>
 */
#include <ferrule/miscdev.h>

struct raw {
	int connection;
	struct fe_miscdev node;
};

struct raw_file {
	struct fe_file fe;
};

static int open_by_hand(struct raw_file *file, const struct fe_miscdev *node)
{
	return container_of(node, struct raw, node)->connection;	/* error: container-of */
}

static void *private_data(const struct raw_file *file)
{
	return file->fe.filp->private_data;	/* error: foreign-field, error: private-field */
}

/* A pointer to the state that a file keeps. */
struct keeper {
	struct fe_file fe;
	const struct raw *raw;
};

static int kept(const struct raw *raw, struct keeper *file)	/* note: borrow-escapes */
{
	file->raw = raw;			/* error: borrow-escapes */
	return 0;
}

// SPDX-License-Identifier: GPL-2.0
/*
 * P11: a callback of a device unregisters the device, whose lock is held
 *
 * Class: deadlock
 * Was: CVE-2026-93098, rpmsg glink
 * Answer: cannot be written: no callback has a handle by which a device is unregistered, and
 *   there is no remove(); the kernel's function is refused. What a lock of the driver's own
 *   does to itself is double-lock.
 * Layer: <ferrule/bound.h>, <ferrule/lock.h>
 */
#include <ferrule/lock.h>
#include <ferrule/pci.h>

struct channel {
	int open;
};

FE_MUTEX(channel_lock, struct channel);

struct glink {
	struct channel_lock channel;
};

static void remove(struct fe_pci_dev *pdev)
{
	device_unregister((struct device *)NULL);	/* error: foreign-symbol */
}

static int close_channel(const struct glink *g)
{
	struct channel *c __fe_unlock(channel_lock) = fe_lock(&g->channel);	/* note: double-lock */
	struct channel *d __fe_unlock(channel_lock) = fe_lock(&g->channel);	/* error: double-lock */

	return c->open + d->open;
}

// SPDX-License-Identifier: GPL-2.0
/* DEBUG=1: what is live, who acquired it, and faults on request. */
#include <linux/debugfs.h>
#include <linux/module.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/xarray.h>

#include "debug.h"

struct fe_owned_value {
	const char	*kind;
	unsigned long	site;
};

static LIST_HEAD(fe_live);
static DEFINE_MUTEX(fe_live_lock);
static DEFINE_XARRAY_FLAGS(fe_values, XA_FLAGS_LOCK_IRQ);	/* address -> fe_owned_value */
static struct dentry *fe_debugfs;

static DEFINE_SPINLOCK(fe_fault_lock);
static unsigned int fe_fail_nth;
static char fe_fail_point[32];

module_param_named(fail_nth, fe_fail_nth, uint, 0644);
MODULE_PARM_DESC(fail_nth, "let the Nth acquisition from now fail, once");
module_param_string(fail_point, fe_fail_point, sizeof(fe_fail_point), 0644);
MODULE_PARM_DESC(fail_point, "count only acquisitions of this name");

int fe_fault(const char *name)
{
	const char *point = strim(fe_fail_point);
	unsigned long flags;
	bool hit = false;

	spin_lock_irqsave(&fe_fault_lock, flags);
	if (fe_fail_nth && (!*point || !strcmp(point, name)))
		hit = !--fe_fail_nth;
	spin_unlock_irqrestore(&fe_fault_lock, flags);
	if (!hit)
		return 0;
	pr_info("ferrule: fault injected into %s\n", name);
	return -ENOMEM;
}

void fe_debug_remember(struct fe_bound *bound)
{
	mutex_lock(&fe_live_lock);
	list_add_tail(&bound->live, &fe_live);
	mutex_unlock(&fe_live_lock);
}

void fe_debug_forget(struct fe_bound *bound)
{
	mutex_lock(&fe_live_lock);
	list_del(&bound->live);
	mutex_unlock(&fe_live_lock);
}

void fe_debug_lock(void)
{
	mutex_lock(&fe_live_lock);
}

void fe_debug_unlock(void)
{
	mutex_unlock(&fe_live_lock);
}

void fe_debug_own(const void *value, const char *kind, unsigned long site)
{
	struct fe_owned_value *entry = kmalloc(sizeof(*entry), GFP_ATOMIC);
	unsigned long flags;
	void *old;

	if (!entry)
		return;
	entry->kind = kind;
	entry->site = site;
	xa_lock_irqsave(&fe_values, flags);
	old = __xa_store(&fe_values, (unsigned long)value, entry, GFP_ATOMIC);
	xa_unlock_irqrestore(&fe_values, flags);
	if (xa_is_err(old))
		kfree(entry);
}

void fe_debug_disown(const void *value)
{
	struct fe_owned_value *entry;
	unsigned long flags;

	xa_lock_irqsave(&fe_values, flags);
	entry = __xa_erase(&fe_values, (unsigned long)value);
	xa_unlock_irqrestore(&fe_values, flags);
	kfree(entry);
}

/* What is reported is forgotten: its site says nothing once the module is gone. */
static void fe_debug_report(const char *who, const struct module *owner)
{
	struct fe_owned_value *entry;
	unsigned long value, flags;

	xa_lock_irqsave(&fe_values, flags);
	xa_for_each(&fe_values, value, entry) {
		if (owner && !within_module(entry->site, owner))
			continue;
		pr_err("ferrule: %s leaked: %s, acquired at %pS\n", who, entry->kind,
		       (void *)entry->site);
		__xa_erase(&fe_values, value);
		kfree(entry);
	}
	xa_unlock_irqrestore(&fe_values, flags);
}

void fe_debug_driver_gone(const struct device_driver *core)
{
	if (core->owner)
		fe_debug_report(core->name, core->owner);
}

static int live_show(struct seq_file *m, void *unused)
{
	struct fe_owned_value *entry;
	struct fe_bound *bound;
	unsigned long value;
	struct fe_res *res;

	mutex_lock(&fe_live_lock);
	list_for_each_entry(bound, &fe_live, live) {
		seq_printf(m, "%s %s\n", bound->drv->name, dev_name(bound->dev));
		list_for_each_entry(res, &bound->resources, node)
			seq_printf(m, "  %-16s%s acquired at %pS\n", res->ops->name,
				   res->armed ? " armed," : "", (void *)res->site);
	}
	mutex_unlock(&fe_live_lock);
	xa_lock_irq(&fe_values);
	xa_for_each(&fe_values, value, entry)
		seq_printf(m, "%s acquired at %pS\n", entry->kind, (void *)entry->site);
	xa_unlock_irq(&fe_values);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(live);

void fe_debug_init(void)
{
	fe_debugfs = debugfs_create_dir("ferrule", NULL);
	debugfs_create_file("live", 0400, fe_debugfs, NULL, &live_fops);
}

void fe_debug_exit(void)
{
	debugfs_remove_recursive(fe_debugfs);
	fe_debug_report("nobody knows who", NULL);
	xa_destroy(&fe_values);
}

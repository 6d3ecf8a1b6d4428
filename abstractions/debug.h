/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What DEBUG=1 adds to the layer: live resources, owned values and fault points.
 * Without it every function here is empty, and no driver behaves differently.
 */
#ifndef _FERRULE_DEBUG_H
#define _FERRULE_DEBUG_H

#include <ferrule/bound.h>

#ifdef FERRULE_DEBUG

/**
 * fe_fault() - the fault point of an acquire function
 * @name: of the point
 *
 * Module parameters choose the victim: fail_nth=N lets the Nth acquisition from now
 * fail (once), fail_point=NAME counts only those of that name.
 *
 * Return: 0, or -ENOMEM for the chosen one.
 */
int fe_fault(const char *name);

/* Bindings and their resources, for the file "live" in debugfs. */
void fe_debug_remember(struct fe_bound *bound);
void fe_debug_forget(struct fe_bound *bound);
void fe_debug_lock(void);
void fe_debug_unlock(void);

static inline void fe_debug_site(struct fe_res *res, unsigned long site)
{
	res->site = site;
}

/**
 * fe_debug_own() - remember an owned value
 * @value: what the layer allocated
 * @kind: "box", "dma_buf", "page"
 * @site: who acquired it
 */
void fe_debug_own(const void *value, const char *kind, unsigned long site);
void fe_debug_disown(const void *value);

/**
 * fe_debug_driver_gone() - report the owned values that a driver never dropped
 * @core: unregistered, so that nothing of it runs any more; its module is still there, to
 *	say where they were acquired
 *
 * Resources need no such report: the end of a binding releases them all.
 */
void fe_debug_driver_gone(const struct device_driver *core);

void fe_debug_init(void);
void fe_debug_exit(void);

#else

static inline int fe_fault(const char *name)
{
	return 0;
}

static inline void fe_debug_remember(struct fe_bound *bound) {}
static inline void fe_debug_forget(struct fe_bound *bound) {}
static inline void fe_debug_lock(void) {}
static inline void fe_debug_unlock(void) {}
static inline void fe_debug_site(struct fe_res *res, unsigned long site) {}
static inline void fe_debug_own(const void *value, const char *kind, unsigned long site) {}
static inline void fe_debug_disown(const void *value) {}
static inline void fe_debug_driver_gone(const struct device_driver *core) {}
static inline void fe_debug_init(void) {}
static inline void fe_debug_exit(void) {}

#endif /* FERRULE_DEBUG */
#endif /* _FERRULE_DEBUG_H */

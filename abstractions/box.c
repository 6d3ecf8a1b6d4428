// SPDX-License-Identifier: GPL-2.0
/* Boxes that are counted: see box.h for the others. */
#include <linux/module.h>

#include <ferrule/box.h>

#include "debug.h"

static void *fe_box_make(size_t size, gfp_t gfp, unsigned long site)
{
	void *box;

	if (fe_fault("box"))
		return ERR_PTR(-ENOMEM);
	/* SAFETY: as in box.h. */
	box = kzalloc(size, gfp | __GFP_NOWARN);
	if (!box)
		return ERR_PTR(-ENOMEM);
	fe_debug_own(box, "box", site);
	return box;
}

void *fe_box_alloc(size_t size)
{
	return fe_box_make(size, GFP_KERNEL, _RET_IP_);
}
EXPORT_SYMBOL_GPL(fe_box_alloc);

void *fe_box_alloc_atomic(size_t size)
{
	return fe_box_make(size, GFP_ATOMIC, _RET_IP_);
}
EXPORT_SYMBOL_GPL(fe_box_alloc_atomic);

void fe_box_drop(void *box)
{
	if (IS_ERR_OR_NULL(box))
		return;
	fe_debug_disown(box);
	kfree(box);
}
EXPORT_SYMBOL_GPL(fe_box_drop);

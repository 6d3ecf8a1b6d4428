// SPDX-License-Identifier: GPL-2.0
/* Arrays of owned elements. */
#include <linux/module.h>
#include <linux/sched.h>

#include <ferrule/xarray.h>

#include "debug.h"

/* So many elements are erased before interrupts have their turn. */
#define FE_XARRAY_BATCH		64

/*
 * SAFETY: of the cell: an array is written through const because sharing it is its purpose;
 * it lives in memory that the layer allocated. Its lock is taken for every change.
 */
static struct xarray *fe_xarray_raw(const struct fe_xarray *fe)
{
	return (struct xarray *)&fe->xa;
}

int fe_xarray_insert(const struct fe_xarray *fe, unsigned long index, void *element)
{
	int ret = fe_fault("xarray");

	return ret ?: xa_insert_irq(fe_xarray_raw(fe), index, element, GFP_NOIO | __GFP_NOWARN);
}
EXPORT_SYMBOL_GPL(fe_xarray_insert);

void fe_xarray_erase(const struct fe_xarray *fe, unsigned long index)
{
	struct xarray *xa = fe_xarray_raw(fe);
	unsigned long flags;
	void *element;

	xa_lock_irqsave(xa, flags);
	element = __xa_erase(xa, index);
	xa_unlock_irqrestore(xa, flags);
	if (element)
		fe->retire(element);
}
EXPORT_SYMBOL_GPL(fe_xarray_erase);

void fe_xarray_erase_range(const struct fe_xarray *fe, unsigned long first, unsigned long last)
{
	XA_STATE(xas, fe_xarray_raw(fe), first);
	unsigned int n = 0;
	void *element;

	xas_lock_irq(&xas);
	xas_for_each(&xas, element, last) {
		xas_store(&xas, NULL);
		fe->retire(element);
		if (++n % FE_XARRAY_BATCH || xas.xa_index == last)
			continue;
		/* Not xas_pause(): the node may be gone with its last element. */
		xas_set(&xas, xas.xa_index + 1);
		xas_unlock_irq(&xas);
		cond_resched();
		xas_lock_irq(&xas);
	}
	xas_unlock_irq(&xas);
}
EXPORT_SYMBOL_GPL(fe_xarray_erase_range);

/* Nobody else has the array any more, or nobody ever had: it is all zero. */
void fe_xarray_drop(struct fe_xarray *fe, void (*end)(void *element))
{
	unsigned long index;
	void *element;

	if (!fe->retire)
		return;
	xa_for_each(&fe->xa, index, element) {
		end(element);
		cond_resched();
	}
	xa_destroy(&fe->xa);
}
EXPORT_SYMBOL_GPL(fe_xarray_drop);

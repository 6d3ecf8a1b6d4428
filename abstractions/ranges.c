// SPDX-License-Identifier: GPL-2.0
/* Sets of numbers, as ranges. */
#include <linux/module.h>
#include <linux/rcupdate.h>

#include <ferrule/ranges.h>

#include "debug.h"

/* What numbers in a set have for an entry. */
#define FE_RANGES_IN	xa_mk_value(1)

/*
 * SAFETY: of the cell: a set is written through const because sharing it is its purpose; it
 * lives in memory that the layer allocated. The tree's own lock is taken for every change.
 */
static struct maple_tree *fe_ranges_raw(const struct fe_ranges *r)
{
	return (struct maple_tree *)&r->tree;
}

/* One that was never made, which is all zero, has no lock that could be taken. */
void fe_ranges_drop(struct fe_ranges *r)
{
	if (r->tree.ma_flags)
		mtree_destroy(&r->tree);
}
EXPORT_SYMBOL_GPL(fe_ranges_drop);

static int fe_ranges_store(const struct fe_ranges *r, u64 first, u64 last, void *entry)
{
	int ret = fe_fault("ranges");

	if (ret)
		return ret;
	if (first > last || last == U64_MAX)
		return -EINVAL;
	return mtree_store_range(fe_ranges_raw(r), first, last, entry, GFP_KERNEL | __GFP_NOWARN);
}

int fe_ranges_add(const struct fe_ranges *r, u64 first, u64 last)
{
	return fe_ranges_store(r, first, last, FE_RANGES_IN);
}
EXPORT_SYMBOL_GPL(fe_ranges_add);

int fe_ranges_remove(const struct fe_ranges *r, u64 first, u64 last)
{
	return fe_ranges_store(r, first, last, NULL);
}
EXPORT_SYMBOL_GPL(fe_ranges_remove);

bool fe_ranges_search(const struct fe_ranges *r, u64 first, u64 n)
{
	unsigned long index = first;

	if (!n)
		return false;
	n = min(n, U64_MAX - first);	/* U64_MAX is in no set */
	return mt_find(fe_ranges_raw(r), &index, first + n - 1);
}
EXPORT_SYMBOL_GPL(fe_ranges_search);

bool fe_ranges_next(const struct fe_ranges *r, u64 *first, u64 *last)
{
	MA_STATE(mas, fe_ranges_raw(r), *first, *first);
	void *entry;

	rcu_read_lock();
	entry = mas_find(&mas, ULONG_MAX);
	if (entry) {
		*first = max_t(u64, *first, mas.index);
		*last = mas.last;
	}
	/* What was added piece by piece is one range all the same. */
	while (entry && mas_find(&mas, *last + 1))
		*last = mas.last;
	rcu_read_unlock();
	return entry;
}
EXPORT_SYMBOL_GPL(fe_ranges_next);

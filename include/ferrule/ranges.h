/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Sets of numbers, as ranges: such as the bad sectors of a disk.
 *
 * A set is a field of the driver's state. Any number of callbacks ask it and change it by const
 * at the same time: who asks waits for nobody, and sees each change as a whole. To ask an empty
 * set costs one load.
 */
#ifndef _FERRULE_RANGES_H
#define _FERRULE_RANGES_H

#include <linux/maple_tree.h>

#include <ferrule/own.h>

/**
 * struct fe_ranges - a set of numbers from 0 to U64_MAX - 1
 *
 * Invariants: initialised once, before its state is shared. A number is in the set if it has an
 * entry, which is no pointer. The tree is for readers under RCU.
 */
struct __fe_pinned __fe_cell __fe_owned fe_ranges {
	struct maple_tree	tree __fe_private;
};

/**
 * fe_ranges_init() - make an empty set
 * @r: a field of the driver's state
 *
 * Context: probe: nobody else has the set yet. See mt_init_flags().
 */
static inline void fe_ranges_init(struct fe_ranges *r __fe_init)
{
	mt_init_flags(&r->tree, MT_FLAGS_USE_RCU);
}

/* For the FE_DROP() of what contains the set. */
void fe_ranges_drop(struct fe_ranges *r __fe_drop);

/**
 * fe_ranges_add() - put numbers into a set
 * @r: the set
 * @first: the first one
 * @last: the last one, at least @first; less than U64_MAX
 *
 * Some or all of them may be in it.
 *
 * Context: may sleep. See mtree_store_range().
 * Return: 0; -EINVAL; -ENOMEM, and the set is as it was.
 */
int __fe_must_check fe_ranges_add(const struct fe_ranges *r, u64 first, u64 last) __fe_sleeps;

/**
 * fe_ranges_remove() - take numbers out of a set
 * @r: the set
 * @first: the first one
 * @last: the last one, at least @first; less than U64_MAX
 *
 * Some or all of them may not be in it.
 *
 * Context: may sleep. See mtree_store_range().
 * Return: 0; -EINVAL; -ENOMEM, and the set is as it was.
 */
int __fe_must_check fe_ranges_remove(const struct fe_ranges *r, u64 first, u64 last) __fe_sleeps;

__fe_private bool fe_ranges_search(const struct fe_ranges *r, u64 first, u64 n);

/**
 * fe_ranges_hit() - is one of these numbers in the set?
 * @r: the set
 * @first: the first number
 * @n: how many; of none, none is
 *
 * Context: any. See mt_find().
 * Return: true if at least one is.
 */
static __always_inline bool fe_ranges_hit(const struct fe_ranges *r, u64 first, u64 n)
{
	return unlikely(!mtree_empty(&r->tree)) && fe_ranges_search(r, first, n);
}

/**
 * fe_ranges_next() - the next range of a set
 * @r: the set
 * @first: where to look from, and then the first number of the range
 * @last: the last number of the range
 *
 * No two ranges touch, unless others change the set meanwhile.
 *
 *	for (first = 0; fe_ranges_next(r, &first, &last); first = last + 1)
 *
 * Context: any. See mas_find().
 * Return: false if there is none, and both are what they were.
 */
bool fe_ranges_next(const struct fe_ranges *r, u64 *first, u64 *last);

#endif /* _FERRULE_RANGES_H */

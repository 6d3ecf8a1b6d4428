/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Atomics: numbers that callbacks share without a lock, written through const.
 *
 * All-zero is a valid value: they need no initialisation.
 */
#ifndef _FERRULE_ATOMIC_H
#define _FERRULE_ATOMIC_H

#include <linux/atomic.h>

#include <ferrule/annotate.h>

/**
 * struct fe_counter - a 64-bit number, for statistics and identifiers
 *
 * Invariants: never defined const; read and written by its own functions only.
 */
struct __fe_pinned __fe_cell fe_counter {
	atomic64_t		value __fe_private;
};

/*
 * SAFETY: of the cell: an atomic is written through const because sharing it is its
 * purpose; it lives in memory that the layer allocated.
 */
static inline __fe_private atomic64_t *fe_counter_raw(const struct fe_counter *c)
{
	return (atomic64_t *)&c->value;
}

/**
 * fe_count() - add one
 * @c: the counter; wraps
 *
 * Context: any. No ordering. See atomic64_inc().
 */
static inline void fe_count(const struct fe_counter *c)
{
	atomic64_inc(fe_counter_raw(c));
}

/**
 * fe_count_by() - add to a counter
 * @c: the counter; wraps
 * @n: how much
 *
 * Context: any. No ordering. See atomic64_add().
 */
static inline void fe_count_by(const struct fe_counter *c, u64 n)
{
	atomic64_add(n, fe_counter_raw(c));
}

/**
 * fe_count_next() - add one and say what it made
 * @c: the counter
 *
 * Context: any. Fully ordered. See atomic64_inc_return().
 * Return: the new value: nobody else gets it before 2^64 calls.
 */
static inline u64 fe_count_next(const struct fe_counter *c)
{
	return atomic64_inc_return(fe_counter_raw(c));
}

/**
 * fe_counted() - read a counter
 * @c: the counter
 *
 * Context: any. No ordering. See atomic64_read().
 * Return: its value.
 */
static inline u64 fe_counted(const struct fe_counter *c)
{
	return atomic64_read(fe_counter_raw(c));
}

#endif /* _FERRULE_ATOMIC_H */

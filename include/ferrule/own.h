/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Owners: moving a value, and declaring what a type owns.
 *
 * An owned value has one owner at a time. An owner whose bytes are all zero owns
 * nothing: that is how the layer allocates driver state, how fe_move() leaves its
 * source, and why every drop function accepts it.
 */
#ifndef _FERRULE_OWN_H
#define _FERRULE_OWN_H

#include <linux/string.h>

#include <ferrule/annotate.h>
#include <ferrule/each.h>

/**
 * fe_move() - give a value away, leaving its owner empty
 * @x: an owner: a variable or a field, by name
 *
 * Use it as a whole argument, initialiser or right-hand side: C does not say in which
 * order arguments are evaluated.
 *
 * Context: any.
 * Return: the value. @x owns nothing afterwards.
 */
#define fe_move(x)							\
({									\
	typeof(x) *__fe_from = &(x);					\
	typeof(x) __fe_value = *__fe_from;				\
									\
	memset(__fe_from, 0, sizeof(*__fe_from));			\
	__fe_value;							\
})

/**
 * __fe_scoped() - end a value with the scope that declares its owner
 * @type: T, where T_drop() ends the value
 *
 * Example: struct fe_dma_buf buf __fe_scoped(fe_dma_buf) = { };
 *
 * Context: that of T_drop(), wherever the scope is left.
 */
#define __fe_scoped(type)	__attribute__((__cleanup__(type##_drop)))

#define __FE_DROP_FIELD(pair)	__FE_DROP_CALL pair
#define __FE_DROP_CALL(type, field)	type##_drop(&__fe_p->field);

/**
 * FE_DROP() - declare what a structure owns
 * @type: tag of the structure
 * @...: (T, field) for each field that owns something; T_drop() ends it
 *
 * Defines type_drop(), which ends the fields in the order given. Every owned field
 * must be named; a field that is empty is skipped by its own drop function.
 *
 * Example: FE_DROP(edu_engine, (fe_dma_map, map), (fe_dma_buf, buf));
 * A pointer that owns a box is a field of fe_boxed: FE_DROP(edu_queue, (fe_boxed, first));
 */
#define FE_DROP(type, ...)						\
	static inline void type##_drop(struct type *__fe_p __fe_drop)	\
	{								\
		FE_EACH(__FE_DROP_FIELD, __VA_ARGS__)			\
	}								\
	struct __fe_semicolon

#endif /* _FERRULE_OWN_H */

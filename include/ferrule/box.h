/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Boxes: one owned, zeroed allocation.
 *
 *	struct edu_request *req __fe_free = fe_box_new(struct edu_request);
 *
 *	if (IS_ERR(req))
 *		return PTR_ERR(req);
 *
 * The scope frees it, unless it was moved on by fe_move(req).
 */
#ifndef _FERRULE_BOX_H
#define _FERRULE_BOX_H

#include <linux/err.h>
#include <linux/overflow.h>
#include <linux/slab.h>

#include <ferrule/own.h>

/*
 * For the macros below. Zeroed; ERR_PTR(-ENOMEM), also if the size overflowed. Inline where nobody
 * keeps count, because the allocator is faster for a size that it knows.
 */
#ifdef FERRULE_DEBUG
void *fe_box_alloc(size_t size) __fe_gives __fe_sleeps;
void *fe_box_alloc_atomic(size_t size) __fe_gives;
#else
/*
 * SAFETY: struct_size() saturates, and SIZE_MAX bytes there are never. Who may not sleep has
 * GFP_ATOMIC: the other function says that it sleeps.
 */
static __always_inline __fe_trusted __fe_gives void *fe_box_made(size_t size, gfp_t gfp)
{
	void *box = kzalloc(size, gfp | __GFP_NOWARN);

	if (!box)
		return ERR_PTR(-ENOMEM);
	if (IS_ERR(box))
		__builtin_unreachable();	/* which the test at its end need not ask again */
	return box;
}

static __always_inline __fe_trusted __fe_gives __fe_sleeps void *fe_box_alloc(size_t size)
{
	return fe_box_made(size, GFP_KERNEL);
}

static __always_inline __fe_trusted __fe_gives void *fe_box_alloc_atomic(size_t size)
{
	return fe_box_made(size, GFP_ATOMIC);
}
#endif

/**
 * fe_box_new() - allocate a box
 * @type: of its content, which is zeroed
 *
 * Context: may sleep. See kzalloc().
 * Return: pointer to the content, owned by the caller; ERR_PTR(-ENOMEM).
 */
#define fe_box_new(type)						\
	((type *)fe_box_alloc(sizeof(type)))

/**
 * fe_box_new_atomic() - allocate a box where the caller must not sleep
 * @type: of its content, which is zeroed
 *
 * Context: any. See kzalloc() with GFP_ATOMIC.
 * Return: pointer to the content, owned by the caller; ERR_PTR(-ENOMEM).
 */
#define fe_box_new_atomic(type)						\
	((type *)fe_box_alloc_atomic(sizeof(type)))

/**
 * fe_box_new_tail() - allocate a box that ends with an array
 * @type: of its content, a structure
 * @member: its last one, a flexible array
 * @n: elements; a size that overflows is an allocation that fails
 *
 * Context: may sleep. See struct_size().
 * Return: pointer to the content, owned by the caller; ERR_PTR(-ENOMEM).
 */
#define fe_box_new_tail(type, member, n)				\
	((type *)fe_box_alloc(struct_size((type *)NULL, member, n)))

/**
 * fe_box_drop() - free a box
 * @box: owned by the caller, taken; empty, an error and NULL are fine
 *
 * Context: any. See kfree().
 *
 * SAFETY: what is no error came from kzalloc(), and has one owner, who gave it up.
 */
#ifdef FERRULE_DEBUG
void fe_box_drop(void *box __fe_take __fe_nullable);
#else
static __always_inline __fe_trusted void fe_box_drop(void *box __fe_take __fe_nullable)
{
	if (!IS_ERR_OR_NULL(box))
		kfree(box);
}
#endif

/**
 * fe_boxed_drop() - free the box that a pointer owns
 * @owner: the pointer, of whatever type: a variable, or a field marked __fe_own
 *
 * Example: FE_DROP(edu_queue, (fe_boxed, first));
 *
 * Context: any. See fe_box_drop().
 */
static inline void fe_boxed_drop(void *owner __fe_drop)
{
	fe_box_drop(*(void **)owner);
}

/* Frees a box with the scope that declares it. */
#define __fe_free	__fe_scoped(fe_boxed)

#endif /* _FERRULE_BOX_H */

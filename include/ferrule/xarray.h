/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Arrays of owned elements: sparse, indexed by a number, shared without a lock of the driver.
 *
 * FE_XARRAY(nullb_pages, fe_page) names the type of an array that owns pages. It is a field
 * of the driver's state, which any number of callbacks use by const at the same time. To
 * insert takes an element, if there was none; to erase ends it. To find one is to borrow it,
 * under a guard that keeps what it found from being freed:
 *
 *	const struct nullb_pages_view *view __fe_unlock(nullb_pages) = fe_xa_read(&nullb->pages);
 *	const struct fe_page *page = fe_xa_find(view, index);
 *
 * The guard is an RCU read section: readers wait for nobody, and nobody waits for them. An
 * element that is erased meanwhile is freed after it.
 *
 * What an array owns ends with it, in the FE_DROP() of the driver's state.
 */
#ifndef _FERRULE_XARRAY_H
#define _FERRULE_XARRAY_H

#include <linux/rcupdate.h>
#include <linux/xarray.h>

#include <ferrule/lock.h>
#include <ferrule/own.h>

/**
 * struct fe_xarray - an array of owned elements, without their type
 *
 * Invariants: initialised once, before its state is shared. Each entry is an element that
 * the array owns and that was not inserted elsewhere. What was an entry ends by @retire,
 * that is after the readers that may have found it.
 */
struct fe_xarray {
	struct xarray		xa __fe_private;
	void			(*retire)(void *element __fe_take) __fe_private;
};

/**
 * FE_XARRAY() - name the type of an array of owned elements
 * @name: tag of the type; a field of it goes into the driver's state
 * @type: tag of the elements' type, which type_drop() ends at once, and type_retire() after
 * its readers: fe_page
 *
 * Defines besides struct name:
 *
 *	void name_init(struct name *)	in probe; nothing works before
 *	void name_drop(struct name *)	for the FE_DROP() of what contains the array
 *	struct name_view		what fe_xa_read() gives, for __fe_unlock(name)
 */
#define FE_XARRAY(name, type)						\
	struct name##_view {						\
		struct fe_xarray	fe __fe_private;		\
		const struct type	*element[0] __fe_private; /* a type */ \
	};								\
	struct __fe_pinned __fe_cell __fe_owned name {			\
		struct name##_view	view __fe_private;		\
		const struct name##_view *guard[0] __fe_private; /* a type */ \
	};								\
	static void name##_retire(void *element __fe_take)		\
	{								\
		type##_retire((struct type *)element);			\
	}								\
	static void name##_end(void *element __fe_take)			\
	{								\
		type##_drop((struct type *)element);			\
	}								\
	static inline void name##_init(struct name *array __fe_init)	\
	{								\
		xa_init_flags(&array->view.fe.xa, XA_FLAGS_LOCK_IRQ);	\
		array->view.fe.retire = name##_retire;			\
	}								\
	/* SAFETY: nobody else has the array: its state is being made, or ends */ \
	static inline __fe_trusted					\
	void name##_drop(struct name *array __fe_drop)			\
	{								\
		fe_xarray_drop(&array->view.fe, name##_end);		\
	}								\
	/* SAFETY: a guard is from fe_xarray_read(), and ends once, with its scope */ \
	static __always_inline __fe_trusted __fe_ends_guard(fe_rcu)	\
	void name##_unlock(const struct name##_view **view __fe_drop)	\
	{								\
		if (*view)						\
			rcu_read_unlock();				\
	}								\
	struct __fe_semicolon

__fe_private void fe_xarray_drop(struct fe_xarray *fe, void (*end)(void *element __fe_take));
__fe_private int fe_xarray_insert(const struct fe_xarray *fe, unsigned long index,
				  void *element __fe_take_ok) __fe_must_check __fe_sleeps;
__fe_private void fe_xarray_erase(const struct fe_xarray *fe, unsigned long index);
__fe_private void fe_xarray_erase_range(const struct fe_xarray *fe, unsigned long first,
					unsigned long last) __fe_sleeps;

/*
 * SAFETY: rcu_read_lock() may be called anywhere, and nests. Its section ends in the same function,
 * which does not sleep until then: a guard cannot leave its scope, and its kind is atomic.
 */
static __always_inline __fe_trusted __fe_private __fe_gives_guard(fe_rcu) __fe_borrows(1)
const void *fe_xarray_read(const void *view)
{
	rcu_read_lock();
	return fe_guard_sure(view);
}

/*
 * SAFETY: of xas_load(): the RCU lock is held, by the guard of which @fe is a part. An entry
 * is found again if the array was changed under the walk.
 */
static __always_inline __fe_trusted __fe_private __fe_nullable
const void *fe_xarray_find(const struct fe_xarray *fe, unsigned long index)
{
	XA_STATE(xas, (struct xarray *)&fe->xa, index);
	void *entry;

	do {
		entry = xas_load(&xas);
	} while (xas_retry(&xas, entry));
	return entry;
}

/**
 * fe_xa_read() - look into an array
 * @x: pointer to an array
 *
 * Context: any; atomic until the guard ends. See rcu_read_lock().
 * Return: the guard, for fe_xa_find(). It borrows from the array.
 */
#define fe_xa_read(x)							\
({									\
	typeof(x) __fe_x = (x);						\
									\
	(typeof(__fe_x->guard[0]))fe_xarray_read(&__fe_x->view);	\
})

/**
 * fe_xa_find() - find an element
 * @v: a guard, from fe_xa_read()
 * @index: of the element
 *
 * Context: any. See xas_load().
 * Return: the element, borrowed from the guard; NULL if there is none.
 */
#define fe_xa_find(v, index)						\
({									\
	typeof(v) __fe_view = (v);					\
									\
	(typeof(__fe_view->element[0]))fe_xarray_find(&__fe_view->fe, index); \
})

/**
 * fe_xa_insert() - give an element to an array, where it has none
 * @x: pointer to an array
 * @index: of the element
 * @owner: a variable or field that owns it, by name; empty afterwards if 0 is returned,
 * untouched otherwise
 *
 * Memory is reclaimed for it without I/O.
 *
 * Context: may sleep. See xa_insert_irq() with GFP_NOIO.
 * Return: 0; -EBUSY if there is an element; -ENOMEM.
 */
#define fe_xa_insert(x, index, owner)					\
({									\
	typeof(x) __fe_x = (x);						\
	typeof(owner) *__fe_owner = &(owner);				\
	typeof(__fe_x->view.element[0]) __fe_same __maybe_unused = *__fe_owner; /* the type */ \
	int __fe_ret = fe_xarray_insert(&__fe_x->view.fe, index, *__fe_owner); \
									\
	if (!__fe_ret)							\
		*__fe_owner = NULL;					\
	__fe_ret;							\
})

/**
 * fe_xa_erase() - end an element
 * @x: pointer to an array
 * @index: of the element; there may be none
 *
 * Context: any. See xa_erase().
 */
#define fe_xa_erase(x, index)						\
	fe_xarray_erase(&(x)->view.fe, index)

/**
 * fe_xa_erase_range() - end the elements of a range
 * @x: pointer to an array
 * @first: index of the first one
 * @last: index of the last one; below @first means none
 *
 * Others may insert and erase in the range meanwhile: an element that was there before the
 * call and at its end was inserted again.
 *
 * Context: may sleep. See xas_store().
 */
#define fe_xa_erase_range(x, first, last)				\
	fe_xarray_erase_range(&(x)->view.fe, first, last)

#endif /* _FERRULE_XARRAY_H */

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The vocabulary of ownership: what a signature says about its pointers.
 *
 * Borrow is the default meaning of a pointer; taking and giving are spelled:
 *
 *	T *p			exclusive borrow: ends when the call returns
 *	const T *p		shared borrow: read, plus locks and atomics inside
 *	T *p __fe_take		the callee takes the value; the caller's variable
 *				is dead afterwards
 *	T *p __fe_take_ok	taken only if the call returns 0
 *	T *p __fe_drop		the callee ends the value in *p (a cleanup function)
 *	T *p __fe_out		filled with an owned value if, and only if, the call
 *				returns 0; *p must not own anything before
 *	T *p __fe_nullable	NULL is a legal argument
 *	T *p __fe_outlives(n)	must live at least as long as argument n
 *	T *p __fe_element(n, m)	filled with element m of the array n, which somebody
 *				else writes meanwhile; const T *p: stored there
 *
 * and of results:
 *
 *	__fe_gives		an owned value, or an ERR_PTR
 *	__fe_gives_sure		an owned value, never an error
 *	__fe_gives_guard(kind)	a guard; with __fe_must_check it may be an ERR_PTR. The
 *				kind (fe_mutex, fe_spin, fe_spin_irq, fe_spin_irq_on) says
 *				which context the caller is in while it holds the guard;
 *				of the last one, that interrupts are on before and after
 *	__fe_borrows(n, ...)	a borrow from these arguments (from the first is 1)
 *	__fe_tests		true only if the argument is valid, not an error
 *	__fe_must_check		an error that cannot be ignored
 *
 * One pointer parameter and a pointer result need no __fe_borrows(): the result
 * borrows from that parameter.
 *
 * Markers expand to attributes for the checker and to nothing without it: both
 * builds compile to the same program. Those on parameters and on functions are
 * part of the function's type, so that a callback's contract is checked where the
 * callback is put into its table.
 */
#ifndef _FERRULE_ANNOTATE_H
#define _FERRULE_ANNOTATE_H

#include <linux/build_bug.h>

#ifdef FERRULE_CHECKER
#define __fe_attr(...)		__attribute__((__VA_ARGS__))
#else
#define __fe_attr(...)
#endif

/* Types, between the keyword struct and the name. */

/* Move-only: every value is dropped or moved exactly once. */
#define __fe_owned		__fe_attr(fe_owned)
/* Never copied, moved or dropped by a driver: lives in the driver's state. */
#define __fe_pinned		__fe_attr(fe_pinned)
/* A cell: written through const by its own functions; never defined const. */
#define __fe_cell		__fe_attr(fe_cell)
/* Proof that the device is bound; ends with the callback that received it. */
#define __fe_token		__fe_attr(fe_token)

/* While it lives the device may write its memory: it is taken back, not dropped. */
#define __fe_on_device		__fe_attr(fe_on_device)
/*
 * How a value ends, if not by a drop: request. It then goes by rules of its own: a
 * request that does not end on some path is request-not-completed, one that ends a
 * second time completed-twice. What takes it ends it, or hands it on.
 */
#define __fe_ending(kind)	__fe_attr(fe_ending(#kind))
/*
 * A lock's place in the order of locks, from 1: it is taken only while every lock that
 * is held has a lower rank. Of one rank only one is held at a time.
 */
#define __fe_rank(n)		__fe_attr(fe_rank(n))

/* Fields, functions, variables: only the layer names it. */
#define __fe_private		__fe_attr(fe_private)
/* A pointer that owns what it points to: ends with the structure it is in. */
#define __fe_own		__fe_attr(fe_own)

/* Parameters. */
#define __fe_take		__fe_attr(fe_take)
#define __fe_take_ok		__fe_attr(fe_take_ok)
#define __fe_drop		__fe_attr(fe_drop)
#define __fe_out		__fe_attr(fe_out)
#define __fe_nullable		__fe_attr(fe_nullable)
#define __fe_outlives(n)	__fe_attr(fe_outlives(n))
#define __fe_element(...)	__fe_attr(fe_element(__VA_ARGS__))
/* Makes the cell or handle behind the pointer fit to be used and published. */
#define __fe_init		__fe_attr(fe_init)
/* Acquires what the handle stands for; probe calls it for each handle in the state. */
#define __fe_acquire		__fe_attr(fe_acquire)
/* The data of a lock, by its guard, or by a parameter that says so: proof that it is held. */
#define __fe_guarded		__fe_attr(fe_guarded)
/* What is taken belongs to the device until it is taken back. */
#define __fe_to_device		__fe_attr(fe_to_device)
/* The bytes behind the pointer go to user space; come from there. */
#define __fe_to_user		__fe_attr(fe_to_user)
#define __fe_from_user		__fe_attr(fe_from_user)

/* Results. */
#define __fe_gives		__fe_attr(fe_gives) __must_check
#define __fe_gives_sure		__fe_attr(fe_gives_sure) __must_check
#define __fe_gives_guard(kind)	__fe_attr(fe_gives_guard(#kind)) __must_check
#define __fe_borrows(...)	__fe_attr(fe_borrows(__VA_ARGS__))
/* Ends a guard, which must be of this kind: see wrong-unlock. */
#define __fe_ends_guard(kind)	__fe_attr(fe_ends_guard(#kind))
#define __fe_tests		__fe_attr(fe_tests)
/* Registers: the first argument holds; is not larger than the second. */
#define __fe_requires		__fe_attr(fe_requires)
#define __fe_narrows		__fe_attr(fe_narrows)
#define __fe_must_check		__fe_attr(fe_must_check) __must_check

/* Contexts: a function that can sleep says so; a callback says where it runs. */
#define __fe_sleeps		__fe_attr(fe_sleeps)
#define __fe_atomic		__fe_attr(fe_atomic)
#define __fe_hardirq		__fe_attr(fe_hardirq)
/* Runs in ->open(), under a lock of the character device core: must not wait. */
#define __fe_opening		__fe_attr(fe_opening)
/* Waits for a callback or for the device: see wait-in-open. */
#define __fe_waits		__fe_attr(fe_waits)
/* Ends such a wait, of whoever waits for what the first argument points to: see wait-under-lock. */
#define __fe_wakes		__fe_attr(fe_wakes)
/* Ends devices, and waits until their callbacks have returned: see self-unbind. */
#define __fe_unbinds		__fe_attr(fe_unbinds)
/* Exists only between a successful probe and unbind. */
#define __fe_bound		__fe_attr(fe_bound)

/*
 * The layer's own: a function that does what the rules cannot see. One function
 * at a time, with a SAFETY comment that answers each condition of the kernel API.
 */
#define __fe_trusted		__fe_attr(fe_trusted)

/*
 * The dialect's one way out: FE_UNSAFE("why this is sound"); among the declarations
 * of a block lifts the rules from there to the end of that block. It is counted,
 * and the build prints the count.
 */
#ifdef FERRULE_CHECKER
#define FE_UNSAFE(reason)						\
	const char __fe_unsafe __attribute__((fe_unsafe(reason), unused)) = 0
#else
#define FE_UNSAFE(reason)						\
	static_assert(sizeof(reason) > sizeof(""), "FE_UNSAFE() needs a reason")
#endif

#endif /* _FERRULE_ANNOTATE_H */

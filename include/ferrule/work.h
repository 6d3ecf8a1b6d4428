/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Work: a callback in process context, now or after some time, for what an interrupt handler or a
 * timer finds that has to sleep.
 *
 * A work item is declared in probe, can be queued when probe is over, and is stopped before what
 * it uses: its handler never sees a state that is half made or half gone.
 */
#ifndef _FERRULE_WORK_H
#define _FERRULE_WORK_H

#include <linux/jiffies.h>
#include <linux/workqueue.h>

#include <ferrule/bound.h>

/**
 * struct fe_work - a work item of a bound device
 *
 * Invariants: its handler runs only while @on, that is from after probe until unbind, and not
 * beside itself. All zero, it is off: one that was not declared never runs.
 */
struct __fe_pinned __fe_cell fe_work {
	struct fe_res		fe __fe_private;
	struct delayed_work	work __fe_private;
	bool			on __fe_private;
};

/* For FE_WORK(). */
int __fe_must_check fe_work_declare(struct fe_dev *dev, struct fe_work *w __fe_acquire,
				    work_func_t handle);

/*
 * SAFETY: of the cell: a work item is written through const because it locks itself; it lives in
 * memory that the layer allocated.
 */
static inline __fe_private struct delayed_work *fe_work_raw(const struct fe_work *w)
{
	return (struct delayed_work *)&w->work;
}

static inline __fe_private bool fe_work_on(const struct fe_work *w)
{
	return READ_ONCE(w->on);
}

/* The state that a work item is in, for the thunks that know its type. */
static inline __fe_private const void *fe_work_state(const struct fe_work *w)
{
	return fe_bound_state(w->fe.bound);
}

/**
 * fe_work_queue_after() - have the handler called once
 * @w: the work item; if it was queued before and its handler not called yet, that is forgotten
 * @msec: milliseconds from now, at least
 *
 * One that is queued while its handler runs is called once more. Before probe is over, and from
 * unbind on, nothing happens.
 *
 * The handler runs on the system's queue, which others use, too, and which the kernel does not
 * keep going when memory is short: memory must not wait for it to be freed.
 *
 * Context: any; the handler may queue its own work item. See mod_delayed_work().
 *
 * SAFETY: a caller may see the work item on for the last time and queue it after it was stopped.
 * The thunk sees that it is off, and when the memory goes, all callers are gone and the work item
 * is cancelled once more.
 */
static inline void fe_work_queue_after(const struct fe_work *w, unsigned int msec)
{
	/* The tick that is on its way may come at once. */
	unsigned long ticks = msec ? msecs_to_jiffies(msec) + 1 : 0;

	if (fe_work_on(w))
		mod_delayed_work(system_wq, fe_work_raw(w), ticks);
}

/**
 * fe_work_queue() - have the handler called as soon as possible
 * @w: the work item
 *
 * As fe_work_queue_after() without a delay.
 *
 * Context: any.
 */
static inline void fe_work_queue(const struct fe_work *w)
{
	fe_work_queue_after(w, 0);
}

/**
 * fe_work_cancel() - forget that a work item was queued
 * @w: the work item
 *
 * The handler may be running, and is not waited for.
 *
 * Context: any. See cancel_delayed_work().
 */
static inline void fe_work_cancel(const struct fe_work *w)
{
	if (fe_work_on(w))
		cancel_delayed_work(fe_work_raw(w));
}

/**
 * FE_WORK() - define a work item
 * @state_: tag of the driver's state
 * @field: the struct fe_work in it
 * @handler: void handler(const struct state_ *): runs in process context and may sleep; whatever of
 *	the layer it waits for, unbind ends with -ENODEV
 *
 * Defines state_field_declare(dev, state), to be called in probe; it returns 0 or what
 * fe_res_check() says.
 */
#define FE_WORK(state_, field, handler)					\
	static const struct {						\
		void (*handle)(const struct state_ *state) __fe_sleeps __fe_bound; \
	} __fe_##state_##_##field##_ops = { handler };			\
									\
	static void							\
	__fe_##state_##_##field##_thunk(struct work_struct *work)	\
	{								\
		const struct fe_work *w = container_of(work, struct fe_work, work.work); \
									\
		if (fe_work_on(w))					\
			__fe_##state_##_##field##_ops.handle(fe_work_state(w)); \
	}								\
									\
	static int __fe_must_check					\
	state_##_##field##_declare(struct fe_dev *dev, struct state_ *state) \
	{								\
		return fe_work_declare(dev, &state->field,		\
				       __fe_##state_##_##field##_thunk); \
	}								\
	struct __fe_semicolon

#endif /* _FERRULE_WORK_H */

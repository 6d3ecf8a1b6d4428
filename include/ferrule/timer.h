/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Timers: a callback after some time, to the nanosecond.
 *
 * A timer is declared in probe, can be started when probe is over, and is stopped before what it
 * uses: its handler never sees a state that is half made or half gone.
 */
#ifndef _FERRULE_TIMER_H
#define _FERRULE_TIMER_H

#include <linux/hrtimer.h>

#include <ferrule/bound.h>

/**
 * struct fe_timer - a timer of a bound device
 *
 * Invariants: its handler runs only while @on, that is from after probe until unbind. All zero,
 * it is off: one that was not declared never runs.
 */
struct __fe_pinned __fe_cell fe_timer {
	struct fe_res		fe __fe_private;
	struct hrtimer		timer __fe_private;
	bool			on __fe_private;
};

/* For FE_TIMER(). */
int __fe_must_check fe_timer_declare(struct fe_dev *dev, struct fe_timer *t __fe_acquire,
				     enum hrtimer_restart (*expire)(struct hrtimer *timer));

/*
 * SAFETY: of the cell: a timer is written through const because it locks itself; it lives in
 * memory that the layer allocated.
 */
static inline __fe_private struct hrtimer *fe_timer_raw(const struct fe_timer *t)
{
	return (struct hrtimer *)&t->timer;
}

static inline __fe_private bool fe_timer_on(const struct fe_timer *t)
{
	return READ_ONCE(t->on);
}

/* The state that a timer is in, for the thunks that know its type. */
static inline __fe_private const void *fe_timer_state(const struct fe_timer *t)
{
	return fe_bound_state(t->fe.bound);
}

/**
 * fe_timer_start() - have the handler called once
 * @t: the timer; if it was started before, that is forgotten
 * @nsec: nanoseconds from now, at least
 *
 * Before probe is over, and from unbind on, nothing happens.
 *
 * Context: any; the handler may start its own timer. See hrtimer_start().
 *
 * SAFETY: a caller may see the timer on for the last time and start it after it was stopped. The
 * thunk sees that it is off, and when the timer's memory goes, all callers are gone and the timer
 * is cancelled once more.
 */
static inline void fe_timer_start(const struct fe_timer *t, u64 nsec)
{
	if (fe_timer_on(t))
		hrtimer_start(fe_timer_raw(t), ns_to_ktime(nsec), HRTIMER_MODE_REL);
}

/**
 * fe_timer_cancel() - forget that a timer was started
 * @t: the timer
 *
 * The handler may be running, and is not waited for.
 *
 * Context: any. See hrtimer_try_to_cancel().
 */
static inline void fe_timer_cancel(const struct fe_timer *t)
{
	if (fe_timer_on(t))
		hrtimer_try_to_cancel(fe_timer_raw(t));
}

/**
 * FE_TIMER() - define a timer
 * @state_: tag of the driver's state
 * @field: the struct fe_timer in it
 * @handler: u64 handler(const struct state_ *): runs in hard interrupt context; returns the
 *	nanoseconds from now until it is to be called again, or 0. Only one is running at a time
 *
 * Defines state_field_declare(dev, state), to be called in probe; it returns 0 or what
 * fe_res_check() says.
 */
#define FE_TIMER(state_, field, handler)				\
	static const struct {						\
		u64 (*handle)(const struct state_ *state) __fe_hardirq __fe_bound; \
	} __fe_##state_##_##field##_ops = { handler };			\
									\
	static enum hrtimer_restart					\
	__fe_##state_##_##field##_thunk(struct hrtimer *timer)		\
	{								\
		const struct fe_timer *t = container_of(timer, struct fe_timer, timer); \
		u64 nsec;						\
									\
		if (!fe_timer_on(t))					\
			return HRTIMER_NORESTART;			\
		nsec = __fe_##state_##_##field##_ops.handle(fe_timer_state(t)); \
		if (nsec)						\
			fe_timer_start(t, nsec);			\
		return HRTIMER_NORESTART;				\
	}								\
									\
	static int __fe_must_check					\
	state_##_##field##_declare(struct fe_dev *dev, struct state_ *state) \
	{								\
		return fe_timer_declare(dev, &state->field,		\
					__fe_##state_##_##field##_thunk); \
	}								\
	struct __fe_semicolon

#endif /* _FERRULE_TIMER_H */

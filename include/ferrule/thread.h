/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Threads: a function of the driver's that goes on by itself, for as long as the device works.
 *
 * A thread is declared in probe, starts when probe is over, and is stopped before anything that
 * it uses is released. It may return when it likes. At unbind it has to: whatever of the layer it
 * sleeps or waits in ends with -ENODEV then, and is waited for until it has returned. A thread
 * that neither sleeps nor asks is waited for without end.
 */
#ifndef _FERRULE_THREAD_H
#define _FERRULE_THREAD_H

#include <linux/completion.h>
#include <linux/sched.h>

#include <ferrule/bound.h>

/**
 * struct fe_thread - a thread of a bound device
 *
 * Invariants: its function is called once at most, and has returned when unbind is over.
 * @task is set, with a reference, from when it is armed until it is stopped; @end is complete, for
 * good, from unbind on.
 */
struct __fe_pinned __fe_cell fe_thread {
	struct fe_res		fe __fe_private;
	struct task_struct	*task __fe_private;
	struct completion	end __fe_private;
	int			(*run)(void *thread) __fe_private;
};

/* For FE_THREAD(). */
int __fe_must_check fe_thread_declare(struct fe_dev *dev, struct fe_thread *t __fe_acquire,
				      int (*run)(void *thread));

/* The state that a thread is in, for the thunks that know its type. */
static inline __fe_private const void *fe_thread_state(const struct fe_thread *t)
{
	return fe_bound_state(t->fe.bound);
}

/**
 * fe_thread_sleep() - sleep for some time, or until the thread is to end
 * @t: the thread
 * @msec: milliseconds, at least; 0: others that want the CPU have their turn, and this only asks
 *
 * Any other callback may sleep here, too.
 *
 * Context: may sleep. See wait_for_completion_interruptible_timeout(), cond_resched().
 * Return: 0; -ENODEV if the device is being unbound; -ERESTARTSYS after a signal, which the
 * thread itself gets none of.
 */
int __fe_must_check fe_thread_sleep(const struct fe_thread *t, unsigned int msec)
	__fe_sleeps __fe_waits;

/**
 * FE_THREAD() - define a thread
 * @state_: tag of the driver's state
 * @field: the struct fe_thread in it
 * @function: void function(const struct state_ *): runs in process context and may sleep. It
 *	returns soon after anything of the layer that it sleeps or waits in has said -ENODEV
 *
 * Defines state_field_declare(dev, state), to be called in probe; it returns 0 or what
 * fe_res_check() says. The binding fails if the thread cannot be made, see kthread_create().
 */
#define FE_THREAD(state_, field, function)				\
	static const struct {						\
		void (*run)(const struct state_ *state) __fe_sleeps __fe_bound; \
	} __fe_##state_##_##field##_ops = { function };			\
									\
	static int							\
	__fe_##state_##_##field##_thunk(void *thread)			\
	{								\
		__fe_##state_##_##field##_ops.run(fe_thread_state(thread)); \
		return 0;						\
	}								\
									\
	static int __fe_must_check					\
	state_##_##field##_declare(struct fe_dev *dev, struct state_ *state) \
	{								\
		return fe_thread_declare(dev, &state->field,		\
					 __fe_##state_##_##field##_thunk); \
	}								\
	struct __fe_semicolon

#endif /* _FERRULE_THREAD_H */

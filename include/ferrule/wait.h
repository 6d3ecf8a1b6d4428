/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Wait queues: waiting, and being polled, for a condition that others bring about.
 *
 * A waiter is woken with -ENODEV when the device is unbound, a poller with EPOLLHUP.
 */
#ifndef _FERRULE_WAIT_H
#define _FERRULE_WAIT_H

#include <linux/wait.h>

#include <ferrule/file.h>

/**
 * struct fe_waitq - those who wait for a change
 *
 * Invariants: initialised once, in probe.
 */
struct __fe_pinned __fe_cell fe_waitq {
	struct fe_res		fe __fe_private;
	wait_queue_head_t	queue __fe_private;
	bool			dead __fe_private;	/* unbind was here */
};

/* For fe_waitq_init(). */
int __fe_must_check __fe_waitq_init(struct fe_dev *dev, struct fe_waitq *q __fe_init,
				    const char *name, struct lock_class_key *key);

/**
 * fe_waitq_init() - make a wait queue fit for use
 * @dev: the device
 * @q: a handle in the driver's state
 *
 * Context: probe. See init_waitqueue_head().
 * Return: 0, or what fe_res_check() says.
 */
#define fe_waitq_init(dev, q)						\
({									\
	static struct lock_class_key __fe_key;				\
									\
	__fe_waitq_init(dev, q, #q, &__fe_key);				\
})

/* SAFETY: of the cell: as fe_completion_raw(). */
static inline __fe_private wait_queue_head_t *fe_waitq_raw(const struct fe_waitq *q)
{
	return (wait_queue_head_t *)&q->queue;
}

/**
 * fe_wake() - let those who wait look at their condition again
 * @q: the wait queue; what was changed before is visible to them
 *
 * Context: any. See wake_up_interruptible_all().
 */
static inline __fe_wakes void fe_wake(const struct fe_waitq *q)
{
	wake_up_interruptible_all(fe_waitq_raw(q));
}

/**
 * fe_wait_until() - wait for a condition
 * @q: the wait queue that is woken when it may have changed
 * @condition: an expression; evaluated several times, and not once the device is dead.
 *	It may take spinlocks but must not sleep
 *
 * Context: may sleep. See wait_event_interruptible().
 * Return: 0 with the condition true; -ERESTARTSYS after a signal; -ENODEV if the device is
 * being unbound.
 */
#define fe_wait_until(q, condition)	__fe_wait(wait_event_interruptible, q, condition)

/* wait() is of the kernel: it looks before it sleeps for the first time, or else it was looked. */
#define __fe_wait(wait, q, condition)					\
({									\
	const struct fe_waitq *__fe_q = (q);				\
	bool __fe_dead = false;						\
	int __fe_err = fe_wait_begin();					\
									\
	__fe_err = wait(*fe_waitq_raw(__fe_q),				\
			(__fe_dead = READ_ONCE(__fe_q->dead)) ||	\
			__fe_wait_looks(__fe_q, condition));		\
	__fe_dead ? -ENODEV : __fe_err;					\
})

/**
 * fe_retry() - try, and wait while the answer is -EAGAIN
 * @q: the wait queue that is woken when the answer may have changed
 * @file: the struct fe_file of who asks: with O_NONBLOCK, one try is all
 * @attempt: an expression of type int; it may take spinlocks but must not sleep
 *
 * Example: fe_retry(&edu->changed, &file->fe, edu_job_start(edu, file->id, n))
 *
 * Context: may sleep. See wait_event_interruptible().
 * Return: what @attempt was at last, -EAGAIN only with O_NONBLOCK; -ERESTARTSYS after a signal;
 * -ENODEV if the device is being unbound.
 */
#define fe_retry(q, file, attempt)					\
({									\
	int __fe_answer = (attempt);					\
	int __fe_end = 0;						\
									\
	if (__fe_answer == -EAGAIN && !fe_nonblock(file))		\
		__fe_end = __fe_wait(__wait_event_interruptible, q,	\
				     (__fe_answer = (attempt)) != -EAGAIN); \
	__fe_end ?: __fe_answer;					\
})

/* What the checker sees of the condition: nothing sleeps while it is looked at. */
#define __fe_wait_looks(q, condition)					\
({									\
	const void *__fe_look __attribute__((__cleanup__(fe_wait_looked))) = fe_wait_look(q); \
									\
	!!(condition);							\
})

static __always_inline __fe_trusted __fe_gives_guard(fe_wait)
const void *fe_wait_look(const struct fe_waitq *q)
{
	return q;
}

static __always_inline __fe_trusted void fe_wait_looked(const void **look __fe_drop)
{
}

/* What the checker sees of fe_wait_until(): it sleeps. */
static inline __fe_sleeps __fe_waits int fe_wait_begin(void)
{
	return 0;
}

/**
 * fe_poll_wait() - a poll depends on this wait queue
 * @p: the poll
 * @q: a wait queue in the driver's state: it outlives the poll, which keeps the file open
 *
 * Before the handler looks at its condition.
 *
 * Context: the node's poll. See poll_wait().
 */
static inline void fe_poll_wait(struct fe_poll *p, const struct fe_waitq *q)
{
	poll_wait(p->filp, fe_waitq_raw(q), p->table);
}

#endif /* _FERRULE_WAIT_H */

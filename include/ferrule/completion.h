/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Completions: one event that is armed, then waited for.
 *
 * A waiter is woken with -ENODEV when the device is unbound. The completion registers with
 * the binding when it is initialised, so that waiting and completing cost nothing for it.
 */
#ifndef _FERRULE_COMPLETION_H
#define _FERRULE_COMPLETION_H

#include <linux/completion.h>
#include <linux/jiffies.h>

#include <ferrule/bound.h>

/**
 * struct fe_completion - an event
 *
 * Invariants: once @dead is set, the event counts as having happened for good. It follows the
 * binding's, and is here so that waiting does not have to look there.
 */
struct __fe_pinned __fe_cell fe_completion {
	struct fe_res		fe __fe_private;
	struct completion	event __fe_private;
	bool			dead __fe_private;	/* unbind was here */
};

/**
 * fe_completion_init() - make a completion fit for use
 * @dev: the device
 * @c: a handle in the driver's state
 *
 * Context: probe. See init_completion().
 * Return: 0, or what fe_res_check() says.
 */
int __fe_must_check fe_completion_init(struct fe_dev *dev, struct fe_completion *c __fe_init);

/*
 * SAFETY: of the cell: a completion is written through const because waiting for it
 * together is its purpose; it lives in memory that the layer allocated.
 */
static inline __fe_private struct completion *fe_completion_raw(const struct fe_completion *c)
{
	return (struct completion *)&c->event;
}

/**
 * fe_arm() - forget an event of the past
 * @c: the completion; nobody waits for it, which a lock of the driver ensures
 *
 * Before the request goes to the device, so that a stale interrupt cannot answer for it.
 *
 * Context: any. See reinit_completion().
 */
static inline void fe_arm(const struct fe_completion *c)
{
	reinit_completion(fe_completion_raw(c));
}

/**
 * fe_complete() - the event happened
 * @c: the completion: one waiter goes on, or the next one will
 *
 * Context: any. See complete().
 */
static inline __fe_wakes void fe_complete(const struct fe_completion *c)
{
	complete(fe_completion_raw(c));
}

/*
 * Whether to wait at all. Pairs with the barrier in fe_completion_wake(): the caller's fe_arm() is
 * visible before dead is read, so that unbind's wake-up is not forgotten by it.
 */
static inline bool fe_completion_dead(const struct fe_completion *c)
{
	smp_mb();	/* see above */
	return READ_ONCE(c->dead);
}

/**
 * fe_wait() - wait for the event
 * @c: the completion
 *
 * Context: may sleep. See wait_for_completion_interruptible().
 * Return: 0; -ERESTARTSYS after a signal; -ENODEV if the device is being unbound.
 */
static inline __fe_sleeps __fe_waits __fe_must_check int fe_wait(const struct fe_completion *c)
{
	int ret;

	if (fe_completion_dead(c))
		return -ENODEV;
	ret = wait_for_completion_interruptible(fe_completion_raw(c));
	return READ_ONCE(c->dead) ? -ENODEV : ret;
}

/**
 * fe_wait_timeout() - wait for the event, but not for ever
 * @c: the completion
 * @timeout_ms: milliseconds, at least
 *
 * Context: may sleep. See wait_for_completion_interruptible_timeout().
 * Return: 0; -ETIMEDOUT; -ERESTARTSYS after a signal; -ENODEV if the device is being unbound.
 */
static inline __fe_sleeps __fe_waits __fe_must_check
int fe_wait_timeout(const struct fe_completion *c, unsigned int timeout_ms)
{
	long ret;

	if (fe_completion_dead(c))
		return -ENODEV;
	/* One more: the tick that counts first may be about to happen. */
	ret = wait_for_completion_interruptible_timeout(fe_completion_raw(c),
							msecs_to_jiffies(timeout_ms) + 1);
	if (READ_ONCE(c->dead))
		return -ENODEV;
	if (ret < 0)
		return ret;
	return ret ? 0 : -ETIMEDOUT;
}

#endif /* _FERRULE_COMPLETION_H */

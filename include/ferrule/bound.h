/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A bound device: the driver's state, what it acquired, and the order of its end.
 *
 * Three lifetimes meet here:
 *
 *	memory		of the driver's state: until the last reference (the binding,
 *			each open file) is gone
 *	resources	until unbind: each handle is a pinned field of the state, and
 *			embeds a struct fe_res that knows how to arm, stop and release it
 *	owned values	until dropped or moved; those in the state at unbind are
 *			dropped by the type's declared drop
 *
 * and one order ends them, whether the device is removed, unplugged or unbound, or
 * probe fails half way (fe_bound_end() in bound.c):
 *
 *	mark dead, wake every waiter, take the nodes away, wait for those inside,
 *	unmap, release the open files' state, stop the producers by class, let the
 *	driver have the last word, stop bus mastering, drop the owned values, release
 *	the resources last in, first out
 *
 * Drivers use the handles of the other headers; of this one, only the names
 * struct fe_dev and fe_dev_name().
 */
#ifndef _FERRULE_BOUND_H
#define _FERRULE_BOUND_H

#include <linux/device.h>
#include <linux/kref.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/srcu.h>
#include <linux/wait.h>

#include <ferrule/annotate.h>
#include <ferrule/compat.h>

struct fe_bound;
struct fe_res;

/*
 * The link from anything that belongs to a bound device to that device. Every such
 * type starts with a member named fe that has it: log lines rely on the name.
 */
struct fe_link {
	struct fe_bound		*bound __fe_private;
};

/**
 * struct fe_dev - proof that a device is bound and still being set up
 *
 * Invariants: exists only while probe runs; what it acquires belongs to the binding.
 */
struct __fe_token fe_dev {
	struct fe_link		fe __fe_private;
};

/*
 * Producers of callbacks are stopped class by class, in this order: a member of one
 * class cannot start one of a class before it. Nodes are taken away before, and
 * plain resources have nothing to stop.
 */
enum fe_class {
	FE_CLASS_IRQ,
	FE_CLASS_TIMER,
	FE_CLASS_WORK,
	FE_CLASS_THREAD,
	FE_CLASS_QUEUE,
	FE_CLASS_STOPPED,	/* the number of classes that are stopped */
	FE_CLASS_NODE = FE_CLASS_STOPPED,
	FE_CLASS_PLAIN,
};

/**
 * struct fe_res_ops - what the layer can do with a kind of resource
 * @name:	in log lines, in debugfs, and the name of its fault point
 * @class:	when it is stopped
 * @arm:	let it call the driver from now on; may fail
 * @wake:	wake everyone who waits for it: the device is dead. Atomic
 * @stop:	no callback runs or will run when this returns
 * @release:	give it back
 *
 * All may be NULL, and all but @wake may sleep. @stop is called only after @arm
 * returned 0 or if there is no @arm; the others once for each fe_res_add().
 */
struct fe_res_ops {
	const char		*name;
	enum fe_class		class;
	int			(*arm)(struct fe_res *res);
	void			(*wake)(struct fe_res *res);
	void			(*stop)(struct fe_res *res);
	void			(*release)(struct fe_res *res);
};

/**
 * struct fe_res - what every handle in a driver's state embeds
 *
 * Invariants: all zero (not acquired), or on its binding's list, with @bound and @ops
 * set. Never moves. Once set, the members do not change until the memory goes.
 */
struct __fe_pinned fe_res {
	struct fe_bound		*bound __fe_private;
	const struct fe_res_ops	*ops __fe_private;
	struct list_head	node __fe_private;
	bool			armed __fe_private;
#ifdef FERRULE_DEBUG
	unsigned long		site __fe_private;
#endif
};

/**
 * struct fe_driver - a driver as the binding sees it, whatever its bus
 * @name:	of the driver
 * @state_size:	bytes of driver state to allocate, zeroed, for each device
 * @probe:	acquires, initialises and declares; the state is its alone
 * @start:	after interrupts are armed, before nodes open; the state is shared
 * @quiesce:	after every producer was stopped; only if @probe had returned 0
 * @drop:	ends the owned values in the state
 * @halt:	the bus's way to keep the device from memory
 */
struct fe_driver {
	const char		*name;
	size_t			state_size;
	int			(*probe)(struct fe_dev *dev, void *state);
	int			(*start)(const void *state);
	void			(*quiesce)(void *state);
	void			(*drop)(void *state);
	void			(*halt)(struct device *dev);
};

enum fe_phase {
	FE_PROBING,		/* resources may be added */
	FE_ARMING,		/* probe returned 0 */
	FE_BOUND,
	FE_ENDING,
};

/**
 * struct fe_bound - one binding of a device to a driver
 *
 * Invariants: @dead goes from false to true once. Whoever is between
 * fe_gate_enter() and fe_gate_exit() sees every resource that probe acquired.
 */
struct fe_bound {
	/* private: to the layer */
	bool			dead;
	struct srcu_struct	gate;
	wait_queue_head_t	hangup;		/* pollers, whatever else they wait for */
	struct device		*dev;
	const struct fe_driver	*drv;
	struct fe_dev		token;
	enum fe_phase		phase;
	struct kref		ref;
	struct list_head	resources;	/* newest first */
	unsigned int		classes;	/* of enum fe_class: those that they are of */
	struct mutex		files_lock;	/* protects files, and their filp */
	struct list_head	files;
#ifdef FERRULE_DEBUG
	struct list_head	live;
#endif
	u8			state[] __aligned(ARCH_KMALLOC_MINALIGN);
};

/**
 * fe_bound_start() - probe a device: allocate its state and bring it up
 * @dev: the device, its lock held by the driver core
 * @drv: the driver
 *
 * Calls @drv's probe, arms what it declared, calls start, and opens the nodes. On
 * success the binding is the device's driver data and ends with fe_bound_end().
 *
 * Context: may sleep.
 * Return: 0, or a negative errno with everything undone.
 */
__fe_private int __fe_must_check fe_bound_start(struct device *dev, const struct fe_driver *drv);

/**
 * fe_bound_end() - end the binding of a device, in the order of this page's top
 * @dev: a device that fe_bound_start() returned 0 for
 *
 * Afterwards no callback of the driver runs or will run for this device. Memory stays
 * for as long as files are open.
 *
 * Context: may sleep: waits for those inside the gate.
 */
__fe_private void fe_bound_end(struct device *dev);

__fe_private void fe_bound_get(struct fe_bound *bound);
__fe_private void fe_bound_put(struct fe_bound *bound);

/**
 * fe_res_check() - may this handle be acquired now?
 * @dev: the device
 * @res: the handle's fe_res
 * @ops: what the handle is going to be
 *
 * Refuses a handle that is not part of the driver's state, that is acquired
 * already, or that comes after probe. With DEBUG=1 it is the fault point.
 *
 * Context: probe.
 * Return: 0; -EINVAL, -EBUSY or -EPERM after a log line; or the injected error.
 */
__fe_private int __fe_must_check fe_res_check(const struct fe_dev *dev,
					      const struct fe_res *res,
					      const struct fe_res_ops *ops);

/**
 * fe_res_add() - hand an acquired resource to the binding
 * @dev: the device
 * @res: the handle's fe_res, for which fe_res_check() returned 0
 * @ops: how to end it
 *
 * Context: probe. The binding has it from here on, and ends it.
 */
__fe_private void fe_res_add(const struct fe_dev *dev, struct fe_res *res,
			     const struct fe_res_ops *ops);

static inline __fe_private struct device *fe_dev_raw(const struct fe_dev *dev)
{
	return dev->fe.bound->dev;
}

/* The state, for the thunks that know its type. */
static inline __fe_private void *fe_bound_state(const struct fe_bound *bound)
{
	return (void *)bound->state;
}

static inline __fe_private bool fe_bound_dead(const struct fe_bound *bound)
{
	return READ_ONCE(bound->dead);
}

/**
 * fe_gate_enter() - enter the gate of a binding
 * @bound: the binding; the caller has a reference to its memory
 *
 * Until fe_gate_exit() the device stays bound: fe_bound_end() waits. One pair for each
 * file operation and each fault on a mapping, none for each register access. Whoever is
 * inside must not touch user memory that can fault, which may take for ever.
 *
 * SAFETY: srcu_read_lock() may be called in any process context, and nests; the gate was
 * initialised before the binding's first reference was given out and is cleaned up with
 * the last. fe_bound_end() sets dead before synchronize_srcu(), so that a section which
 * read it as false is waited for. The index is 0 or 1, which gcc learns here, so that callers test
 * dead and nothing else.
 *
 * Context: process context; does not sleep.
 * Return: the index for fe_gate_exit(), or -ENODEV.
 */
static inline __fe_private int __fe_must_check fe_gate_enter(struct fe_bound *bound)
{
	int index = srcu_read_lock(&bound->gate);

	if (unlikely(fe_bound_dead(bound))) {
		srcu_read_unlock(&bound->gate, index);
		return -ENODEV;
	}
	if (index & ~1)
		__builtin_unreachable();
	return index;
}

/**
 * fe_gate_exit() - leave the gate of a binding
 * @bound: the binding
 * @index: what fe_gate_enter() returned
 *
 * Context: that of fe_gate_enter(), by the same thread.
 */
static inline __fe_private void fe_gate_exit(struct fe_bound *bound, int index)
{
	srcu_read_unlock(&bound->gate, index);
}

/**
 * fe_dev_name() - the name of a device, as in log lines
 * @dev: a device
 *
 * Context: probe. See dev_name().
 * Return: the name; borrowed from @dev.
 */
static inline const char *fe_dev_name(const struct fe_dev *dev)
{
	return dev_name(fe_dev_raw(dev));
}

#endif /* _FERRULE_BOUND_H */

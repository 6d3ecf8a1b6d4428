/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the driver macros of all buses share: the operations after probe, and the thunks from
 * the binding's untyped state to the driver's.
 */
#ifndef _FERRULE_DRIVER_H
#define _FERRULE_DRIVER_H

#include <ferrule/bound.h>
#include <ferrule/own.h>

/* DEBUG=1 is in the layout of the state: a driver and a layer that disagree do not link. */
#ifdef FERRULE_DEBUG
#define fe_pci_register		fe_pci_register_debug
#define fe_platform_register	fe_platform_register_debug
#define fe_faux_register	fe_faux_register_debug
#endif

#define __FE_DRIVER_OPS(state_)						\
	int	(*start)(const struct state_ *state) __fe_sleeps __fe_bound;	\
	void	(*quiesce)(struct state_ *state) __fe_sleeps;		\
	void	(*drop)(struct state_ *state __fe_drop);

#define __FE_DRIVER_THUNKS(state_, ops)					\
	static int state_##__fe_start(const void *state)		\
	{								\
		return ops.start ? ops.start(state) : 0;		\
	}								\
									\
	static void state_##__fe_quiesce(void *state)			\
	{								\
		if (ops.quiesce)					\
			ops.quiesce(state);				\
	}								\
									\
	static void state_##__fe_drop(void *state)			\
	{								\
		if (ops.drop)						\
			ops.drop(state);				\
	}

#define __FE_DRIVER_INIT(state_) {					\
		.name		= #state_,				\
		.state_size	= sizeof(struct state_),		\
		.probe		= state_##__fe_probe,			\
		.start		= state_##__fe_start,			\
		.quiesce	= state_##__fe_quiesce,			\
		.drop		= state_##__fe_drop,			\
	}

#endif /* _FERRULE_DRIVER_H */

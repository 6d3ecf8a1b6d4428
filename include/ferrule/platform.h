/* SPDX-License-Identifier: GPL-2.0 */
/* Platform drivers: devices that their bus cannot discover. */
#ifndef _FERRULE_PLATFORM_H
#define _FERRULE_PLATFORM_H

#include <linux/module.h>
#include <linux/platform_device.h>

#include <ferrule/bound.h>
#include <ferrule/driver.h>
#include <ferrule/log.h>

/* For FE_PLATFORM_DRIVER(). */
struct fe_platform_driver {
	struct fe_driver	fe;
	struct platform_driver	platform;
};

int __fe_must_check fe_platform_register(struct fe_platform_driver *drv, struct module *owner);
void fe_platform_unregister(struct fe_platform_driver *drv) __fe_sleeps __fe_unbinds;

/**
 * FE_PLATFORM_DRIVER() - define and register a platform driver: the module's only entry and
 * exit
 * @state_: tag of the driver's state, struct state_; also the driver's name, which is the
 *	name of the devices that it binds to
 * @...: .probe, int (struct fe_dev *, struct state_ *), and the optional operations of
 *	FE_PCI_DRIVER()
 */
#define FE_PLATFORM_DRIVER(state_, ...)					\
	FE_PLATFORM_DRIVER_ONLY(state_, __VA_ARGS__);			\
									\
	static int __init state_##__fe_init(void)			\
	{								\
		return fe_platform_register(&state_##__fe_driver, THIS_MODULE); \
	}								\
	module_init(state_##__fe_init);					\
									\
	static void __exit state_##__fe_exit(void)			\
	{								\
		fe_platform_unregister(&state_##__fe_driver);		\
	}								\
	module_exit(state_##__fe_exit)

/**
 * FE_PLATFORM_DRIVER_ONLY() - define a platform driver in a module with its own entry
 * @state_: as FE_PLATFORM_DRIVER()
 * @...: as FE_PLATFORM_DRIVER()
 *
 * Defines struct fe_platform_driver state___fe_driver, for fe_platform_register().
 */
#define FE_PLATFORM_DRIVER_ONLY(state_, ...)				\
	static const struct state_##__fe_platform_ops {			\
		int	(*probe)(struct fe_dev *dev, struct state_ *state __fe_init) __fe_sleeps; \
		__FE_DRIVER_OPS(state_)					\
	} state_##__fe_ops = { __VA_ARGS__ };				\
									\
	static int state_##__fe_probe(struct fe_dev *dev, void *state)	\
	{								\
		return state_##__fe_ops.probe(dev, state);		\
	}								\
	__FE_DRIVER_THUNKS(state_, state_##__fe_ops)			\
									\
	static struct fe_platform_driver state_##__fe_driver = {	\
		.fe = __FE_DRIVER_INIT(state_),				\
	}

#endif /* _FERRULE_PLATFORM_H */

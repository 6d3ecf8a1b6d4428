/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Faux devices: devices of software, which no bus finds. They are made at load, as many as the
 * driver says, and by <ferrule/configfs.h> whenever a user wants one more.
 *
 * A faux device is a struct device of the layer, on a bus of its own: /sys/bus/ferrule. It is
 * bound like any other device: what its driver acquires in probe ends at unbind, which is
 * when the device goes, at rmmod, or by /sys/bus/ferrule/drivers/NAME/unbind. Each has a
 * configuration, a copy that is made with the device, and that does not change as long as it
 * lives; and an index, unique among the devices of its driver.
 */
#ifndef _FERRULE_FAUX_H
#define _FERRULE_FAUX_H

#include <linux/device.h>
#include <linux/idr.h>
#include <linux/list.h>
#include <linux/module.h>

#include <ferrule/bound.h>
#include <ferrule/driver.h>
#include <ferrule/log.h>
#include <ferrule/param.h>

/**
 * struct fe_faux_dev - proof that a faux device is bound and still being set up
 * @dev: the same, for what is not particular to faux devices
 *
 * Invariants: as struct fe_dev.
 */
struct __fe_token fe_faux_dev {
	struct fe_dev		dev;
};

/**
 * struct fe_faux_driver - for FE_FAUX_DRIVER()
 * @fe: as the binding sees it
 * @core: as the driver core sees it
 * @config: of each device
 * @devices: how many to make at load; NULL: none
 *
 * Invariants: while registered, each of its devices has an index of @indices; those that were
 * made at load are on @initial.
 */
struct fe_faux_driver {
	struct fe_driver	fe;
	struct device_driver	core;
	const struct fe_config	*config;
	u32			(*devices)(void);
	/* private: to faux.c */
	struct ida		indices;
	struct list_head	initial;
};

/**
 * struct fe_faux - a faux device
 *
 * Invariants: the memory is the layer's, and freed with the last reference to @dev; nothing
 * but @dev is looked at once the device ended. Only if @attachable does sysfs bind it. @bound
 * is its binding while it has one, and protected by @lock.
 */
struct fe_faux {
	/* private: to the layer */
	struct device		dev;
	struct fe_faux_driver	*drv;
	struct list_head	node;
	unsigned int		index;
	bool			attachable;
	spinlock_t		lock;		/* protects bound */
	struct fe_bound		*bound;
	u8			config[] __aligned(8);
};

/**
 * fe_faux_create() - make a device, and bind it
 * @drv: its driver, registered
 * @config: what to copy its configuration from
 *
 * Context: may sleep.
 * Return: the device, which ends with fe_faux_end(); or an ERR_PTR: -ENOMEM, or what probe
 * failed with. See device_add() and device_driver_attach().
 */
__fe_private struct fe_faux *__must_check fe_faux_create(struct fe_faux_driver *drv,
							 const void *config) __fe_sleeps;

/**
 * fe_faux_end() - unbind a device, and take it away
 * @faux: the device, which is gone for the caller
 *
 * Waits for the callbacks of the device: not for these to call.
 *
 * Context: may sleep. See device_del().
 */
__fe_private void fe_faux_end(struct fe_faux *faux) __fe_sleeps __fe_unbinds;

/**
 * fe_faux_enter() - enter the gate of a device, whoever unbinds it
 * @faux: the device; the caller keeps it from ending
 * @bound: its binding, with a reference, for fe_faux_exit()
 *
 * Context: any process context; does not wait.
 * Return: the index for fe_faux_exit(), or -ENODEV.
 */
__fe_private int __fe_must_check fe_faux_enter(struct fe_faux *faux, struct fe_bound **bound);
__fe_private void fe_faux_exit(struct fe_bound *bound, int gate);

/*
 * Registers the driver, and makes the devices that it wants at load: all of them or, with an
 * error, none. Unregistering ends these; of others there must be none left.
 */
int __fe_must_check fe_faux_register(struct fe_faux_driver *drv, struct module *owner)
	__fe_sleeps;
void fe_faux_unregister(struct fe_faux_driver *drv) __fe_sleeps __fe_unbinds;

/* The bus, for as long as the layer is loaded. */
__fe_private int __fe_must_check fe_faux_bus_init(void);
__fe_private void fe_faux_bus_exit(void);

static inline __fe_private const struct fe_faux *fe_faux_raw(const struct fe_faux_dev *fdev)
{
	return container_of(fe_dev_raw(&fdev->dev), struct fe_faux, dev);
}

/**
 * fe_faux_index() - the index of a faux device
 * @fdev: the device
 *
 * The first free one, from 0, when the device was made; it has it until it ends.
 *
 * Context: probe.
 * Return: the index, to make names from.
 */
static inline unsigned int fe_faux_index(const struct fe_faux_dev *fdev)
{
	return fe_faux_raw(fdev)->index;
}

/**
 * FE_FAUX_DRIVER() - define and register a driver of faux devices: the module's only entry and
 * exit
 * @state_: tag of the driver's state, struct state_; also the driver's name. Devices are named
 *	NAME.0, NAME.1, …
 * @config_: tag of the structure that devices are configured with, declared by FE_CONFIG()
 * @...: operations; all but probe are optional:
 *
 *	.probe		int (struct fe_faux_dev *, const struct config_ *, struct state_ *):
 *			acquires, initialises and declares, as for FE_PCI_DRIVER(). Copy what
 *			callbacks need of the configuration into the state
 *	.devices	u32 (void): how many devices to make at load, as FE_PARAM() defines it.
 *			If one of them fails, the module does not load
 *	.start, .quiesce, .drop	as for FE_PCI_DRIVER()
 */
#define FE_FAUX_DRIVER(state_, config_, ...)				\
	FE_FAUX_DRIVER_ONLY(state_, config_, __VA_ARGS__);		\
									\
	static int __init state_##__fe_init(void)			\
	{								\
		return fe_faux_register(&state_##__fe_driver, THIS_MODULE); \
	}								\
	module_init(state_##__fe_init);					\
									\
	static void __exit state_##__fe_exit(void)			\
	{								\
		fe_faux_unregister(&state_##__fe_driver);		\
	}								\
	module_exit(state_##__fe_exit)

/**
 * FE_FAUX_DRIVER_ONLY() - define a driver of faux devices in a module with its own entry
 * @state_: as FE_FAUX_DRIVER()
 * @config_: as FE_FAUX_DRIVER()
 * @...: as FE_FAUX_DRIVER()
 *
 * Defines struct fe_faux_driver state___fe_driver, for fe_faux_register().
 */
#define FE_FAUX_DRIVER_ONLY(state_, config_, ...)			\
	static const struct state_##__fe_faux_ops {			\
		int	(*probe)(struct fe_faux_dev *fdev, const struct config_ *config, \
				 struct state_ *state __fe_init) __fe_sleeps; \
		u32	(*devices)(void);				\
		__FE_DRIVER_OPS(state_)					\
	} state_##__fe_ops = { __VA_ARGS__ };				\
									\
	static int state_##__fe_probe(struct fe_dev *dev, void *state)	\
	{								\
		struct fe_faux_dev *fdev = container_of(dev, struct fe_faux_dev, dev); \
									\
		return state_##__fe_ops.probe(fdev, (const void *)fe_faux_raw(fdev)->config, \
					      state);			\
	}								\
	__FE_DRIVER_THUNKS(state_, state_##__fe_ops)			\
									\
	static u32 state_##__fe_devices(void)				\
	{								\
		return state_##__fe_ops.devices ? state_##__fe_ops.devices() : 0; \
	}								\
									\
	static struct fe_faux_driver state_##__fe_driver = {		\
		.fe		= __FE_DRIVER_INIT(state_),		\
		.config		= &config_##__fe_config,		\
		.devices	= state_##__fe_devices,			\
	}

#endif /* _FERRULE_FAUX_H */

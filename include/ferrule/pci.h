/* SPDX-License-Identifier: GPL-2.0 */
/*
 * PCI drivers: registration, identification, regions, interrupt vectors.
 *
 * The layer enables the device before probe, keeps its line interrupt off until a handler is
 * there, and at unbind takes bus mastering away before it releases anything.
 */
#ifndef _FERRULE_PCI_H
#define _FERRULE_PCI_H

#include <linux/module.h>
#include <linux/pci.h>

#include <ferrule/bound.h>
#include <ferrule/driver.h>
#include <ferrule/log.h>
#include <ferrule/mmio.h>

/**
 * struct fe_pci_dev - proof that a PCI device is bound and still being set up
 * @dev: the same, for what is not particular to PCI
 *
 * Invariants: as struct fe_dev.
 */
struct __fe_token fe_pci_dev {
	struct fe_dev		dev;
};

/**
 * struct fe_pci_vectors - interrupt vectors of a device
 *
 * Invariants: @count is at least 1 while acquired.
 */
struct __fe_pinned fe_pci_vectors {
	struct fe_res		fe __fe_private;
	unsigned int		count __fe_private;
	bool			line __fe_private;	/* one shared, level-triggered INTx */
};

/* For FE_PCI_DRIVER(). */
struct fe_pci_driver {
	struct fe_driver	fe;
	struct pci_driver	pci;
	bool			ids_carry_data;
};

int __fe_must_check fe_pci_register(struct fe_pci_driver *drv, struct module *owner,
				    const char *modname);
void fe_pci_unregister(struct fe_pci_driver *drv) __fe_sleeps __fe_unbinds;

/**
 * FE_PCI_DEVICE() - match a device by vendor and device id
 * @vendor_: 16 bits
 * @device_: 16 bits
 *
 * An entry of FE_PCI_IDS(); .data = &… may follow in FE_PCI_IDS_WITH().
 */
#define FE_PCI_DEVICE(vendor_, device_)					\
	.vendor = (vendor_), .device = (device_),			\
	.subvendor = PCI_ANY_ID, .subdevice = PCI_ANY_ID

/**
 * FE_PCI_IDS() - define a table of devices
 * @name: of the table
 * @...: entries, { FE_PCI_DEVICE(v, d) }
 *
 * The terminating entry is added. User space finds the module by it.
 */
#define FE_PCI_IDS(name, ...)						\
	enum { name##__fe_data = 0 };					\
	static const struct pci_device_id name[] = { __VA_ARGS__, { } };	\
	MODULE_DEVICE_TABLE(pci, name)

/**
 * FE_PCI_IDS_WITH() - define a table of devices that carry data
 * @name: of the table
 * @type: of the data, for example struct edu_model
 * @...: entries, { FE_PCI_DEVICE(v, d), .data = &model }
 *
 * Defines const type *name_data(pdev), for probe: never NULL, because a device that
 * matches none of the entries (a dynamic id, a driver override) is refused with -ENODEV, and
 * an entry without data with -EINVAL.
 */
#define FE_PCI_IDS_WITH(name, type, ...)				\
	enum { name##__fe_data = 1 };					\
	static const struct name##__fe_id {				\
		__u32		vendor, device, subvendor, subdevice;	\
		__u32		class, class_mask;			\
		const type	*data;					\
		__u32		override_only;				\
	} name[] = { __VA_ARGS__, { } };				\
	static_assert(sizeof(struct name##__fe_id) == sizeof(struct pci_device_id) && \
		       offsetof(struct name##__fe_id, data) ==		\
				offsetof(struct pci_device_id, driver_data), \
		       "the layout of struct pci_device_id");		\
	MODULE_DEVICE_TABLE(pci, name);					\
	static inline const type *name##_data(const struct fe_pci_dev *pdev) \
	{								\
		return fe_pci_id_data(pdev, (const struct pci_device_id *)name); \
	}								\
	struct __fe_semicolon

const void *fe_pci_id_data(const struct fe_pci_dev *pdev, const struct pci_device_id *ids);

/**
 * FE_PCI_DRIVER() - define and register a PCI driver: the module's only entry and exit
 * @state_: tag of the driver's state, struct state_; also the driver's name
 * @ids: a table of FE_PCI_IDS() or FE_PCI_IDS_WITH()
 * @...: operations; all but probe are optional:
 *
 *	.probe		int (struct fe_pci_dev *, struct state_ *): acquires, initialises
 *			and declares. The state is zeroed, and exclusive: nobody else sees
 *			it. What is acquired ends by itself, also if probe fails half way
 *	.start		int (const struct state_ *): interrupts are armed, nodes are not open
 *			yet. From here on the state is shared
 *	.quiesce	void (struct state_ *): at unbind, when nothing else runs any more: the
 *			last word to the hardware. Only if probe had returned 0
 *	.drop		void (struct state_ *): made by FE_DROP(), if the state owns values
 */
#define FE_PCI_DRIVER(state_, ids, ...)					\
	FE_PCI_DRIVER_ONLY(state_, ids, __VA_ARGS__);			\
									\
	static int __init state_##__fe_init(void)			\
	{								\
		return fe_pci_register(&state_##__fe_driver, THIS_MODULE, KBUILD_MODNAME); \
	}								\
	module_init(state_##__fe_init);					\
									\
	static void __exit state_##__fe_exit(void)			\
	{								\
		fe_pci_unregister(&state_##__fe_driver);		\
	}								\
	module_exit(state_##__fe_exit)

/**
 * FE_PCI_DRIVER_ONLY() - define a PCI driver in a module with its own entry and exit
 * @state_: as FE_PCI_DRIVER()
 * @ids: as FE_PCI_DRIVER()
 * @...: as FE_PCI_DRIVER()
 *
 * Defines struct fe_pci_driver state___fe_driver, for fe_pci_register().
 */
#define FE_PCI_DRIVER_ONLY(state_, ids, ...)				\
	static const struct state_##__fe_pci_ops {			\
		int	(*probe)(struct fe_pci_dev *pdev, struct state_ *state __fe_init) \
				__fe_sleeps;				\
		__FE_DRIVER_OPS(state_)					\
	} state_##__fe_ops = { __VA_ARGS__ };				\
									\
	static int state_##__fe_probe(struct fe_dev *dev, void *state)	\
	{								\
		return state_##__fe_ops.probe(container_of(dev, struct fe_pci_dev, dev), state); \
	}								\
	__FE_DRIVER_THUNKS(state_, state_##__fe_ops)			\
									\
	static struct fe_pci_driver state_##__fe_driver = {		\
		.fe = __FE_DRIVER_INIT(state_),				\
		.pci.id_table = (const struct pci_device_id *)(ids),	\
		.ids_carry_data = ids##__fe_data,			\
	}

static inline __fe_private struct pci_dev *fe_pci_raw(const struct fe_pci_dev *pdev)
{
	return to_pci_dev(fe_dev_raw(&pdev->dev));
}

/* For fe_pci_map_bar(). */
int __fe_must_check __fe_pci_map_bar(struct fe_pci_dev *pdev, int n,
				     struct fe_bar *bar __fe_acquire, size_t size) __fe_sleeps;

/**
 * fe_pci_map_bar() - request and map a memory region of the device
 * @pdev: the device
 * @n: number of the BAR, 0 to 5
 * @block: pointer to a field of a FE_BAR() type in the driver's state
 *
 * The region is unmapped and released at unbind, after every callback ended.
 *
 * Context: probe; may sleep. See pci_request_region() and pci_iomap().
 * Return: 0; -ENODEV if there is no such memory BAR; -ENXIO if it is smaller than the
 * type; -EBUSY if somebody has it; -ENOMEM.
 */
#define fe_pci_map_bar(pdev, n, block)					\
	__fe_pci_map_bar(pdev, n, &(block)->bar, sizeof((block)->size[0]))

#define FE_IRQ_MSIX		PCI_IRQ_MSIX
#define FE_IRQ_MSI		PCI_IRQ_MSI
#define FE_IRQ_LINE		PCI_IRQ_LEGACY
#define FE_IRQ_ANY		PCI_IRQ_ALL_TYPES

/**
 * fe_pci_alloc_vectors() - get interrupt vectors
 * @pdev: the device
 * @vectors: a handle in the driver's state
 * @min: how many are needed at least; at least 1
 * @max: how many are of use
 * @kinds: FE_IRQ_MSIX, FE_IRQ_MSI and FE_IRQ_LINE, or'ed: tried in this order
 *
 * Given back at unbind. A message (MSI, MSI-X) is a write to memory: without
 * fe_pci_set_master() none arrives.
 *
 * Context: probe; may sleep. See pci_alloc_irq_vectors().
 * Return: 0; -EINVAL; -ENOSPC if there are fewer than @min.
 */
int __fe_must_check fe_pci_alloc_vectors(struct fe_pci_dev *pdev,
					 struct fe_pci_vectors *vectors __fe_acquire,
					 unsigned int min, unsigned int max, unsigned int kinds)
	__fe_sleeps;

/**
 * fe_pci_vector_count() - how many interrupt vectors there are
 * @vectors: for which fe_pci_alloc_vectors() returned 0
 *
 * Context: any.
 * Return: a number from the @min to the @max that were asked for.
 */
static inline unsigned int fe_pci_vector_count(const struct fe_pci_vectors *vectors)
{
	return vectors->count;
}

/**
 * fe_pci_set_master() - let the device reach memory
 * @pdev: the device
 *
 * Taken away at unbind, before any buffer is freed.
 *
 * Context: probe. See pci_set_master().
 */
void fe_pci_set_master(struct fe_pci_dev *pdev);

/**
 * fe_pci_config_read8() - read the configuration space of a device
 * @pdev: the device
 * @offset: bytes, below 4096, aligned to the width
 * @value: where to put it; untouched on error
 *
 * Also fe_pci_config_read16(), fe_pci_config_read32() and, to write, _write8(), _write16(),
 * _write32(), which take a value.
 *
 * Context: probe. See pci_read_config_byte().
 * Return: 0; -EINVAL for the offset; -ENODEV if the device is gone; -EIO.
 */
int __fe_must_check fe_pci_config_read8(const struct fe_pci_dev *pdev, int offset, u8 *value);
int __fe_must_check fe_pci_config_read16(const struct fe_pci_dev *pdev, int offset, u16 *value);
int __fe_must_check fe_pci_config_read32(const struct fe_pci_dev *pdev, int offset, u32 *value);
int __fe_must_check fe_pci_config_write8(struct fe_pci_dev *pdev, int offset, u8 value);
int __fe_must_check fe_pci_config_write16(struct fe_pci_dev *pdev, int offset, u16 value);
int __fe_must_check fe_pci_config_write32(struct fe_pci_dev *pdev, int offset, u32 value);

#endif /* _FERRULE_PCI_H */

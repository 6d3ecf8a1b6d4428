// SPDX-License-Identifier: GPL-2.0
/* PCI: the bus's part of a binding, and what it has to give. */
#include <ferrule/pci.h>

#include "debug.h"

static struct fe_pci_driver *to_fe_driver(struct pci_dev *pci)
{
	return container_of(to_pci_driver(pci->dev.driver), struct fe_pci_driver, pci);
}

/* SAFETY: a match there is, with data: fe_pci_check_id() saw both before probe. */
const void *fe_pci_id_data(const struct fe_pci_dev *pdev, const struct pci_device_id *ids)
{
	return (const void *)pci_match_id(ids, fe_pci_raw(pdev))->driver_data;
}
EXPORT_SYMBOL_GPL(fe_pci_id_data);

/* The driver's probe relies on the data of its entry: no other match will do. */
static int fe_pci_check_id(struct pci_dev *pci, const struct fe_pci_driver *drv)
{
	const struct pci_device_id *id = pci_match_id(drv->pci.id_table, pci);

	if (!drv->ids_carry_data)
		return 0;
	if (!id) {
		dev_err(&pci->dev, "not in the driver's table, which has data for each device\n");
		return -ENODEV;
	}
	if (!id->driver_data) {
		dev_err(&pci->dev, "the driver's table has no data for this device\n");
		return -EINVAL;
	}
	return 0;
}

/* The device cannot reach memory, nor interrupt, when this returns. */
static void fe_pci_halt(struct device *dev)
{
	struct pci_dev *pci = to_pci_dev(dev);

	pci_clear_master(pci);
	pci_intx(pci, false);
}

/*
 * SAFETY: called by the PCI core with the device's lock held. pci_enable_device() also turns
 * the line interrupt on; it stays off until a handler is there (irq.c).
 */
static int fe_pci_probe(struct pci_dev *pci, const struct pci_device_id *id)
{
	struct fe_pci_driver *drv = to_fe_driver(pci);
	int ret;

	ret = fe_pci_check_id(pci, drv) ?: fe_fault("pci_enable") ?: pci_enable_device(pci);
	if (ret)
		return ret;
	pci_intx(pci, false);
	ret = fe_bound_start(&pci->dev, &drv->fe);
	if (ret)
		pci_disable_device(pci);
	return ret;
}

/* SAFETY: as fe_pci_probe(), which returned 0. */
static void fe_pci_remove(struct pci_dev *pci)
{
	fe_bound_end(&pci->dev);
	pci_disable_device(pci);
}

int fe_pci_register(struct fe_pci_driver *drv, struct module *owner, const char *modname)
{
	drv->fe.halt = fe_pci_halt;
	drv->pci.name = drv->fe.name;
	drv->pci.probe = fe_pci_probe;
	drv->pci.remove = fe_pci_remove;
	return __pci_register_driver(&drv->pci, owner, modname);
}
EXPORT_SYMBOL_GPL(fe_pci_register);

void fe_pci_unregister(struct fe_pci_driver *drv)
{
	pci_unregister_driver(&drv->pci);
	fe_debug_driver_gone(&drv->pci.driver);
}
EXPORT_SYMBOL_GPL(fe_pci_unregister);

/* SAFETY: every callback has ended, so that nobody reads or writes where it was mapped. */
static void fe_bar_release(struct fe_res *res)
{
	struct fe_bar *bar = container_of(res, struct fe_bar, fe);
	struct pci_dev *pci = to_pci_dev(res->bound->dev);

	pci_iounmap(pci, bar->base);
	pci_release_region(pci, bar->index);
}

static const struct fe_res_ops fe_bar_ops = {
	.name		= "bar",
	.class		= FE_CLASS_PLAIN,
	.release	= fe_bar_release,
};

/* The invariant of struct fe_bar: what FE_REG() asserts holds of the region. */
static int fe_pci_check_bar(struct pci_dev *pci, int n, size_t size)
{
	if (n < 0 || n >= PCI_STD_NUM_BARS || !(pci_resource_flags(pci, n) & IORESOURCE_MEM)) {
		dev_err(&pci->dev, "BAR %d is no memory region\n", n);
		return -ENODEV;
	}
	if (pci_resource_len(pci, n) < size) {
		dev_err(&pci->dev, "BAR %d has %llu bytes, the driver needs %zu\n", n,
			(unsigned long long)pci_resource_len(pci, n), size);
		return -ENXIO;
	}
	return 0;
}

int __fe_pci_map_bar(struct fe_pci_dev *pdev, int n, struct fe_bar *bar, size_t size)
{
	struct pci_dev *pci = fe_pci_raw(pdev);
	int ret;

	ret = fe_res_check(&pdev->dev, &bar->fe, &fe_bar_ops) ?: fe_pci_check_bar(pci, n, size);
	if (ret)
		return ret;
	ret = pci_request_region(pci, n, pdev->dev.fe.bound->drv->name);
	if (ret)
		return ret;
	bar->base = pci_iomap(pci, n, 0);
	if (!bar->base) {
		pci_release_region(pci, n);
		return -ENOMEM;
	}
	bar->index = n;
	fe_res_add(&pdev->dev, &bar->fe, &fe_bar_ops);
	return 0;
}
EXPORT_SYMBOL_GPL(__fe_pci_map_bar);

/* SAFETY: pci_free_irq_vectors() wants every irq freed: the class was stopped. */
static void fe_vectors_release(struct fe_res *res)
{
	struct pci_dev *pci = to_pci_dev(res->bound->dev);

	pci_free_irq_vectors(pci);
	/* It turns the line on when it turns messages off: nobody handles it. */
	pci_intx(pci, false);
}

static const struct fe_res_ops fe_vectors_ops = {
	.name		= "vectors",
	.class		= FE_CLASS_PLAIN,
	.release	= fe_vectors_release,
};

int fe_pci_alloc_vectors(struct fe_pci_dev *pdev, struct fe_pci_vectors *vectors,
			 unsigned int min, unsigned int max, unsigned int kinds)
{
	struct pci_dev *pci = fe_pci_raw(pdev);
	int ret;

	ret = fe_res_check(&pdev->dev, &vectors->fe, &fe_vectors_ops);
	if (ret)
		return ret;
	if (!min || min > max || !kinds || (kinds & ~FE_IRQ_ANY))
		return -EINVAL;
	ret = pci_alloc_irq_vectors(pci, min, max, kinds);
	if (ret < 0)
		return ret;
	vectors->count = ret;
	vectors->line = !pci->msi_enabled && !pci->msix_enabled;
	/* It turns the line on as well: there is no handler yet. */
	if (vectors->line)
		pci_intx(pci, false);
	fe_res_add(&pdev->dev, &vectors->fe, &fe_vectors_ops);
	return 0;
}
EXPORT_SYMBOL_GPL(fe_pci_alloc_vectors);

void fe_pci_set_master(struct fe_pci_dev *pdev)
{
	pci_set_master(fe_pci_raw(pdev));
}
EXPORT_SYMBOL_GPL(fe_pci_set_master);

/* The kernel's accessors answer with PCIBIOS codes, above zero, and cut offsets short. */
static bool fe_pci_config_has(int offset, size_t width)
{
	return offset >= 0 && offset < PCI_CFG_SPACE_EXP_SIZE && offset % width == 0;
}

int fe_pci_config_read8(const struct fe_pci_dev *pdev, int offset, u8 *value)
{
	u8 found;
	int ret;

	if (!fe_pci_config_has(offset, sizeof(found)))
		return -EINVAL;
	ret = pcibios_err_to_errno(pci_read_config_byte(fe_pci_raw(pdev), offset, &found));
	if (!ret)
		*value = found;
	return ret;
}
EXPORT_SYMBOL_GPL(fe_pci_config_read8);

int fe_pci_config_write8(struct fe_pci_dev *pdev, int offset, u8 value)
{
	if (!fe_pci_config_has(offset, sizeof(value)))
		return -EINVAL;
	return pcibios_err_to_errno(pci_write_config_byte(fe_pci_raw(pdev), offset, value));
}
EXPORT_SYMBOL_GPL(fe_pci_config_write8);

int fe_pci_config_read16(const struct fe_pci_dev *pdev, int offset, u16 *value)
{
	u16 found;
	int ret;

	if (!fe_pci_config_has(offset, sizeof(found)))
		return -EINVAL;
	ret = pcibios_err_to_errno(pci_read_config_word(fe_pci_raw(pdev), offset, &found));
	if (!ret)
		*value = found;
	return ret;
}
EXPORT_SYMBOL_GPL(fe_pci_config_read16);

int fe_pci_config_write16(struct fe_pci_dev *pdev, int offset, u16 value)
{
	if (!fe_pci_config_has(offset, sizeof(value)))
		return -EINVAL;
	return pcibios_err_to_errno(pci_write_config_word(fe_pci_raw(pdev), offset, value));
}
EXPORT_SYMBOL_GPL(fe_pci_config_write16);

int fe_pci_config_read32(const struct fe_pci_dev *pdev, int offset, u32 *value)
{
	u32 found;
	int ret;

	if (!fe_pci_config_has(offset, sizeof(found)))
		return -EINVAL;
	ret = pcibios_err_to_errno(pci_read_config_dword(fe_pci_raw(pdev), offset, &found));
	if (!ret)
		*value = found;
	return ret;
}
EXPORT_SYMBOL_GPL(fe_pci_config_read32);

int fe_pci_config_write32(struct fe_pci_dev *pdev, int offset, u32 value)
{
	if (!fe_pci_config_has(offset, sizeof(value)))
		return -EINVAL;
	return pcibios_err_to_errno(pci_write_config_dword(fe_pci_raw(pdev), offset, value));
}
EXPORT_SYMBOL_GPL(fe_pci_config_write32);

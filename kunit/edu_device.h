/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The emulated edu devices, for what needs hardware: a suite registers a driver of its own
 * with the bus's own probing off, and its tests bind and unbind as a user does in sysfs.
 */
#ifndef _KUNIT_EDU_DEVICE_H
#define _KUNIT_EDU_DEVICE_H

#include <kunit/test.h>

#include <ferrule/pci.h>

#include "test_file.h"
#include "test_thread.h"

#define EDU_VENDOR	0x1234
#define EDU_DEVICE	0x11e8

FE_BAR(edu_regs, SZ_1M);
FE_REG(edu_regs, EDU_ID, 0x00, u32, RO);
FE_REG(edu_regs, EDU_LIVENESS, 0x04, u32, RW);		/* reads as its inverse */
FE_REG(edu_regs, EDU_UNUSED, 0x10, u32, RO);		/* all ones, as if gone */
FE_REG(edu_regs, EDU_STATUS, 0x20, u32, RW);
FE_REG(edu_regs, EDU_IRQ_STATUS, 0x24, u32, RO);
FE_REG(edu_regs, EDU_IRQ_RAISE, 0x60, u32, WO);
FE_REG(edu_regs, EDU_IRQ_ACK, 0x64, u32, WO);
FE_REG(edu_regs, EDU_DMA_SOURCE, 0x80, u64, RW);
FE_REG(edu_regs, EDU_DMA_TARGET, 0x88, u64, RW);
FE_REG(edu_regs, EDU_DMA_COUNT, 0x90, u64, RW);
FE_REG(edu_regs, EDU_DMA_COMMAND, 0x98, u64, RW);

#define EDU_DMA_RUN		0x1
#define EDU_DMA_FROM_DEVICE	0x2
#define EDU_DMA_MEMORY		0x40000

static inline int edu_autoprobe(const char *value)
{
	return test_file_write("/sys/bus/pci/drivers_autoprobe", value);
}

/* Without an owner: suites run before their module is in sysfs, where it would be linked to. */
static inline int edu_driver_register(struct fe_pci_driver *drv)
{
	int ret = edu_autoprobe("0");

	return ret ?: fe_pci_register(drv, NULL, KBUILD_MODNAME);
}

static inline void edu_driver_unregister(struct fe_pci_driver *drv)
{
	fe_pci_unregister(drv);
	edu_autoprobe("1");
}

static inline int test_edu_init(struct kunit_resource *res, void *context)
{
	res->data = pci_get_device(EDU_VENDOR, EDU_DEVICE, NULL);
	return res->data ? 0 : -ENODEV;
}

static inline void test_edu_free(struct kunit_resource *res)
{
	struct pci_dev *pci = res->data;

	device_release_driver(&pci->dev);
	pci_dev_put(pci);
}

/* Not bound; unbound with the test. */
static inline struct pci_dev *test_edu(struct kunit *test)
{
	struct pci_dev *pci;

	pci = kunit_alloc_resource(test, test_edu_init, test_edu_free, GFP_KERNEL, NULL);
	KUNIT_ASSERT_NOT_NULL_MSG(test, pci, "the machine has no edu device");
	KUNIT_ASSERT_NULL(test, pci->dev.driver);
	return pci;
}

/* What probe came to. */
static inline int edu_bind(struct pci_dev *pci, struct fe_pci_driver *drv)
{
	return device_driver_attach(&drv->pci.driver, &pci->dev);
}

static inline void edu_unbind(struct pci_dev *pci)
{
	device_release_driver(&pci->dev);
}

static inline int edu_unbind_main(void *pci)
{
	edu_unbind(pci);
	return 0;
}

/* For an unbind that has to wait. */
static inline struct test_thread *edu_unbind_thread(struct kunit *test, struct pci_dev *pci)
{
	return test_thread(test, edu_unbind_main, pci);
}

/* Between edu_bind() and edu_unbind(). */
static inline void *edu_state(struct pci_dev *pci)
{
	return fe_bound_state(pci_get_drvdata(pci));
}

#endif /* _KUNIT_EDU_DEVICE_H */

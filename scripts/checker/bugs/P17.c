// SPDX-License-Identifier: GPL-2.0
/*
 * P17: a work queue is destroyed while an interrupt handler queues on it
 *
 * Class: uaf-irq
 * Was: CVE-2026-98768, anx7411
 * Answer: cannot be written: there is no remove(); handlers, timers and work are stopped at unbind
 *   before anything that they use is released (kunit/irq_kunit.c, kunit/work_kunit.c), interrupts
 *   before work, and there is no queue to destroy. Here is what is left to write.
 * Layer: <ferrule/irq.h>, <ferrule/work.h>
 */
#include <ferrule/irq.h>
#include <ferrule/pci.h>
#include <ferrule/work.h>

struct chip {
	struct fe_pci_vectors	vectors;
	struct fe_irq		irq;
	struct fe_work		work;
};

static void chip_work(const struct chip *chip)
{
}

FE_WORK(chip, work, chip_work);

static irqreturn_t chip_interrupt(const struct chip *chip)
{
	fe_work_queue(&chip->work);
	return IRQ_HANDLED;
}

FE_IRQ(chip, irq, chip_interrupt);

/* Any order does: the handler comes before the work that it queues is there, and goes after it. */
static int chip_probe(struct fe_pci_dev *pdev, struct chip *chip)
{
	return fe_pci_alloc_vectors(pdev, &chip->vectors, 1, 1, FE_IRQ_MSI) ?:
	       chip_irq_declare(&pdev->dev, chip, &chip->vectors, 0) ?:
	       chip_work_declare(&pdev->dev, chip);
}

FE_PCI_IDS(chip_ids, { FE_PCI_DEVICE(0x1234, 0x11e8) });
FE_PCI_DRIVER(chip, chip_ids, .probe = chip_probe);

/* The queue is the system's. */
static void chip_quiesce_by_hand(struct workqueue_struct *queue)
{
	destroy_workqueue(queue);		/* error: foreign-symbol */
}

// SPDX-License-Identifier: GPL-2.0
/*
 * P04: a buffer is forgotten where probe fails half way
 *
 * Class: leak-probe
 * Was: CVE-2026-98486, ena_probe()
 * Answer: does not build. What belongs to the binding, as coherent memory does, has nothing to
 *   forget: the layer undoes what probe did (kunit/acquire_kunit.c fails each step).
 * Layer: <ferrule/coherent.h>, <ferrule/dma.h>
 */
#include <ferrule/box.h>
#include <ferrule/coherent.h>
#include <ferrule/dma.h>
#include <ferrule/pci.h>

FE_COHERENT(mmio_read, u32, 16);

struct com {
	struct mmio_read mmio_read;
	struct fe_dma dma;
};

struct admin {
	u32 depth;
};

static int admin_queue(struct admin *admin, u32 depth)
{
	admin->depth = depth;
	return depth ? 0 : -EINVAL;
}

/* Correct, without a word about the buffer. */
static int device_init(struct fe_pci_dev *pdev, struct com *com, struct admin *admin)
{
	return fe_coherent_alloc(&pdev->dev, &com->mmio_read) ?: admin_queue(admin, 3);
}

static int probe(struct fe_pci_dev *pdev, struct com *com)
{
	struct admin *admin = fe_box_new(struct admin);	/* note: leak */
	int ret;

	if (IS_ERR(admin))
		return PTR_ERR(admin);
	ret = device_init(pdev, com, admin);
	if (ret)
		return ret;			/* error: leak */
	fe_box_drop(admin);
	return 0;
}

static int buffer_in_probe(struct com *com)
{
	struct fe_dma_buf buf;
	int ret = fe_dma_buf_alloc(&com->dma, 64, &buf);	/* note: leak */

	if (ret)
		return ret;
	return 0;				/* error: leak */
}

// SPDX-License-Identifier: GPL-2.0
/*
 * P13: memory is tied to a device that outlives the binding
 *
 * Class: leak-remove
 * Was: CVE-2026-46103, ucan_probe()
 * Answer: cannot be written: the state belongs to the binding, bound resources to the device that
 *   probe was called for, and there is no other one to name; managed allocations of the
 *   kernel are refused.
 * Layer: <ferrule/pci.h>, <ferrule/box.h>
 */
#include <ferrule/box.h>
#include <ferrule/pci.h>

struct message {
	u8 bytes[64];
};

struct up {
	struct message *buf __fe_own;
};

static int managed(struct fe_pci_dev *pdev)
{
	return devm_kzalloc(NULL, 64, GFP_KERNEL) ? 0 : -ENOMEM;	/* error: foreign-symbol */
}

/* What probe gets goes into the state, which ends it, or it is a leak. */
static int probe(struct fe_pci_dev *pdev, struct up *up)
{
	struct message *buf = fe_box_new(struct message);	/* note: leak */

	if (IS_ERR(buf))
		return PTR_ERR(buf);
	return 0;				/* error: leak */
}

/* Nobody else's pointer is dropped. */
struct borrower {
	struct message *seen;
};

static int into_a_field_that_does_not_own(struct borrower *b)
{
	struct message *buf = fe_box_new(struct message);	/* note: leak */

	if (IS_ERR(buf))
		return PTR_ERR(buf);
	b->seen = buf;				/* error: leak */
	return 0;
}

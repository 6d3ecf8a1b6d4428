// SPDX-License-Identifier: GPL-2.0
/*
 * P23: something that may be NULL is dereferenced
 *
 * Class: errptr-null
 * Was: CVE-2026-89933, dps310_probe()
 * Answer: does not build. Probe gets no id; FE_PCI_IDS_WITH() gives a driver its device's data,
 *   which is never NULL because a device without is refused (kunit/pci_kunit.c).
 * Layer: <ferrule/pci.h>; what may fail or be absent is a stand-in
 */
#include <ferrule/future.h>

static int absent(int n)
{
	struct obj *id __obj = obj_find(n);	/* note: unchecked-result */

	return id->x;				/* error: unchecked-result */
}

static int failed(int n)
{
	struct obj *id __obj = obj_open(n);	/* note: unchecked-result */

	return id->x;				/* error: unchecked-result */
}

static int passed_on(int n)
{
	struct obj *id __obj = obj_find(n);	/* note: unchecked-result */

	return obj_ping(id);			/* error: unchecked-result */
}

static int tested_wrongly(int n)
{
	struct obj *id __obj = obj_open(n);	/* note: wrong-test */

	if (!id)				/* error: wrong-test */
		return -ENODEV;
	return id->x;				/* note: wrong-test */
}

static int of_a_caller(const struct obj *id __fe_nullable)	/* note: unchecked-result */
{
	return id->x;				/* error: unchecked-result */
}

static int tested_on_one_path(int n)
{
	struct obj *id __obj = obj_find(n);	/* note: unchecked-result */

	if (!id)
		test_sleep(1);
	return id->x;				/* error: unchecked-result */
}

// SPDX-License-Identifier: GPL-2.0
/*
 * P18: the roll-back loop frees with the other loop's index
 *
 * Class: wrong-unwind
 * Was: CVE-2026-90007, pm8001_request_msix()
 * Answer: cannot be written: interrupt handlers are not freed by drivers; owned values of a driver
 *   are kept in containers of the layer, or end in the round that made them.
 * Layer: <ferrule/irq.h>; buffers are a stand-in
 */
#include <ferrule/future.h>

/* One name in a loop: the second round would overwrite the first one's. */
static int request_all(int n)
{
	struct buf b = {};
	int i, ret = 0;

	for (i = 0; i < n; i++) {
		ret = buf_alloc(&b, i);		/* error: overwrite-owner, note: leak, note: overwrite-owner */
		if (ret)
			break;
	}
	return ret;				/* error: leak */
}

/* The roll-back ends what was ended. */
static int roll_back(int n)
{
	struct buf b;
	int j, ret = buf_alloc(&b, n);		/* note: leak */

	if (ret)
		return ret;
	for (j = 0; j < n; j++)
		buf_drop(&b);			/* error: double-drop, note: double-drop */
	return -EIO;				/* error: leak */
}

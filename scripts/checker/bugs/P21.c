// SPDX-License-Identifier: GPL-2.0
/*
 * P21: work that nobody cancels runs on freed memory
 *
 * Class: devm-order
 * Was: CVE-2026-89463, ucs1002_probe()
 * Answer: cannot be written: there is no unmanaged work; what belongs to the binding is stopped at
 *   unbind, what a driver owns ends or does not build.
 * Layer: none for work yet; stand-in
 */
#include <ferrule/future.h>

static int probe(const struct queue *q, int n)
{
	struct work poll;
	int ret = work_start(&poll, q);		/* note: leak */

	if (ret)
		return ret;
	return n ? -EIO : 0;			/* error: leak */
}

static int probe_that_fails_later(const struct queue *q, int n)
{
	struct work poll;
	int ret = work_start(&poll, q);		/* note: leak */

	if (ret)
		return ret;
	ret = test_start(n);
	if (ret)
		return ret;			/* error: leak */
	work_drop(&poll);
	return 0;
}

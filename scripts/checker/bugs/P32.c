// SPDX-License-Identifier: GPL-2.0
/*
 * P32: a reference is lost where a loop returns early
 *
 * Class: refcount-leak
 * Was: CVE-2026-64301, scmi_regulator_probe()
 * Answer: does not build.
 * Layer: none for the device tree yet; stand-in
 */
#include <ferrule/future.h>

static int probe(void)
{
	struct node *np = node_find("regulators"), *child;	/* note: leak */
	int ret;

	if (!np)
		return -ENODEV;
	for (child = node_next(np, NULL); child; child = node_next(np, fe_move(child))) {
		ret = node_use(child);
		if (ret == -ENOMEM) {
			node_put(child);
			return ret;		/* error: leak */
		}
		if (ret)
			break;
	}
	node_put(child);
	node_put(np);
	return 0;
}

static int child_lost(void)
{
	struct node *np = node_find("regulators"), *child;
	int n = 0;

	if (!np)
		return -ENODEV;
	for (child = node_next(np, NULL); child; child = node_next(np, fe_move(child))) /* note: leak */
		if (++n > 3)
			break;
	node_put(np);
	return n;				/* error: leak */
}

static int reference_kept_in_an_error_path(int n)
{
	struct node *np = node_find("regulators");	/* note: leak */
	int ret;

	if (!np)
		return -ENODEV;
	ret = node_use(np);
	if (ret)
		goto out;
	node_put(np);
out:
	return ret;				/* error: leak */
}

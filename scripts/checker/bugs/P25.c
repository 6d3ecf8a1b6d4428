// SPDX-License-Identifier: GPL-2.0
/*
 * P25: a registration is forgotten, and its error as well
 *
 * Class: leak-remove
 * Was: CVE-2026-90126, pcf8563_clkout_register_clk()
 * Answer: does not build.
 * Layer: none for clocks yet; stand-in
 */
#include <ferrule/future.h>

static int unused_result(const struct obj *clk)
{
	struct slot provider __slot = {};

	slot_register(&provider, clk);		/* compiler: ignoring return value of */
	return 0;
}

static int forgotten(const struct obj *clk)
{
	struct slot provider;
	int ret = slot_register(&provider, clk);	/* note: leak */

	if (ret)
		return ret;
	return 0;				/* error: leak */
}

static int outlived(int n)
{
	struct obj *clk = obj_new();
	struct slot provider __slot = {};
	int ret = slot_register(&provider, clk);	/* note: drop-while-borrowed */

	obj_put(clk);				/* error: drop-while-borrowed */
	return ret;
}

static int ignored(const struct obj *clk)
{
	struct slot provider __slot = {};
	int ret = slot_register(&provider, clk);	/* error: ignored-error */

	ret = test_start(1);
	return ret;
}

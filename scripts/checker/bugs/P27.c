// SPDX-License-Identifier: GPL-2.0
/*
 * P27: an entry stays in another driver's table when probe fails
 *
 * Class: list-no-del
 * Was: i2c_amd_probe()
 * Answer: does not build.
 * Layer: none for such tables; stand-in
 */
#include <ferrule/future.h>

static int probe(int n)
{
	struct obj *common __obj = obj_open(n);	/* error: drop-while-borrowed */
	struct slot slot;
	int ret;

	if (IS_ERR(common))
		return PTR_ERR(common);
	ret = slot_register(&slot, common);	/* note: drop-while-borrowed */
	if (ret)
		return ret;
	ret = test_start(n);
	if (ret < 0)
		return ret;
	slot_drop(&slot);
	return ret;
}

static int freed_before(int n)
{
	struct slot slot __slot = {};
	struct obj *common __obj = obj_open(n);	/* error: drop-while-borrowed */

	if (IS_ERR(common))
		return PTR_ERR(common);
	return slot_register(&slot, common);	/* note: drop-while-borrowed */
}

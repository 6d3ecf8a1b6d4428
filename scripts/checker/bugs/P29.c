// SPDX-License-Identifier: GPL-2.0
/*
 * P29: a timer ticks after what it touches was freed
 *
 * Class: uaf-work-timer
 * Was: CVE-2026-64363, appleir_remove()
 * Answer: cannot be written: there is no remove(); at unbind all producers are stopped, and none can
 *   start another one again, before anything is released. A timer that a driver would own
 *   itself borrows what it touches.
 * Layer: none for input yet; the timer is a stand-in
 */
#include <ferrule/future.h>

static int by_hand(int n)
{
	struct buf input = buf_make(n);
	struct timer key_up = {};
	int ret = timer_start(&key_up, &input);	/* note: drop-while-borrowed */

	buf_drop(&input);			/* error: drop-while-borrowed */
	if (!ret)
		timer_drop(&key_up);
	return ret;
}

/* Armed again on a path of its own. */
static int armed_again(int n)
{
	struct buf input __buf = buf_make(n);
	struct timer key_up = {};
	int ret = timer_start(&key_up, &input);	/* note: overwrite-owner */

	if (ret)
		return ret;
	ret = timer_start(&key_up, &input);	/* error: overwrite-owner */
	if (!ret)
		timer_drop(&key_up);
	return ret;
}

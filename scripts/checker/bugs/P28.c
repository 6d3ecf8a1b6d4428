// SPDX-License-Identifier: GPL-2.0
/*
 * P28: a buffer is freed by its old owner and by its new one
 *
 * Class: double-free
 * Was: CVE-2026-74456, peak_usb_start()
 * Answer: does not build.
 * Layer: none for USB yet; stand-in
 */
#include <ferrule/future.h>

static int start(int n)
{
	int ret = 0;

	while (n--) {
		struct urb urb __urb = {};
		struct packet *buf = packet_new(64);

		if (IS_ERR(buf))
			return PTR_ERR(buf);
		if (urb_alloc(&urb)) {
			packet_drop(buf);
			return -ENOMEM;
		}
		urb_keep(&urb, buf);		/* note: use-after-move */
		ret = test_start(n);
		if (ret) {
			packet_drop(buf);	/* error: use-after-move */
			break;
		}
	}
	return ret;
}

static void in_a_helper(struct packet *p __fe_take)
{
	packet_drop(p);
}

static int through_a_helper(int n)
{
	struct packet *p = packet_new(n);

	if (IS_ERR(p))
		return PTR_ERR(p);
	in_a_helper(p);				/* note: use-after-move */
	packet_drop(p);				/* error: use-after-move */
	return 0;
}

static int two_names(int n)
{
	struct packet *p = packet_new(n), *q = p;

	if (IS_ERR(p))
		return PTR_ERR(p);
	packet_drop(q);				/* note: double-drop */
	packet_drop(p);				/* error: double-drop */
	return 0;
}

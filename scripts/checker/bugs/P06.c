// SPDX-License-Identifier: GPL-2.0
/*
 * P06: a packet is read after it was submitted, and leaks where that fails
 *
 * Class: urb-skb
 * Was: CVE-2026-52982, rtl8150_start_xmit()
 * Answer: does not build.
 * Layer: none for USB and network yet; stand-in
 */
#include <ferrule/future.h>

struct stats {
	unsigned int bytes, errors;
};

static void xmit(struct urb *urb, struct packet *p __fe_take, struct stats *stats)	/* note: leak */
{
	if (urb_submit(urb, p)) {		/* note: use-after-move */
		stats->errors++;
		return;				/* error: leak */
	}
	stats->bytes += p->len;			/* error: use-after-move */
}

static void log_packet(const struct packet *p, struct stats *stats)
{
	stats->bytes += p->len;
}

static int through_a_helper(struct urb *urb, struct packet *p __fe_take, struct stats *stats)
{
	int ret = urb_submit(urb, p);		/* note: use-after-move */

	if (ret)
		packet_drop(p);
	else
		log_packet(p, stats);		/* error: use-after-move */
	return ret;
}

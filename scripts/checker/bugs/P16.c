// SPDX-License-Identifier: GPL-2.0
/*
 * P16: a reference is put that was not taken
 *
 * Class: refcount-underflow
 * Was: dma_chan_put()
 * Answer: does not build. A reference is an owned value: it is put once, by who got it.
 * Layer: none for counted objects yet; stand-in
 */
#include <ferrule/future.h>

struct chan {
	struct hub *hub __fe_own;
	struct hub *seen;
	int clients;
};

static void put_without_get(struct chan *c)
{
	c->clients--;
	hub_put(c->seen);			/* error: forged-owner */
}

static void put_of_a_borrow(struct hub *hub)	/* note: forged-owner */
{
	hub_put(hub);				/* error: forged-owner */
}

static void put_for_each_client(struct chan *c, int n)
{
	struct hub *hub = fe_move(c->hub);

	if (!hub)
		return;
	do {
		hub_put(hub);			/* error: double-drop, note: double-drop */
	} while (n--);
}

static int get_on_one_path(struct chan *c, const struct hub *h)
{
	struct hub *hub = hub_get(h);		/* note: leak */

	if (c->clients++)
		return 0;			/* error: leak */
	hub_put(hub);
	return 0;
}

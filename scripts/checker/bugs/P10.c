// SPDX-License-Identifier: GPL-2.0
/*
 * P10: a number in memory of the device is read twice, checked once
 *
 * Class: double-fetch
 * Was: mana_hwc_rx_event_handler()
 * Answer: does not build.
 * Layer: <ferrule/coherent.h>
 *
 * The memory has no pointer; fe_load() is one read, by value, and what was proved of one
 * value is not known of another, nor what was tested.
 */
#include <ferrule/coherent.h>

struct message {
	u32 id;
	u32 data;
};

FE_COHERENT(messages, struct message, 16);	/* note: private-field */

struct hwc {
	struct messages messages;
	u32 answers[8];
};

static u32 fetched_twice(const struct hwc *h, size_t n)
{
	struct message m;

	if (fe_load(&h->messages, n, &m) || m.id >= ARRAY_SIZE(h->answers))	/* note: double-fetch */
		return 0;
	if (fe_load(&h->messages, n, &m))	/* note: double-fetch */
		return 0;
	return h->answers[m.id];		/* error: raw-index, error: double-fetch */
}

static u32 through_a_pointer(const struct hwc *h)
{
	const struct message *m = h->messages.coherent.cpu;	/* error: pointer-cast, error: private-field */

	return m->id;
}

static u32 checked_in_another_function(const struct hwc *h, struct message m)
{
	return h->answers[m.id];		/* error: raw-index */
}

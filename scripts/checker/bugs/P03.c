// SPDX-License-Identifier: GPL-2.0
/*
 * P03: memory for DMA is freed, or made, under a spinlock
 *
 * Class: sleep-atomic
 * Was: CVE-2026-64465, xhci_free_streams()
 * Answer: does not build. Coherent memory itself is freed by the layer, at unbind.
 * Layer: <ferrule/coherent.h>, <ferrule/lock.h>
 */
#include <ferrule/box.h>
#include <ferrule/coherent.h>
#include <ferrule/lock.h>

struct stream {
	u32 state;
};

struct hc_data {
	struct stream *stream __fe_own;
};

FE_SPINLOCK_IRQ(hc_lock, struct hc_data);
FE_MUTEX(hc_mutex, struct hc_data);

struct hc {
	struct hc_lock lock;
	struct hc_mutex mutex;
};

static int alloc_stream(const struct hc *hc)
{
	struct hc_data *d __fe_unlock(hc_lock) = fe_lock(&hc->lock);	/* note: sleep-in-atomic */
	struct stream *s __fe_free = fe_box_new(struct stream);	/* error: sleep-in-atomic */

	if (IS_ERR(s))
		return PTR_ERR(s);
	s->state = d->stream ? 1 : 0;
	return 0;
}

/* Through a helper, in the round of a loop. */
static u32 helper(const struct hc *hc)
{
	struct hc_data *d __fe_unlock(hc_mutex) = fe_lock(&hc->mutex);	/* note: sleep-in-atomic */

	return d->stream ? 1 : 0;
}

static u32 free_streams(const struct hc *hc, int n)
{
	struct hc_data *d __fe_unlock(hc_lock) = fe_lock(&hc->lock);	/* note: sleep-in-atomic */
	u32 sum = d->stream ? 1 : 0;

	while (n--)
		sum += helper(hc);		/* error: sleep-in-atomic */
	return sum;
}

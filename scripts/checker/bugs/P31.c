// SPDX-License-Identifier: GPL-2.0
/*
 * P31: an answer frees the request that is still being sent
 *
 * Class: urb-skb
 * Was: CVE-2026-90222, pn533
 * Answer: does not build. The request is in the data of the lock under which it is sent: who
 *   completes it has no name for it before the lock is free.
 * Layer: <ferrule/lock.h>, <ferrule/box.h>; none for NFC
 */
#include <ferrule/box.h>
#include <ferrule/lock.h>

struct request {
	u32 len;
};

struct pending {
	struct request *request __fe_own;
};

FE_MUTEX(pending_lock, struct pending);		/* note: private-field */

struct nfc {
	struct pending_lock pending;
};

static int send_frame(const struct request *r)
{
	return r->len ? 0 : -EIO;
}

static void complete_without_the_lock(const struct nfc *nfc)	/* note: forged-owner */
{
	fe_box_drop(nfc->pending.data.request);	/* error: forged-owner, error: private-field */
}

static int sent_after_the_lock(const struct nfc *nfc)
{
	struct pending *p = fe_lock(&nfc->pending);
	struct request *r = p->request;

	if (!r) {
		pending_lock_unlock(&p);
		return -ENODEV;
	}
	pending_lock_unlock(&p);		/* note: unguarded-access */
	return send_frame(r);			/* error: unguarded-access */
}

static int freed_while_it_is_kept(const struct nfc *nfc)
{
	struct pending *p __fe_unlock(pending_lock) = fe_lock(&nfc->pending);	/* note: forged-owner */

	fe_box_drop(p->request);		/* error: forged-owner */
	return 0;
}

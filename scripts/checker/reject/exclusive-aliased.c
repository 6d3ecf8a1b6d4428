// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions -Wno-unused-result */
#include <ferrule/flow.h>

static int exclusive_use_in_between(struct buf *b)
{
	const u8 *x = buf_peek(b);		/* note: exclusive-aliased */

	buf_fill(b, 3);				/* note: exclusive-aliased */
	return x[0];				/* error: exclusive-aliased */
}

static int two_exclusive_loans(struct buf *b)
{
	u8 *x = buf_bytes(b);			/* note: exclusive-aliased */
	u8 *y = buf_bytes(b);			/* note: exclusive-aliased */

	y[0] = 1;
	return x[0];				/* error: exclusive-aliased */
}

static void twice_in_one_call(struct buf *b)
{
	buf_copy(b, b);				/* error: exclusive-aliased */
}

static void local_twice_in_one_call(int n)
{
	struct buf b __buf = buf_make(n);

	buf_copy(&b, &b);			/* error: exclusive-aliased */
}

static void both(struct obj *a, const struct obj *b)
{
	a->x = b->x;
}

static void through_a_helper(struct obj *o)
{
	both(o, o);				/* error: exclusive-aliased */
}

static int exclusive_then_shared(struct buf *b)
{
	u8 *x = buf_bytes(b);			/* note: exclusive-aliased */
	const u8 *y = buf_peek(b);		/* note: exclusive-aliased */

	x[0] = 1;				/* error: exclusive-aliased */
	return y[0];
}

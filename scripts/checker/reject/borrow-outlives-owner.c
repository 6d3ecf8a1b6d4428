// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions -Wno-unused-result */
#include <ferrule/flow.h>

static int dropped(int n)
{
	struct buf b = buf_make(n);
	const u8 *x = buf_peek(&b);		/* note: borrow-outlives-owner */

	buf_drop(&b);				/* note: borrow-outlives-owner */
	return x[0];				/* error: borrow-outlives-owner */
}

static int moved(int n)
{
	struct buf b __buf = buf_make(n);
	const u8 *x = buf_peek(&b);		/* note: borrow-outlives-owner */

	buf_consume(fe_move(b));		/* note: borrow-outlives-owner */
	return x[0];				/* error: borrow-outlives-owner */
}

static const u8 *returned(int n)
{
	struct buf b __buf = buf_make(n);	/* note: borrow-outlives-owner */
	const u8 *x = buf_peek(&b);		/* note: borrow-outlives-owner */

	return x;				/* error: borrow-outlives-owner */
}

static int *address_of_a_local(int n)
{
	int x = n;
	int *p = &x;

	return p;				/* error: borrow-outlives-owner */
}

static int out_of_scope(int n)
{
	int *p = NULL;

	if (n > 3) {
		int x = n;

		p = &x;
	}
	return p ? *p : 0;			/* error: borrow-outlives-owner */
}

static int field(void)
{
	struct obj *o = obj_new();
	int *x = obj_field(o);			/* note: borrow-outlives-owner */

	obj_put(o);				/* note: borrow-outlives-owner */
	return *x;				/* error: borrow-outlives-owner */
}

static int one_of_two(const struct obj *a)
{
	struct obj *b = obj_new();
	const int *x = obj_first(a, b);		/* note: borrow-outlives-owner */

	obj_put(b);				/* note: borrow-outlives-owner */
	return *x;				/* error: borrow-outlives-owner */
}

static int loan_of_a_loan(int n)
{
	struct buf b = buf_make(n);
	const u8 *x = buf_peek(&b);		/* note: borrow-outlives-owner */
	const u8 *y = x + 3;

	buf_drop(&b);				/* note: borrow-outlives-owner */
	return *y;				/* error: borrow-outlives-owner */
}

struct view {
	const u8 *bytes;
};

static int in_a_structure(int n)
{
	struct buf b = buf_make(n);
	struct view v = { buf_peek(&b) }, w;	/* note: borrow-outlives-owner */

	w = v;
	buf_drop(&b);				/* note: borrow-outlives-owner */
	return *w.bytes;			/* error: borrow-outlives-owner */
}

static int from_the_last_round(int n)
{
	const u8 *x = NULL;
	int sum = 0;

	while (n--) {
		struct buf b __buf = buf_make(n);	/* note: borrow-outlives-owner */

		if (x)
			sum += *x;		/* error: borrow-outlives-owner */
		x = buf_peek(&b);		/* note: borrow-outlives-owner */
	}
	return sum;
}

// SPDX-License-Identifier: GPL-2.0
/* options: role=driver -Wno-dangling-pointer -fkeep-static-functions -Wno-unused-result */
#include <ferrule/flow.h>

struct state {
	const u8 *cache;
	struct obj *o;
	const struct state *self;
};

static void loan_of_a_local(struct state *s, int n)
{
	struct buf b __buf = buf_make(n);

	s->cache = buf_peek(&b);		/* error: borrow-escapes */ /* note: borrow-escapes */
}

static void loan_of_a_parameter(struct state *s, const struct buf *b)
{
	s->cache = buf_peek(b);			/* error: borrow-escapes */ /* note: borrow-escapes */
}

static void parameter(struct state *s, struct obj *o)	/* note: borrow-escapes */
{
	s->o = o;				/* error: borrow-escapes */
}

static void address_of_a_local(int **to, int n)
{
	int x = n;

	*to = &x;				/* error: borrow-escapes */
}

static void through_an_out_pointer(const u8 **to, const u8 *a, const u8 *b, int n)	/* note: borrow-escapes */
{
	*to = n ? a : b;			/* error: borrow-escapes */
}

static __fe_borrows(1) const struct obj *misdeclared(const struct obj *a, const struct obj *b)	/* note: borrow-escapes */
{
	return a->x ? b : NULL;			/* error: borrow-escapes */
}

static int keeps_too_long(struct user *u __fe_out, const struct obj *o)	/* note: borrow-escapes */
{
	return user_init(u, o);			/* error: borrow-escapes */
}

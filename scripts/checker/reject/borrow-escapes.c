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

struct window {
	u8 *to;
};

TEST_LOCK(window_lock, struct window, test_lock);

struct with_window {
	struct window_lock window;
};

static void of_the_stack_into_guarded_data(const struct with_window *s)
{
	u8 bytes[8] = {};
	struct window *w __test_unlock(window_lock) = test_acquire(&s->window);

	w->to = bytes;				/* error: borrow-escapes */
}

static void of_a_parameter_into_guarded_data(const struct with_window *s, u8 *bytes) /* note: borrow-escapes */
{
	struct window *w __test_unlock(window_lock) = test_acquire(&s->window);

	w->to = bytes;				/* error: borrow-escapes */
}

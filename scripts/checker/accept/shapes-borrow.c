// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions -Wno-unused-result */
/* Correct code that borrows: loans one after the other, guards, callbacks. */
#include <ferrule/flow.h>

struct state {
	struct count_lock counts;
	struct count_spin fast;
	struct count_spin_irq irq;
	int n;
};

static int sequential_loans(struct buf *b)
{
	const u8 *y;
	u8 *x = buf_bytes(b);

	x[0] = 1;
	y = buf_peek(b);
	return y[0] + buf_peek(b)[1] + y[1];
}

static const u8 *returned_borrow(const struct buf *b, int c)
{
	if (c)
		return NULL;
	return buf_peek(b);
}

static int *field_of_a_parameter(struct obj *o)
{
	return &o->x;
}

static __fe_borrows(1, 2) const struct obj *one_of_two(const struct obj *a, const struct obj *b)
{
	return a->x > b->x ? a : b;
}

static int loan_across_branches(struct buf *b, int c)
{
	const u8 *x = c ? buf_peek(b) : NULL;

	if (x)
		return x[0];
	return 0;
}

static int borrow_ends_before_drop(int n)
{
	struct buf b = buf_make(n);
	const u8 *x = buf_peek(&b);
	int first = x[0];

	buf_drop(&b);
	return first;
}

static int borrow_again_after_refill(int n)
{
	struct buf b __buf = buf_make(n);
	const u8 *x = buf_peek(&b);

	n = x[0];
	buf_consume(fe_move(b));
	b = buf_make(n);
	x = buf_peek(&b);
	return x[0];
}

static int guard(const struct state *s)
{
	struct counts *c __test_unlock(count_lock) = test_acquire(&s->counts);

	return ++c->runs;
}

static int guard_in_a_block(const struct state *s, int n)
{
	int v;

	{
		struct counts *c __test_unlock(count_spin) = test_acquire(&s->fast);

		v = c->runs++;
		if (n)
			return v;
	}
	test_sleep(3);
	return v;
}

static int guard_by_hand(const struct state *s)
{
	struct counts *c = test_acquire(&s->fast);
	int v = c->runs;

	count_spin_unlock(&c);
	test_sleep(1);
	c = test_acquire(&s->fast);
	v += c->runs;
	count_spin_unlock(&c);
	return v;
}

static int guard_that_can_fail(const struct state *s)
{
	struct counts *c __test_unlock(count_lock) = test_try(&s->counts);

	if (IS_ERR(c))
		return PTR_ERR(c);
	return c->runs;
}

static int guard_declared_first(const struct state *s, int n)
{
	struct counts *c __test_unlock(count_lock) = NULL;

	if (n < 0)
		return -EINVAL;
	c = test_acquire(&s->counts);
	c->runs += n;
	return 0;
}

static void count(struct counts *c, int n)
{
	c->runs += n;
}

static int guard_passed_to_a_helper(const struct state *s)
{
	struct counts *c __test_unlock(count_lock) = test_acquire(&s->counts);

	count(c, 3);
	return c->runs;
}

static int nested_guards(const struct state *s, const struct state *t)
{
	struct counts *c __test_unlock(count_lock) = test_acquire(&s->counts);
	struct counts *d __test_unlock(count_spin) = test_acquire(&t->fast);

	c->runs += d->runs;
	return c->runs;
}

static int two_locks_of_a_kind(const struct state *s, const struct state *t, int n)
{
	struct counts *c __test_unlock(count_lock) = test_acquire(&s->counts);

	while (n--) {
		struct counts *d __test_unlock(count_lock) = test_acquire(&t->counts);

		c->runs += d->runs;
		if (c->runs > 5)
			break;
	}
	return c->runs;
}

static int owned_value_in_a_lock(const struct state *s, int id)
{
	struct obj *fresh = obj_open(id), *old __obj = NULL;
	struct counts *c __test_unlock(count_lock) = NULL;

	if (IS_ERR(fresh))
		return PTR_ERR(fresh);
	c = test_acquire(&s->counts);
	old = fe_move(c->last);
	c->last = fe_move(fresh);
	return 0;
}

static int made_of_another(int n)
{
	struct buf b __buf = {};
	struct map m __map = {};

	if (buf_alloc(&b, n) || map_make(&m, &b))
		return -ENOMEM;
	return map_read(&m);
}

static int made_of_another_by_hand(int n)
{
	struct buf b;
	struct map m;
	int ret = buf_alloc(&b, n);

	if (ret)
		return ret;
	ret = map_make(&m, &b);
	if (!ret) {
		ret = map_read(&m);
		map_drop(&m);
	}
	buf_drop(&b);
	return ret;
}

static int kept_as_long(const struct obj *o)
{
	struct user u;
	int ret = user_init(&u, o);

	if (ret)
		return ret;
	user_drop(&u);
	return 0;
}

static void store_a_copy(const struct state *s, int *out)
{
	struct counts *c __test_unlock(count_lock) = test_acquire(&s->counts);

	*out = c->runs;
}

struct view {
	const u8 *bytes;
	int n;
};

static int local_view(const struct buf *b)
{
	struct view v = { buf_peek(b), 3 }, w;

	w = v;
	return w.bytes[w.n];
}

static int irq_handler(const struct state *s)
{
	struct counts *c __test_unlock(count_spin_irq) = test_acquire(&s->irq);

	return c->runs++;
}

static int ioctl(const struct state *s)
{
	return guard(s) + guard_in_a_block(s, 1);
}

static const struct test_ops ops = { .irq = irq_handler, .ioctl = ioctl };

static int local_pointers(int n)
{
	int a = 1, b = 2, *p = n ? &a : &b;

	*p = n;
	return a + b + *p;
}

static void fill(int *to, const struct obj *from)
{
	*to = from->x;
}

static int address_passed_down(const struct obj *o)
{
	int x;

	fill(&x, o);
	return x;
}

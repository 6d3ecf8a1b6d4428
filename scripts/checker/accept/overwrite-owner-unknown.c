// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions */
#include <ferrule/flow.h>

struct pair {
	struct buf a, b;
	struct obj *o __fe_own;
};

struct state {
	struct pair pair;
	struct count_lock counts;
	int runs;
};

static void tested(struct pair *p)
{
	if (!p->o)
		p->o = obj_new();
}

static void dropped_before(struct pair *p, size_t n)
{
	buf_drop(&p->a);
	p->a = buf_make(n);
}

static void put_before(struct pair *p)
{
	obj_put(fe_move(p->o));
	p->o = obj_new();
}

static void taken_by_hand(struct pair *p)
{
	struct obj *old __obj = p->o;

	p->o = NULL;
}

static void tested_as_a_handle(struct pair *p, size_t n)
{
	if (buf_ok(&p->a))
		return;
	p->a = buf_make(n);
}

static void data_of_a_lock(const struct state *s)
{
	struct counts *c __test_unlock(count_lock) = test_acquire(&s->counts);

	if (c->last)
		return;
	c->last = obj_new();
}

static void swapped(struct pair *p)
{
	struct obj *o = fe_move(p->o);
	struct buf b = fe_move(p->b);

	p->b = fe_move(p->a);
	p->a = fe_move(b);
	p->o = o;
}

static int out(struct buf *b __fe_out, size_t n)
{
	*b = buf_make(n);
	return 0;
}

static int out_of_a_structure(struct pair *p __fe_out, size_t n)
{
	p->a = buf_make(n);
	p->b = buf_make(n);
	p->o = obj_new();
	return 0;
}

static void made_here(size_t n)
{
	struct pair p = { };

	p.a = buf_make(n);
	buf_drop(&p.a);
}

static void fill(struct pair *p)
{
	p->o = obj_new();
}

static int alloc(struct pair *p, size_t n)
{
	return buf_alloc(&p->a, n);
}

/* Probe fills what the layer has zeroed, by helpers and under its own lock, too. */
static int set_up(struct state *s)
{
	struct counts *c __test_unlock(count_lock) = test_acquire(&s->counts);

	c->last = obj_new();
	fill(&s->pair);
	return alloc(&s->pair, 8);
}

static int probe(struct test_dev *dev, struct state *s)
{
	test_lock_init(&s->counts.lock);
	s->pair.b = buf_make(4);
	return set_up(s);
}

static const struct test_ops ops = { .probe = probe };

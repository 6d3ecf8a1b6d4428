// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions */
/* What a structure holds that the function did not make is not known. */
#include <ferrule/flow.h>

struct pair {
	struct buf a, b;
	struct obj *o __fe_own;
};

struct state {
	struct count_lock counts;
	struct pair pair;
};

static void pointer_of_a_parameter(struct pair *p)
{
	p->o = obj_new();			/* error: overwrite-owner */
}

static void set_to_null(struct pair *p)
{
	p->o = NULL;				/* error: overwrite-owner */
}

static void data_of_a_lock(const struct state *s)
{
	struct counts *c __test_unlock(count_lock) = test_acquire(&s->counts);

	c->last = obj_new();			/* error: overwrite-owner */
}

static int filled(struct pair *p, size_t n)
{
	return buf_alloc(&p->a, n);		/* error: overwrite-owner */
}

static void moved_between(struct pair *p)
{
	p->b = fe_move(p->a);			/* error: overwrite-owner */
}

static void taken_back(struct pair *p, struct mapping *m __fe_take)
{
	p->a = mapping_take(m);			/* error: overwrite-owner */
}

static int not_an_out_parameter(struct buf *out, size_t n)
{
	struct buf b = buf_make(n);

	*out = fe_move(b);			/* error: overwrite-owner */
	return 0;
}

static void tested_another(struct pair *p, struct pair *q)
{
	if (q->o)
		return;
	p->o = obj_new();			/* error: overwrite-owner */
}

static void before_the_test(struct pair *p)
{
	struct obj *old;

	p->o = obj_new();			/* error: overwrite-owner */
	old = fe_move(p->o);
	obj_put(old);
}

static void on_one_path(struct pair *p, bool clear)
{
	if (clear)
		obj_put(fe_move(p->o));
	p->o = obj_new();			/* error: overwrite-owner */
}

static void known_no_more(struct pair *p, void (*change)(struct pair *p))
{
	if (p->o)
		return;
	change(p);
	p->o = obj_new();			/* error: overwrite-owner */
}

static void initialised_again(struct pair *p)
{
	*p = (struct pair){ };			/* error: overwrite-owner */
}

/* A helper that probe and others call. */
static void set_up(struct state *s)
{
	s->pair.o = obj_new();			/* error: overwrite-owner */
}

static int probe(struct test_dev *dev, struct state *s)
{
	test_lock_init(&s->counts.lock);
	set_up(s);
	return 0;
}

static void quiesce(struct state *s)
{
	set_up(s);
}

static const struct test_ops ops = { .probe = probe, .quiesce = quiesce };

// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions -Wno-unused-result */
/* Correct code that moves: into structures, lists, callees, results, out-parameters. */
#include <ferrule/flow.h>

struct pair {
	struct buf a, b;
};

struct node {
	struct node *next __fe_own;
	struct buf b;
	int v;
};

struct ctx {
	struct pair pair;
	struct obj *o __fe_own;
	int state;
};

void node_free(struct node *n __fe_take __fe_nullable);
void ctx_free(struct ctx *c __fe_take __fe_nullable);

static inline void ctx_end(struct ctx **c __fe_drop)
{
	ctx_free(*c);
}

static int box(int n)
{
	struct obj *o __box = box_new(struct obj);

	if (IS_ERR(o))
		return PTR_ERR(o);
	o->x = n;
	return obj_ping(o);
}

static __fe_gives struct obj *constructor(int id)
{
	struct obj *o = obj_open(id);
	int ret;

	if (IS_ERR(o))
		return o;
	ret = obj_ping(o);
	if (ret) {
		obj_put(o);
		return ERR_PTR(ret);
	}
	return o;
}

static __fe_gives struct obj *scoped_constructor(int id)
{
	struct obj *o __obj = obj_open(id);
	int ret;

	if (IS_ERR(o))
		return fe_move(o);
	ret = obj_ping(o);
	if (ret)
		return ERR_PTR(ret);
	return fe_move(o);
}

static struct buf by_value(int n)
{
	struct buf b __buf = buf_make(n);

	return fe_move(b);
}

static int out_parameter(struct buf *out __fe_out, int n)
{
	struct buf b __buf = buf_make(n);

	if (!buf_ok(&b))
		return -ENOMEM;
	buf_fill(&b, 1);
	*out = fe_move(b);
	return 0;
}

static int out_parameter_passed_on(struct buf *out __fe_out, int n)
{
	return n < 0 ? -EINVAL : buf_alloc(out, n);
}

static int out_parameter_undone(struct buf *out __fe_out, int n)
{
	int ret = buf_alloc(out, n);

	if (ret)
		return ret;
	if (n > 3) {
		buf_drop(out);
		return -EINVAL;
	}
	return 0;
}

static void take_from_a_field(struct pair *p)
{
	struct buf b __buf = fe_move(p->a);

	if (buf_ok(&b))
		buf_fill(&b, 1);
}

static int take_and_put_back(struct ctx *c, int n)
{
	struct buf b __buf = fe_move(c->pair.a);

	if (!buf_ok(&b))
		return -ENODEV;
	buf_fill(&b, n);
	c->pair.a = fe_move(b);
	return 0;
}

static void take_pointer_from_a_field(struct ctx *c)
{
	struct obj *o __obj = fe_move(c->o);

	if (o)
		obj_ping(o);
}

static int fill_an_empty_field(struct ctx *c, int n)
{
	struct obj *o;

	if (!c->o) {
		o = obj_open(n);
		if (IS_ERR(o))
			return PTR_ERR(o);
		c->o = fe_move(o);
	}
	return obj_ping(c->o);
}

static int move_between_fields(struct pair *p)
{
	buf_drop(&p->b);
	p->b = fe_move(p->a);
	return 0;
}

static int list(int n)
{
	struct node *head = NULL, *x;
	int i, sum = 0;

	for (i = 0; i < n; i++) {
		x = box_new(struct node);
		if (IS_ERR(x)) {
			node_free(head);
			return -ENOMEM;
		}
		x->v = i;
		x->next = fe_move(head);
		head = fe_move(x);
	}
	for (x = head; x; x = x->next)
		sum += x->v;
	node_free(head);
	return sum;
}

static int local_structure(int n)
{
	struct pair p = {};
	int ret = buf_alloc(&p.a, n);

	if (ret)
		return ret;
	ret = buf_alloc(&p.b, n);
	if (ret) {
		buf_drop(&p.a);
		return ret;
	}
	buf_fill(&p.a, 1);
	buf_fill(&p.b, 1);
	buf_drop(&p.a);
	buf_consume(fe_move(p.b));
	return 0;
}

static __fe_gives struct ctx *build(int n)
{
	struct ctx *c __attribute__((cleanup(ctx_end))) = box_new(struct ctx);
	struct obj *o;

	if (IS_ERR(c))
		return fe_move(c);
	if (buf_alloc(&c->pair.a, n))
		return ERR_PTR(-ENOMEM);
	if (n > 3) {
		if (buf_alloc(&c->pair.b, n))
			return ERR_PTR(-ENOMEM);
		c->state = 2;
	}
	o = obj_open(n);
	if (IS_ERR(o))
		return ERR_CAST(o);
	c->o = fe_move(o);
	buf_fill(&c->pair.a, 3);
	return fe_move(c);
}

static int helper(struct buf *b, int n)
{
	if (n & 1)
		return -EINVAL;
	buf_fill(b, n);
	return 0;
}

static int helper_takes(struct buf b, int n)
{
	if (n & 1) {
		buf_drop(&b);
		return -EINVAL;
	}
	buf_consume(fe_move(b));
	return 0;
}

static int through_helpers(int n)
{
	struct buf b __buf = {};
	int ret = buf_alloc(&b, n);

	if (!ret)
		ret = helper(&b, n);
	if (!ret)
		ret = helper_takes(fe_move(b), n);
	return ret;
}

static void swap(struct buf a, struct buf b, int c)
{
	struct buf x __buf = fe_move(a), y __buf = fe_move(b);

	if (c) {
		struct buf t = fe_move(x);

		x = fe_move(y);
		y = fe_move(t);
	}
	buf_fill(&x, 1);
	buf_fill(&y, 2);
}

static int taken_only_if_it_works(int n)
{
	struct buf b __buf = {};
	int ret = buf_alloc(&b, n);

	if (ret)
		return ret;
	ret = buf_submit(&b);
	if (ret)
		buf_fill(&b, 0);
	return ret;
}

static int taken_only_if_it_works_without_scope(int n)
{
	struct obj *o = obj_open(n);
	int ret;

	if (IS_ERR(o))
		return PTR_ERR(o);
	ret = obj_give(o);
	if (ret)
		obj_put(o);
	return ret;
}

static int takes_only_if_it_works(struct obj *o __fe_take_ok, int n)
{
	if (n < 0)
		return -EINVAL;
	obj_keep(o);
	return 0;
}

static void drops_what_it_takes(struct obj *o __fe_take)
{
	obj_put(o);
}

static void drops_what_it_takes_or_not(struct obj *o __fe_take __fe_nullable)
{
	if (!o)
		return;
	o->x = 0;
	obj_put(o);
}

FE_DROP(pair, (buf, a), (buf, b));

static int with_its_own_drop(int n)
{
	struct pair p __attribute__((cleanup(pair_drop))) = {};
	int ret = buf_alloc(&p.a, n);

	if (ret)
		return ret;
	return buf_alloc(&p.b, n);
}

static int box_with_content(int n)
{
	struct pair *p __box = box_new(struct pair);
	int ret;

	if (IS_ERR(p))
		return PTR_ERR(p);
	ret = buf_alloc(&p->a, n);
	if (ret)
		return ret;
	ret = buf_len(&p->a);
	pair_drop(p);
	return ret;
}

static int refill(int n)
{
	struct buf b __buf = buf_make(n);

	buf_consume(fe_move(b));
	b = buf_make(n + 1);
	return buf_len(&b);
}

static int refill_after_drop(int n)
{
	struct buf b = buf_make(n);

	buf_drop(&b);
	if (buf_alloc(&b, n))
		return -ENOMEM;
	buf_drop(&b);
	return 0;
}

static int helper_refills(struct pair *p)
{
	buf_swallow(&p->a);
	return buf_alloc(&p->a, 3);
}

static int refilled_by_a_helper(struct pair *p)
{
	buf_swallow(&p->a);
	if (helper_refills(p))
		return -ENOMEM;
	return buf_len(&p->a);
}

/* The handles of two structures change places. */
static void swapped(struct pair *p, struct pair *q)
{
	struct buf b = fe_move(p->a);

	p->a = fe_move(q->a);
	q->a = fe_move(b);
}

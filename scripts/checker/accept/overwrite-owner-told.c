// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
/* That there is nothing to overwrite is known by what others say. */
#include <ferrule/flow.h>

struct slot {
	struct obj *o __fe_own;
	struct buf b;
	int n;
};

struct pair {
	struct slot first, second;
};

static bool slot_is_free(const struct slot *s)
{
	return !s->o;
}

static bool slot_is_used(const struct slot *s)
{
	return s->n > 3 || s->o;
}

static bool is_free_and_small(const struct slot *s)
{
	if (s->o)
		return false;
	return s->n < 4;
}

static bool first_is_free(const struct pair *p)
{
	return slot_is_free(&p->first);
}

static int check(const struct slot *s)
{
	if (buf_ok(&s->b))
		return -EBUSY;
	return s->n < 4 ? 0 : -EINVAL;
}

static void where_it_is_free(struct slot *s)
{
	if (slot_is_free(s))
		s->o = obj_new();
}

static int where_it_is_not_used(struct slot *s)
{
	if (slot_is_used(s))
		return -EBUSY;
	s->o = obj_new();
	return 0;
}

static void with_more_conditions(struct slot *s, bool wanted)
{
	if (wanted && is_free_and_small(s))
		s->o = obj_new();
}

static void by_a_part(struct pair *p)
{
	if (first_is_free(p))
		p->first.o = obj_new();
	else if (slot_is_free(&p->second))
		p->second.o = obj_new();
}

static int by_an_error(struct slot *s, size_t n)
{
	int ret = check(s);

	if (ret)
		return ret;
	s->b = buf_make(n);
	return 0;
}

static void kept_in_a_variable(struct slot *s)
{
	bool is_free = slot_is_free(s);
	struct obj *o __obj = obj_new();

	if (is_free)
		s->o = fe_move(o);
}

static void tested_before(struct slot *s, int n)
{
	bool is_free = !s->o;

	if (n > 3)
		s->n = n;
	if (is_free)
		s->o = obj_new();
}

static void the_same_slot_again(struct slot *s, struct obj *o __fe_take)
{
	if (!slot_is_free(s))
		obj_put(fe_move(s->o));
	s->o = o;
}

/* Elements of a list that were just made. */
struct node {
	struct node *next __fe_own;
	int n;
};

struct list {
	struct node *head __fe_own;
};

static void push(struct list *l, struct node *n __fe_take)
{
	n->next = fe_move(l->head);
	l->head = n;
}

static void push_two(struct list *l, struct node *n __fe_take)
{
	push(l, n);
}

static __fe_gives __fe_nullable struct node *pop(struct list *l)
{
	struct node *n = fe_move(l->head);

	if (n)
		l->head = fe_move(n->next);
	return n;
}

static int fill(struct list *l)
{
	struct node *n __box = box_new(struct node);

	if (IS_ERR(n))
		return PTR_ERR(n);
	n->n = 3;
	push(l, fe_move(n));
	n = box_new(struct node);
	if (IS_ERR(n))
		return PTR_ERR(n);
	push_two(l, fe_move(n));
	return 0;
}

static void from_one_to_the_other(struct list *from, struct list *to)
{
	struct node *n __box = pop(from);

	if (n)
		push(to, fe_move(n));
}

// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
/* What others say does not mean that there is nothing to overwrite. */
#include <ferrule/flow.h>

struct slot {
	struct obj *o __fe_own;
	struct obj *p __fe_own;
	int n;
};

static bool slot_is_free(const struct slot *s)
{
	return !s->o;
}

static bool is_free_or_small(const struct slot *s)
{
	if (s->n < 4)
		return true;
	return !s->o;
}

static void where_it_is_used(struct slot *s)
{
	if (!slot_is_free(s))
		s->o = obj_new();		/* error: overwrite-owner */
}

static void on_one_path(struct slot *s)
{
	if (is_free_or_small(s))
		s->o = obj_new();		/* error: overwrite-owner */
}

static void another_slot(struct slot *s, struct slot *t)
{
	if (slot_is_free(s))
		t->o = obj_new();		/* error: overwrite-owner */
}

static void another_field(struct slot *s)
{
	if (slot_is_free(s))
		s->p = obj_new();		/* error: overwrite-owner */
}

static void changed_since(struct slot *s, void (*change)(struct slot *s))
{
	if (!slot_is_free(s))
		return;
	change(s);
	s->o = obj_new();			/* error: overwrite-owner */
}

static void tested_before(struct slot *s, void (*change)(struct slot *s))
{
	bool is_free = !s->o;

	change(s);
	if (is_free)
		s->o = obj_new();		/* error: overwrite-owner */
}

static void on_another_path(struct slot *s, bool wanted)
{
	if (wanted || slot_is_free(s))
		s->o = obj_new();		/* error: overwrite-owner */
}

struct node {
	struct node *next __fe_own;
	int n;
};

struct list {
	struct node *head __fe_own;
};

static void push(struct list *l, struct node *n __fe_take)
{
	n->next = fe_move(l->head);		/* error: overwrite-owner */
	l->head = n;
}

static int filled_before(struct list *l, struct list *other)
{
	struct node *n __box = box_new(struct node);

	if (IS_ERR(n))
		return PTR_ERR(n);
	n->next = fe_move(other->head);
	push(l, fe_move(n));
	return 0;
}

// SPDX-License-Identifier: GPL-2.0
/* options: role=driver -fkeep-static-functions -Wno-unused-result */
#include <ferrule/flow.h>

static void drops_a_parameter(struct obj *o)	/* note: forged-owner */
{
	obj_put(o);				/* error: forged-owner */
}

static void moves_a_parameter(struct obj *o)	/* note: forged-owner */
{
	obj_keep(o);				/* error: forged-owner */
}

static __fe_gives_sure struct obj *gives_a_parameter(struct obj *o)	/* note: forged-owner */
{
	return o;				/* error: forged-owner */
}

struct state {
	struct obj *cached;
};

static void drops_a_plain_field(struct state *s)
{
	obj_put(s->cached);			/* error: forged-owner */
}

static void drops_a_loan(struct buf *b)
{
	u8 *bytes = buf_bytes(b);		/* note: forged-owner */

	box_drop(bytes);			/* error: forged-owner */
}

static struct buf by_hand(void *p)
{
	struct buf b = { .p = p };		/* error: forged-owner */

	return b;
}

static void field_by_hand(struct buf *b, void *p)
{
	b->p = p;				/* error: forged-owner */ /* error: private-field */
}

struct node {
	struct node *next __fe_own;
};

static void drops_the_pointer(void)
{
	struct node *p = box_new(struct node);	/* note: leak */

	box_drop(&p);				/* error: forged-owner */
}						/* error: leak */

static void drops_the_owning_field(struct node *n __fe_drop)	/* note: incomplete-drop */
{
	box_drop(&n->next);			/* error: forged-owner */
}						/* error: incomplete-drop */

static void drops_what_another_owns(struct node *n __fe_take)	/* note: forged-owner */
{
	box_drop(n->next);			/* error: forged-owner */
	box_drop(n);
}

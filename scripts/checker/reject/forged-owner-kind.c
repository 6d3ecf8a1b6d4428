// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
/* What ends it, or gives it, is for something else. */
#include <ferrule/flow.h>

TEST_LOCK(other_lock, struct counts, test_lock);

struct state {
	struct count_lock counts;
	struct count_spin fast;
	struct obj part;
	int number;
};

static int the_wrong_cleanup(int n)
{
	struct obj *o __box = obj_open(n);	/* error: forged-owner */ /* note: forged-owner */

	return IS_ERR(o) ? PTR_ERR(o) : o->x;
}

static void the_wrong_drop(void)
{
	struct obj *o = obj_new();		/* note: forged-owner */

	box_drop(o);				/* error: forged-owner */
}

static int another_lock(const struct state *s)
{
	struct counts *c __test_unlock(other_lock) = test_acquire(&s->counts);	/* error: forged-owner */ /* note: forged-owner */

	return c->runs;
}

static int freed_guard(const struct state *s)
{
	struct counts *c __box = test_acquire(&s->counts);	/* error: forged-owner */ /* note: forged-owner */

	return c->runs;
}

static void a_variable(void)
{
	struct obj o = {};

	obj_put(&o);				/* error: forged-owner */
}

static void a_part(struct state *s)
{
	obj_put(&s->part);			/* error: forged-owner */
}

static void a_number(struct state *s)
{
	box_drop(&s->number);			/* error: forged-owner */
}

static __fe_gives_guard(fe_mutex) struct counts *another_kind(const struct state *s)
{
	return test_acquire(&s->fast);		/* error: forged-owner */ /* note: forged-owner */
}

static __fe_gives_guard(fe_mutex) struct counts *no_guard(struct counts *c)	/* note: forged-owner */
{
	return c;				/* error: forged-owner */
}

static __fe_gives struct obj *out_of_a_field(struct counts *c)	/* note: forged-owner */
{
	return c->last;				/* error: forged-owner */
}

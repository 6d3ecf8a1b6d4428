// SPDX-License-Identifier: GPL-2.0
/* options: role=driver -fkeep-static-functions -Wno-unused-result */
#include <ferrule/flow.h>

struct state {
	struct obj *last __fe_own;
	struct obj *peer;
	int *count;
	struct {
		struct obj *deep;
	} inner;
};

static void owned(const struct state *s)
{
	s->last->x = 1;				/* error: shared-written */
}

static void through_a_local(const struct state *s)
{
	struct obj *o = s->peer;

	o->x = 1;				/* error: shared-written */
}

static void a_number(const struct state *s)
{
	*s->count = 1;				/* error: shared-written */
}

static void on_one_path(const struct state *s, int n)
{
	if (n > 2)
		s->inner.deep->id = n;		/* error: shared-written */
}

static int lent(const struct state *s)
{
	return obj_change(s->last);		/* error: shared-written */
}

static struct obj *returned(const struct state *s)
{
	return s->last;				/* error: shared-written */
}

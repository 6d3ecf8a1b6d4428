// SPDX-License-Identifier: GPL-2.0
/* options: role=driver -fkeep-static-functions */
#include <ferrule/flow.h>

struct state {
	struct obj *last __fe_own;
	const struct obj *peer;
	int count;
	struct count_lock counts;
};

static int reads(const struct state *s)
{
	return s->last->x + s->peer->x + obj_ping(s->last);
}

static void exclusive(struct state *s)
{
	s->last->x = 1;
	obj_change(s->last);
	s->count++;
}

static int under_the_lock(const struct state *s)
{
	struct counts *c __test_unlock(count_lock) = test_acquire(&s->counts);

	c->runs++;
	c->last->x = 1;
	return obj_change(c->last);
}

static const struct obj *returned(const struct state *s)
{
	return s->last;
}

static void a_copy(const struct state *s, struct obj *to)
{
	*to = *s->last;
	to->x++;
}

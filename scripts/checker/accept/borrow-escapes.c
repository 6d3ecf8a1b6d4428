// SPDX-License-Identifier: GPL-2.0
/* options: role=driver -fkeep-static-functions */
#include <ferrule/flow.h>

struct state {
	int x;
	int *chosen;
	struct user user;
};

static void into_the_same_object(struct state *s)
{
	s->chosen = &s->x;
}

static int *returns_a_part(struct state *s)
{
	return &s->x;
}

static void fills(int *to, const struct state *s)
{
	*to = s->x;
}

static int kept(struct user *u __fe_out, const struct obj *o __fe_outlives(1))
{
	return user_init(u, o);
}

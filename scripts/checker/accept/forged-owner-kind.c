// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
#include <ferrule/flow.h>

struct state {
	struct count_lock counts;
	struct count_spin fast;
};

static int a_box(void)
{
	int *n __box = box_new(int);

	return IS_ERR(n) ? PTR_ERR(n) : *n;
}

static __fe_gives_guard(fe_mutex) struct counts *look(const struct state *s)
{
	return test_acquire(&s->counts);
}

static int through_a_helper(const struct state *s)
{
	struct counts *c __test_unlock(count_lock) = look(s);

	return c->runs;
}

static __fe_gives struct obj *taken_out(struct counts *c)
{
	struct obj *o = fe_move(c->last);

	return o ? o : ERR_PTR(-ENODEV);
}

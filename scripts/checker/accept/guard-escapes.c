// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions */
#include <ferrule/flow.h>

struct state {
	struct count_lock counts;
	int runs;
};

static void count(struct counts *c)
{
	c->runs++;
}

static void passed_down(struct state *s)
{
	struct counts *c __test_unlock(count_lock) = test_acquire(&s->counts);

	count(c);
	s->runs = c->runs;
}

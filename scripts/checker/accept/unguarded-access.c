// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions */
#include <ferrule/flow.h>

struct state {
	struct count_lock counts;
};

static int copied_out(const struct state *s)
{
	struct counts *c = test_acquire(&s->counts), copy;

	copy.runs = c->runs;
	count_lock_unlock(&c);
	return copy.runs;
}

static int taken_again(const struct state *s)
{
	struct counts *c = test_acquire(&s->counts);

	count_lock_unlock(&c);
	c = test_acquire(&s->counts);
	c->runs++;
	count_lock_unlock(&c);
	return 0;
}

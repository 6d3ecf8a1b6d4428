// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
/* The pointer comes in a structure that a helper returns. */
#include <ferrule/flow.h>

struct state {
	struct count_lock counts;
};

struct cursor {
	int *at;
	int n;
};

static struct cursor begin(struct counts *c)
{
	struct cursor x = { .at = &c->runs };

	return x;
}

static int kept(const struct state *s)
{
	struct cursor x;

	{
		struct counts *c __test_unlock(count_lock) = test_acquire(&s->counts);	/* note: unguarded-access */

		x = begin(c);			/* note: unguarded-access */
	}
	return *x.at;				/* error: unguarded-access */
}

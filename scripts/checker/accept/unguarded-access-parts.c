// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
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
	struct cursor x = { .at = &c->runs, .n = 3 };

	return x;
}

static int under_the_guard(const struct state *s)
{
	struct counts *c __test_unlock(count_lock) = test_acquire(&s->counts);
	struct cursor x = begin(c);

	return *x.at;
}

static int what_is_no_pointer(const struct state *s)
{
	struct cursor x;

	{
		struct counts *c __test_unlock(count_lock) = test_acquire(&s->counts);

		x = begin(c);
	}
	return x.n;
}

// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions -Wno-unused-result */
#include <ferrule/flow.h>

struct state {
	struct count_lock counts;
	struct count_spin fast;
};

static int after_unlock(const struct state *s)
{
	struct counts *c = test_acquire(&s->counts);

	count_lock_unlock(&c);			/* note: unguarded-access */
	return c->runs;				/* error: unguarded-access */
}

static int after_the_block(const struct state *s)
{
	int *runs;

	{
		struct counts *c __test_unlock(count_lock) = test_acquire(&s->counts);	/* note: unguarded-access */

		runs = &c->runs;
	}
	return *runs;				/* error: unguarded-access */
}

static int *field(struct counts *c)
{
	return &c->runs;
}

static int through_a_helper(const struct state *s)
{
	struct counts *c = test_acquire(&s->fast);
	int *runs = field(c);			/* note: unguarded-access */

	count_spin_unlock(&c);			/* note: unguarded-access */
	return *runs;				/* error: unguarded-access */
}

static int write_after_unlock(const struct state *s)
{
	struct counts *c = test_acquire(&s->fast), *d = c;

	count_spin_unlock(&c);			/* note: unguarded-access */
	d->runs = 0;				/* error: unguarded-access */
	return 0;
}

static int unlocked_on_one_path(const struct state *s, int n)
{
	struct counts *c = test_acquire(&s->counts);
	int v;

	if (n)
		count_lock_unlock(&c);		/* note: unguarded-access */
	v = c->runs;				/* error: unguarded-access */
	if (!n)
		count_lock_unlock(&c);
	return v;
}

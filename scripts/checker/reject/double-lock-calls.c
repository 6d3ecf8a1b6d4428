// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
/* The lock is taken again by somebody further down. */
#include <ferrule/flow.h>

struct state {
	struct count_lock counts;
	struct count_spin_irq irq;
};

static int runs(const struct state *s)
{
	struct counts *c __test_unlock(count_lock) = test_acquire(&s->counts);	/* note: double-lock */

	return c->runs;
}

static int helper(const struct state *s)
{
	struct counts *c __test_unlock(count_lock) = test_acquire(&s->counts);	/* note: double-lock */

	return c->errors + runs(s);		/* error: double-lock */
}

static int twice(const struct state *s)
{
	return 2 * runs(s);
}

static int two_levels(const struct state *s)
{
	struct counts *c __test_unlock(count_lock) = test_acquire(&s->counts);	/* note: double-lock */

	return c->errors + twice(s);		/* error: double-lock */
}

static int of(const struct count_lock *l)
{
	struct counts *c __test_unlock(count_lock) = test_acquire(l);	/* note: double-lock */

	return c->runs;
}

static int by_the_lock(const struct state *s)
{
	struct counts *c __test_unlock(count_lock) = test_acquire(&s->counts);	/* note: double-lock */

	return c->errors + of(&s->counts);	/* error: double-lock */
}

static void error(const struct state *s)
{
	struct counts *c __test_unlock(count_spin_irq) = test_acquire(&s->irq);	/* note: double-lock */

	c->errors++;
}

static int on_the_error_path(const struct state *s)
{
	struct counts *c __test_unlock(count_spin_irq) = test_acquire(&s->irq);	/* note: double-lock */

	if (c->runs < 0)
		error(s);			/* error: double-lock */
	return 0;
}

// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions -Wno-unused-result */
#include <ferrule/flow.h>

struct state {
	struct count_lock counts;
	struct count_spin fast;
	struct count_spin_irq irq;
};

static int nested(const struct state *s)
{
	struct counts *c __test_unlock(count_lock) = test_acquire(&s->counts);	/* note: double-lock */
	struct counts *d __test_unlock(count_lock) = test_acquire(&s->counts);	/* error: double-lock */

	return c->runs + d->runs;
}

static int spin(const struct state *s)
{
	struct counts *c __test_unlock(count_spin) = test_acquire(&s->fast);	/* note: double-lock */
	struct counts *d __test_unlock(count_spin) = test_acquire(&s->fast);	/* error: double-lock */

	return c->runs + d->runs;
}

static int on_one_path(const struct state *s, int n)
{
	struct counts *c = NULL, *d;

	if (n)
		c = test_acquire(&s->irq);	/* note: double-lock */
	d = test_acquire(&s->irq);		/* error: double-lock */
	n = d->runs;
	count_spin_irq_unlock(&d);
	if (c)
		count_spin_irq_unlock(&c);
	return n;
}

static int through_an_alias(const struct state *s)
{
	const struct count_lock *l = &s->counts;
	struct counts *c __test_unlock(count_lock) = test_acquire(&s->counts);	/* note: double-lock */
	struct counts *d __test_unlock(count_lock) = test_acquire(l);		/* error: double-lock */

	return c->runs + d->runs;
}

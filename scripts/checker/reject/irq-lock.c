// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions -Wno-unused-result */
#include <ferrule/flow.h>

struct state {
	struct count_spin fast;
	struct count_spin_irq irq;
};

static int handler(const struct state *s)
{
	struct counts *c __test_unlock(count_spin) = test_acquire(&s->fast);	/* error: irq-lock */

	return c->runs++;
}

static int count(const struct state *s)
{
	struct counts *c __test_unlock(count_spin) = test_acquire(&s->fast);	/* note: irq-lock */

	return c->runs++;
}

static int through_a_helper(const struct state *s)
{
	return count(s);			/* error: irq-lock */
}

static const struct test_ops ops = { .irq = handler };			/* note: irq-lock */
static const struct test_ops more = { .irq = through_a_helper };	/* note: irq-lock */

static __fe_hardirq int declared(const struct state *s)			/* note: irq-lock */
{
	struct counts *c __test_unlock(count_spin) = test_acquire(&s->fast);	/* error: irq-lock */

	return c->runs++;
}

static int on_one_path(const struct state *s)
{
	struct counts *d __test_unlock(count_spin_irq) = test_acquire(&s->irq);

	if (d->runs)
		return count(s);		/* error: irq-lock */
	return 0;
}

static const struct test_ops third = { .irq = on_one_path };		/* note: irq-lock */

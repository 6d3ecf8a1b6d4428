// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions -Wno-unused-result */
#include <ferrule/flow.h>

TEST_LOCK(other_irq, struct counts, test_spin_irq);
void other_irq_unlock_irq(struct counts **guard __fe_drop) __fe_ends_guard(fe_spin_irq_on);

struct state {
	struct count_lock counts;
	struct count_spin fast;
	struct count_spin_irq irq;
};

static int keeps_interrupts_off(const struct state *s)
{
	struct counts *c __test_unlock(count_spin_irq) = test_acquire_irq(&s->irq);	/* error: wrong-unlock */ /* note: wrong-unlock */

	return c->runs;
}

static int turns_interrupts_on(const struct state *s)
{
	struct counts *c __test_unlock_irq(count_spin_irq) = test_acquire(&s->irq);	/* error: wrong-unlock */ /* note: wrong-unlock */

	return c->runs;
}

static int of_another_lock(const struct state *s)
{
	struct counts *c __test_unlock_irq(other_irq) = test_acquire_irq(&s->irq);	/* error: forged-owner */ /* note: forged-owner */

	return c->runs;
}

static int by_hand(const struct state *s)
{
	struct counts *c = test_acquire_irq(&s->irq);	/* error: wrong-unlock */
	int n = c->runs;

	count_spin_irq_unlock(&c);	/* note: wrong-unlock */
	return n;
}

static int on_one_path(const struct state *s, int n)
{
	struct counts *c __test_unlock_irq(count_spin_irq) = NULL;	/* note: wrong-unlock */

	if (n)
		c = test_acquire_irq(&s->irq);
	else
		c = test_acquire(&s->irq);	/* error: wrong-unlock */
	return c->runs;
}

/* Where interrupts need not be on. */

static int under_a_spinlock(const struct state *s)
{
	struct counts *c __test_unlock(count_spin) = test_acquire(&s->fast);	/* note: sleep-in-atomic */
	struct counts *d __test_unlock_irq(count_spin_irq) = test_acquire_irq(&s->irq);	/* error: sleep-in-atomic */

	return c->runs + d->runs;
}

static int handler(const struct state *s)
{
	struct counts *c __test_unlock_irq(count_spin_irq) = test_acquire_irq(&s->irq);	/* error: sleep-in-atomic */

	return c->runs;
}

static const struct test_ops ops = { .irq = handler };	/* note: sleep-in-atomic */

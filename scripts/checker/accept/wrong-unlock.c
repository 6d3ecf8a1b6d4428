// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions */
#include <ferrule/flow.h>

struct state {
	struct count_lock counts;
	struct count_spin fast;
	struct count_spin_irq irq;
};

static int each_its_own(const struct state *s)
{
	struct counts *c __test_unlock(count_lock) = test_acquire(&s->counts);
	struct counts *d __test_unlock(count_spin) = test_acquire(&s->fast);
	struct counts *e __test_unlock(count_spin_irq) = test_acquire(&s->irq);

	return c->runs + d->runs + e->runs;
}

static int where_interrupts_are_on(const struct state *s)
{
	struct counts *c __test_unlock_irq(count_spin_irq) = test_acquire_irq(&s->irq);

	return c->runs;
}

/* Under a lock whose holder may sleep. */
static int under_a_mutex(const struct state *s)
{
	struct counts *c __test_unlock(count_lock) = test_acquire(&s->counts);
	struct counts *d __test_unlock_irq(count_spin_irq) = test_acquire_irq(&s->irq);

	return c->runs + d->runs;
}

static int one_after_the_other(const struct state *s)
{
	int n;

	{
		struct counts *c __test_unlock_irq(count_spin_irq) = test_acquire_irq(&s->irq);

		n = c->runs;
	}
	{
		struct counts *c __test_unlock(count_spin_irq) = test_acquire(&s->irq);

		n += c->runs;
	}
	return n;
}

static int perhaps(const struct state *s, int wanted)
{
	struct counts *c __test_unlock_irq(count_spin_irq) = NULL;

	if (!wanted)
		return 0;
	c = test_acquire_irq(&s->irq);
	return c->runs;
}

static int by_hand(const struct state *s)
{
	struct counts *c = test_acquire_irq(&s->irq);
	int n = c->runs;

	count_spin_irq_unlock_irq(&c);
	return n;
}

static int through_a_helper(const struct state *s)
{
	return where_interrupts_are_on(s);
}

static const struct test_ops ops = { .ioctl = through_a_helper, .open = where_interrupts_are_on };

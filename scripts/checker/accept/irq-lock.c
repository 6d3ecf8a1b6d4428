// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions */
#include <ferrule/flow.h>

struct state {
	struct count_spin fast;
	struct count_spin_irq irq;
};

static int handler(const struct state *s)
{
	struct counts *c __test_unlock(count_spin_irq) = test_acquire(&s->irq);

	return c->runs++;
}

static void tick(const struct state *s)
{
	struct counts *c __test_unlock(count_spin) = test_acquire(&s->fast);

	c->runs++;
}

static const struct test_ops ops = { .irq = handler, .timer = tick };

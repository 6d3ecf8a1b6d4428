// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
#include <ferrule/flow.h>

struct state {
	struct count_spin fast;
	struct count_spin_irq irq;
	struct count_lock counts;
};

static int slow(const struct state *s, int n)
{
	test_sleep(n);
	return 0;
}

static int quick(const struct state *s)
{
	return 0;
}

struct steps {
	int (*quick)(const struct state *s);
	int (*slow)(const struct state *s, int n);
};

static const struct steps steps = { quick, slow };

static int under_the_lock(const struct state *s)
{
	struct counts *c __test_unlock(count_spin) = test_acquire(&s->fast);

	return c->runs + steps.quick(s);
}

static int without_it(const struct state *s)
{
	return steps.slow(s, 3);
}

static bool runs(const struct state *s)
{
	struct counts *c __test_unlock(count_spin_irq) = test_acquire(&s->irq);

	return c->runs;
}

static int in_a_condition(const struct state *s)
{
	return test_wait_until(&s->counts, runs(s));
}

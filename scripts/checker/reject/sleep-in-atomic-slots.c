// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
/* Through a pointer to a function, and in the condition of a wait. */
#include <ferrule/flow.h>

struct state {
	struct count_spin fast;
	struct count_lock counts;
};

static int slow(const struct state *s)
{
	test_sleep(3);				/* note: sleep-in-atomic */
	return 0;
}

struct steps {
	int (*step)(const struct state *s);
};

static const struct steps steps = { .step = slow };

static int by_a_table(const struct state *s)
{
	struct counts *c __test_unlock(count_spin) = test_acquire(&s->fast);	/* note: sleep-in-atomic */

	return c->runs + steps.step(s);		/* error: sleep-in-atomic */
}

static int by_an_argument(const struct state *s, int (*step)(const struct state *s))
{
	struct counts *c __test_unlock(count_spin) = test_acquire(&s->fast);	/* note: sleep-in-atomic */

	return c->runs + step(s);		/* error: sleep-in-atomic */
}

static bool runs(const struct state *s)
{
	struct counts *c __test_unlock(count_lock) = test_acquire(&s->counts);	/* note: sleep-in-atomic */

	return c->runs;
}

static int in_a_condition(const struct state *s)
{
	return test_wait_until(&s->counts, runs(s));	/* error: sleep-in-atomic */ /* note: sleep-in-atomic */
}

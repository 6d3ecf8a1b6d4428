// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions -Wno-unused-result */
#include <ferrule/flow.h>

struct state {
	struct count_lock counts;
	struct count_spin fast;
	struct count_spin_irq irq;
};

static int under_a_spinlock(const struct state *s)
{
	struct counts *c __test_unlock(count_spin) = test_acquire(&s->fast);	/* note: sleep-in-atomic */

	test_sleep(1);				/* error: sleep-in-atomic */
	return c->runs;
}

static int with_interrupts_off(const struct state *s)
{
	struct counts *c __test_unlock(count_spin_irq) = test_acquire(&s->irq);	/* note: sleep-in-atomic */

	test_sleep(1);				/* error: sleep-in-atomic */
	return c->runs;
}

static int mutex_under_a_spinlock(const struct state *s)
{
	struct counts *c __test_unlock(count_spin) = test_acquire(&s->fast);	/* note: sleep-in-atomic */
	struct counts *d __test_unlock(count_lock) = test_acquire(&s->counts);	/* error: sleep-in-atomic */

	return c->runs + d->runs;
}

static int allocation(const struct state *s)
{
	struct counts *c __test_unlock(count_spin) = test_acquire(&s->fast);	/* note: sleep-in-atomic */
	struct buf b __buf = {};

	return buf_alloc(&b, c->runs);		/* error: sleep-in-atomic */
}

static void naps(int n)
{
	if (n)
		test_sleep(n);			/* note: sleep-in-atomic */
}

static void naps_too(int n)
{
	naps(n - 1);				/* note: sleep-in-atomic */
}

static int through_helpers(const struct state *s)
{
	struct counts *c __test_unlock(count_spin) = test_acquire(&s->fast);	/* note: sleep-in-atomic */

	naps_too(c->runs);			/* error: sleep-in-atomic */
	return 0;
}

static void tick(const struct state *s)
{
	test_sleep(1);				/* error: sleep-in-atomic */
}

static int handler(const struct state *s)
{
	naps(3);				/* error: sleep-in-atomic */
	return 0;
}

static const struct test_ops ops = {		/* note: sleep-in-atomic */
	.timer = tick,
	.irq = handler,
};

static __fe_atomic void declared_atomic(int n)	/* note: sleep-in-atomic */
{
	test_sleep(n);				/* error: sleep-in-atomic */
}

static int on_one_path(const struct state *s, int n)
{
	struct counts *c = test_acquire(&s->fast);	/* note: sleep-in-atomic */
	int v = c->runs;

	if (n)
		test_sleep(n);			/* error: sleep-in-atomic */
	count_spin_unlock(&c);
	return v;
}

// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
/* No ranks, and two locks that are taken in both orders. */
#include <ferrule/flow.h>

TEST_LOCK(a_lock, struct counts, test_lock);
TEST_LOCK(b_lock, struct counts, test_lock);
TEST_LOCK(c_lock, struct counts, test_spin);
TEST_LOCK(d_lock, struct counts, test_spin_irq);

struct state {
	struct a_lock a;
	struct b_lock b;
	struct c_lock c;
	struct d_lock d;
};

static int a_then_b(const struct state *s)
{
	struct counts *a __test_unlock(a_lock) = test_acquire(&s->a);	/* note: lock-rank */
	struct counts *b __test_unlock(b_lock) = test_acquire(&s->b);	/* note: lock-rank */

	return a->runs + b->runs;
}

static int b_then_a(const struct state *s)
{
	struct counts *b __test_unlock(b_lock) = test_acquire(&s->b);	/* note: lock-rank */
	struct counts *a __test_unlock(a_lock) = test_acquire(&s->a);	/* error: lock-rank */

	return a->runs + b->runs;
}

static void count_c(const struct state *s)
{
	struct counts *c __test_unlock(c_lock) = test_acquire(&s->c);

	c->runs++;
}

static void count_d(const struct state *s)
{
	struct counts *d __test_unlock(d_lock) = test_acquire(&s->d);

	d->runs++;
}

static void c_then_d(const struct state *s)
{
	struct counts *c __test_unlock(c_lock) = test_acquire(&s->c);	/* note: lock-rank */

	c->errors++;
	count_d(s);							/* note: lock-rank */
}

static void d_then_c(const struct state *s)
{
	struct counts *d __test_unlock(d_lock) = test_acquire(&s->d);	/* note: lock-rank */

	d->errors++;
	count_c(s);							/* error: lock-rank */
}

// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
#include <ferrule/flow.h>

TEST_LOCK(a_lock, struct counts, test_lock);
TEST_LOCK(b_lock, struct counts, test_lock);

struct state {
	struct a_lock a, other;
	struct b_lock b;
};

static int a_then_b(const struct state *s)
{
	struct counts *a __test_unlock(a_lock) = test_acquire(&s->a);
	struct counts *b __test_unlock(b_lock) = test_acquire(&s->b);

	return a->runs + b->runs;
}

static int count_b(const struct state *s)
{
	struct counts *b __test_unlock(b_lock) = test_acquire(&s->b);

	return b->runs++;
}

static int a_then_b_further_down(const struct state *s)
{
	struct counts *a __test_unlock(a_lock) = test_acquire(&s->other);

	return a->runs + count_b(s);
}

static int one_after_the_other(const struct state *s)
{
	int n = count_b(s);
	struct counts *a __test_unlock(a_lock) = test_acquire(&s->a);

	return a->runs + n;
}

static int attempt_against_it(const struct state *s)
{
	struct counts *b __test_unlock(b_lock) = test_acquire(&s->b);
	struct counts *a __test_unlock(a_lock) = test_try(&s->a);

	return IS_ERR(a) ? PTR_ERR(a) : a->runs + b->runs;
}

// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions */
#include <ferrule/flow.h>

TEST_LOCK_RANKED(outer_lock, struct counts, test_lock, 1);
TEST_LOCK_RANKED(inner_lock, struct counts, test_lock, 2);
TEST_LOCK_RANKED(inner_spin, struct counts, test_spin, 3);

struct state {
	struct outer_lock outer;
	struct inner_lock inner;
	struct inner_spin fast;
	struct count_lock plain;
};

static int in_order(const struct state *s)
{
	struct counts *o __test_unlock(outer_lock) = test_acquire(&s->outer);
	struct counts *i __test_unlock(inner_lock) = test_acquire(&s->inner);
	struct counts *f __test_unlock(inner_spin) = test_acquire(&s->fast);

	return o->runs + i->runs + f->runs;
}

static int one_after_the_other(const struct state *s)
{
	int n;

	{
		struct counts *i __test_unlock(inner_lock) = test_acquire(&s->inner);

		n = i->runs;
	}
	{
		struct counts *o __test_unlock(outer_lock) = test_acquire(&s->outer);

		n += o->runs;
	}
	return n;
}

static int released_by_hand(const struct state *s)
{
	struct counts *i = test_acquire(&s->inner);
	struct counts *o;
	int n = i->runs;

	inner_lock_unlock(&i);
	o = test_acquire(&s->outer);
	n += o->runs;
	outer_lock_unlock(&o);
	return n;
}

static int an_attempt_does_not_wait(const struct state *s)
{
	struct counts *i __test_unlock(inner_lock) = test_acquire(&s->inner);
	struct counts *o __test_unlock(outer_lock) = test_try(&s->outer);

	if (IS_ERR(o))
		return PTR_ERR(o);
	return i->runs + o->runs;
}

static int without_a_rank(const struct state *s)
{
	struct counts *f __test_unlock(inner_lock) = test_acquire(&s->inner);
	struct counts *p __test_unlock(count_lock) = test_acquire(&s->plain);

	return f->runs + p->runs;
}

static int count(const struct state *s)
{
	struct counts *i __test_unlock(inner_lock) = test_acquire(&s->inner);

	return i->runs;
}

static int through_a_helper(const struct state *s)
{
	struct counts *o __test_unlock(outer_lock) = test_acquire(&s->outer);

	return o->runs + count(s);
}

static int in_every_round(const struct state *s, int n)
{
	int sum = 0;

	while (n--) {
		struct counts *o __test_unlock(outer_lock) = test_acquire(&s->outer);

		sum += o->runs + count(s);
	}
	return sum;
}

// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions -Wno-unused-result */
#include <ferrule/flow.h>

TEST_LOCK_RANKED(outer_lock, struct counts, test_lock, 1);
TEST_LOCK_RANKED(inner_lock, struct counts, test_lock, 2);
TEST_LOCK_RANKED(inner_spin, struct counts, test_spin, 3);

struct state {
	struct outer_lock outer, other;
	struct inner_lock inner;
	struct inner_spin fast;
	const struct state *next;
};

static int backwards(const struct state *s)
{
	struct counts *i __test_unlock(inner_lock) = test_acquire(&s->inner);	/* note: lock-rank */
	struct counts *o __test_unlock(outer_lock) = test_acquire(&s->outer);	/* error: lock-rank */

	return i->runs + o->runs;
}

static int two_of_one_rank(const struct state *s)
{
	struct counts *a __test_unlock(outer_lock) = test_acquire(&s->outer);	/* note: lock-rank */
	struct counts *b __test_unlock(outer_lock) = test_acquire(&s->other);	/* error: lock-rank */

	return a->runs + b->runs;
}

static int of_two_objects(const struct state *a, const struct state *b)
{
	struct counts *c __test_unlock(inner_lock) = test_acquire(&a->inner);	/* note: lock-rank */
	struct counts *d __test_unlock(inner_lock) = test_acquire(&b->inner);	/* error: lock-rank */

	return c->runs + d->runs;
}

static int through_memory(const struct state *s)
{
	struct counts *i __test_unlock(inner_lock) = test_acquire(&s->inner);		/* note: lock-rank */
	struct counts *o __test_unlock(outer_lock) = test_acquire(&s->next->outer);	/* error: lock-rank */

	return i->runs + o->runs;
}

static int on_one_path(const struct state *s, int n)
{
	struct counts *i = NULL, *o;

	if (n)
		i = test_acquire(&s->inner);		/* note: lock-rank */
	o = test_acquire(&s->outer);			/* error: lock-rank */
	n = o->runs;
	outer_lock_unlock(&o);
	if (i)
		inner_lock_unlock(&i);
	return n;
}

static int after_an_attempt(const struct state *s)
{
	struct counts *i __test_unlock(inner_lock) = test_try(&s->inner);	/* note: lock-rank */
	struct counts *o __test_unlock(outer_lock) = NULL;

	if (IS_ERR(i))
		return PTR_ERR(i);
	o = test_acquire(&s->outer);						/* error: lock-rank */
	return i->runs + o->runs;
}

static int count(const struct state *s)
{
	struct counts *o __test_unlock(outer_lock) = test_acquire(&s->outer);	/* note: lock-rank */

	return o->runs;
}

static int count_all(const struct state *s)
{
	return count(s) + 1;
}

static int through_helpers(const struct state *s)
{
	struct counts *i __test_unlock(inner_lock) = test_acquire(&s->inner);	/* note: lock-rank */

	return i->runs + count_all(s);						/* error: lock-rank */
}

// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
#include <ferrule/flow.h>

struct state {
	struct count_lock a, b;
};

static int of(const struct count_lock *l)
{
	struct counts *c __test_unlock(count_lock) = test_acquire(l);

	return c->runs;
}

static int sum(const struct state *s)
{
	return of(&s->a) + of(&s->b);
}

static int another_lock(const struct state *s)
{
	struct counts *c __test_unlock(count_lock) = test_acquire(&s->a);

	return c->runs + of(&s->b);
}

static int another_object(const struct state *s, const struct state *t)
{
	struct counts *c __test_unlock(count_lock) = test_acquire(&s->a);

	return c->runs + of(&t->a);
}

static int after_the_guard(const struct state *s)
{
	int n;

	{
		struct counts *c __test_unlock(count_lock) = test_acquire(&s->a);

		n = c->runs;
	}
	return n + sum(s);
}

static int errors(struct counts *c)
{
	return c->errors;
}

static int with_the_guard(const struct state *s)
{
	struct counts *c __test_unlock(count_lock) = test_acquire(&s->a);

	return errors(c);
}

static int attempt(const struct state *s)
{
	struct counts *c __test_unlock(count_lock) = test_try(&s->a);

	return IS_ERR(c) ? PTR_ERR(c) : c->runs;
}

static int an_attempt_fails(const struct state *s)
{
	struct counts *c __test_unlock(count_lock) = test_acquire(&s->a);

	return c->runs + attempt(s);
}

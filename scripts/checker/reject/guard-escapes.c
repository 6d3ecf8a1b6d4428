// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions -Wno-unused-result */
#include <ferrule/flow.h>

struct state {
	struct count_lock counts;
	struct counts *kept;
	int *runs;
};

static struct counts *returned(const struct state *s)
{
	struct counts *c = test_acquire(&s->counts);	/* note: guard-escapes */

	return c;				/* error: guard-escapes */
}

static void stored(struct state *s)
{
	struct counts *c = test_acquire(&s->counts);	/* note: guard-escapes */

	s->kept = c;				/* error: guard-escapes */
}

static void through_a_pointer(const struct state *s, struct counts **to)
{
	struct counts *c = test_acquire(&s->counts);	/* note: guard-escapes */

	*to = c;				/* error: guard-escapes */
}

static void field_stored(struct state *s)
{
	struct counts *c __test_unlock(count_lock) = test_acquire(&s->counts);	/* note: guard-escapes */

	s->runs = &c->runs;			/* error: guard-escapes */
}

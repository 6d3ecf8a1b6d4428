// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions */
#include <ferrule/flow.h>

struct state {
	struct count_lock counts;
	int runs;
};

static void count(struct counts *c)
{
	c->runs++;
}

static void passed_down(struct state *s)
{
	struct counts *c __test_unlock(count_lock) = test_acquire(&s->counts);

	count(c);
	s->runs = c->runs;
}

struct ring {
	int items[4];
	int *head;
};

TEST_LOCK(ring_lock, struct ring, test_lock);

struct with_ring {
	struct ring_lock ring;
};

/* From the guarded data into the guarded data. */
static void within_the_data(const struct with_ring *w)
{
	struct ring *r __test_unlock(ring_lock) = test_acquire(&w->ring);

	r->head = &r->items[0];
}

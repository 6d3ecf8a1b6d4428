// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions -Wno-unused-result */
#include <ferrule/store.h>

static int a_page(const struct state *s)
{
	const struct pages_view *view __reading = xa_read(&s->pages);	/* note: sleep-in-atomic */
	struct page *p __page = page_new();		/* error: sleep-in-atomic */

	return IS_ERR(p) ? PTR_ERR(p) : !!xa_find(view, 1);
}

static int to_insert(const struct state *s)
{
	struct page *p __page = page_new();
	const struct pages_view *view __reading = NULL;

	if (IS_ERR(p))
		return PTR_ERR(p);
	view = xa_read(&s->pages);			/* note: sleep-in-atomic */
	if (xa_find(view, 1))
		return -EBUSY;
	return xa_insert(&s->pages, 1, p);		/* error: sleep-in-atomic */
}

static void to_erase_many(const struct state *s)
{
	const struct pages_view *view __reading = xa_read(&s->pages);	/* note: sleep-in-atomic */

	if (xa_find(view, 1))
		xa_erase_range(&s->pages, 1, 100);	/* error: sleep-in-atomic */
}

static void under_a_spinlock(const struct state *s)
{
	struct counts *c __test_unlock(count_spin) = test_acquire(&s->fast);	/* note: sleep-in-atomic */

	c->runs = 0;
	xa_erase_range(&s->pages, 0, 100);		/* error: sleep-in-atomic */
}

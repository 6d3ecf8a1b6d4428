// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions -Wno-unused-result */
#include <ferrule/store.h>

static const struct page *of_an_element(const struct state *s)
{
	const struct pages_view *view __reading = xa_read(&s->pages);	/* note: unguarded-access */

	return xa_find(view, 1);			/* error: unguarded-access *//* note: unguarded-access */
}

static const struct pages_view *of_the_guard(const struct state *s)
{
	const struct pages_view *view = xa_read(&s->pages);	/* note: guard-escapes */

	return view;					/* error: guard-escapes */
}

struct cache {
	const struct page *last;
};

static void into_memory(const struct state *s, struct cache *cache)
{
	const struct pages_view *view __reading = xa_read(&s->pages);

	cache->last = xa_find(view, 1);			/* error: borrow-escapes *//* note: borrow-escapes */
}

// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions -Wno-unused-result */
#include <ferrule/store.h>

static void after_the_guard(const struct state *s)
{
	const struct pages_view *view = xa_read(&s->pages);
	const struct page *p = xa_find(view, 1);	/* note: unguarded-access */

	pages_unlock(&view);				/* note: unguarded-access */
	if (p)
		page_zero(p);				/* error: unguarded-access */
}

static void after_the_block(const struct state *s)
{
	const struct page *p;

	{
		const struct pages_view *view __reading = xa_read(&s->pages);	/* note: unguarded-access */

		p = xa_find(view, 1);			/* note: unguarded-access */
	}
	if (p)
		page_zero(p);				/* error: unguarded-access */
}

static int looked_into_without_it(const struct state *s)
{
	const struct pages_view *view = xa_read(&s->pages);

	pages_unlock(&view);				/* note: unguarded-access */
	return !!xa_find(view, 1);			/* error: unguarded-access */
}

static void found_in_the_last_round(const struct state *s, int n)
{
	const struct page *p = NULL;

	while (n--) {
		const struct pages_view *view __reading = NULL;	/* note: unguarded-access */

		if (p)
			page_zero(p);			/* error: unguarded-access */
		view = xa_read(&s->pages);
		p = xa_find(view, n);			/* note: unguarded-access */
	}
}

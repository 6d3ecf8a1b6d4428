// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions -Wno-unused-result */
#include <ferrule/store.h>

static void there_may_be_none(const struct state *s)
{
	const struct pages_view *view __reading = xa_read(&s->pages);
	const struct page *p = xa_find(view, 1);	/* note: unchecked-result */

	page_zero(p);					/* error: unchecked-result */
}

static int no_memory(const struct state *s)
{
	struct page *p __page = page_new();		/* note: unchecked-result */

	page_zero(p);					/* error: unchecked-result */
	return 0;
}

static int inserted_in_any_case(const struct state *s)
{
	struct page *p __page = page_new();		/* note: unchecked-result */

	return xa_insert(&s->pages, 1, p);		/* error: unchecked-result */
}

// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions -Wno-unused-result */
#include <ferrule/store.h>

static int if_it_was_not_inserted(const struct state *s)
{
	struct page *p = page_new();			/* note: leak */

	if (IS_ERR(p))
		return PTR_ERR(p);
	return xa_insert(&s->pages, 1, p);		/* error: leak */
}

static int if_there_is_one(const struct state *s)
{
	struct page *p = page_new();			/* note: leak */
	int ret;

	if (IS_ERR(p))
		return PTR_ERR(p);
	ret = xa_insert(&s->pages, 1, p);
	if (ret == -EBUSY)
		return 0;				/* error: leak */
	if (ret)
		page_drop(p);
	return ret;
}

static void nobody_keeps_it(void)
{
	page_new();					/* error: leak */
}

static int on_the_way_out(const struct state *s, int n)
{
	struct page *p = page_new_atomic();		/* note: leak */

	if (IS_ERR(p))
		return PTR_ERR(p);
	if (!n)
		return -ENODEV;				/* error: leak */
	page_drop(p);
	return 0;
}

// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions -Wno-unused-result */
#include <ferrule/store.h>

static int written_when_it_is_shared(const struct state *s)
{
	struct page *p __page = page_new(), *same = p;
	int ret;

	if (IS_ERR(p))
		return PTR_ERR(p);
	ret = xa_insert(&s->pages, 1, p);		/* note: use-after-move */
	if (!ret)
		page_zero(same);			/* error: use-after-move */
	return ret;
}

static int in_two_places(const struct state *s)
{
	struct page *p __page = page_new(), *same = p;
	int ret;

	if (IS_ERR(p))
		return PTR_ERR(p);
	ret = xa_insert(&s->pages, 1, p);		/* note: use-after-move */
	if (ret)
		return ret;
	return array_insert(&s->pages.view.fe, 2, same);	/* error: use-after-move */
}

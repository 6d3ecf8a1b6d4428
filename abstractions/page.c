// SPDX-License-Identifier: GPL-2.0
/* Pages. */
#include <linux/gfp.h>
#include <linux/module.h>
#include <linux/rcupdate.h>

#include <ferrule/page.h>

#include "debug.h"

static struct fe_page *fe_page_make(gfp_t gfp, unsigned long site)
{
	struct page *page;

	if (fe_fault("page"))
		return ERR_PTR(-ENOMEM);
	page = alloc_page(gfp | __GFP_ZERO | __GFP_NOWARN);
	if (!page)
		return ERR_PTR(-ENOMEM);
	fe_debug_own(page, "page", site);
	return container_of(page, struct fe_page, page);
}

struct fe_page *fe_page_new(void)
{
	return fe_page_make(GFP_NOIO, _RET_IP_);
}
EXPORT_SYMBOL_GPL(fe_page_new);

struct fe_page *fe_page_new_atomic(void)
{
	return fe_page_make(GFP_ATOMIC, _RET_IP_);
}
EXPORT_SYMBOL_GPL(fe_page_new_atomic);

void fe_page_drop(struct fe_page *page)
{
	if (IS_ERR_OR_NULL(page))
		return;
	fe_debug_disown(&page->page);
	__free_page(&page->page);
}
EXPORT_SYMBOL_GPL(fe_page_drop);

static void fe_page_free_rcu(struct rcu_head *head)
{
	__free_page(container_of(head, struct page, rcu_head));
}

/*
 * SAFETY: of call_rcu(): a page that an allocation owns lends its rcu_head, which is used
 * once; nobody finds the page any more. The layer's exit waits for the callbacks.
 */
void fe_page_retire(struct fe_page *page)
{
	fe_debug_disown(&page->page);
	call_rcu(&page->page.rcu_head, fe_page_free_rcu);
}
EXPORT_SYMBOL_GPL(fe_page_retire);

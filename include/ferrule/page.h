/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Pages: one owned page of memory, whose bytes are copied in and out.
 *
 *	struct fe_page *page __fe_free_page = fe_page_new();
 *
 *	if (IS_ERR(page))
 *		return PTR_ERR(page);
 *
 * The scope frees it, unless it was moved on: by fe_move(page), or into a container.
 *
 * There is no pointer to the bytes, so nothing outlives the page and nothing is looked at
 * twice. A page that is shared (see xarray.h) has no lock of its own: as on a disk, two
 * copies to the same bytes at the same time may mix.
 */
#ifndef _FERRULE_PAGE_H
#define _FERRULE_PAGE_H

#include <linux/err.h>
#include <linux/minmax.h>
#include <linux/mm.h>

#include <ferrule/compat.h>
#include <ferrule/own.h>

/**
 * struct fe_page - one page of memory
 *
 * A struct page under another name: never made by a driver, only pointed to.
 *
 * Invariants: mapped by the kernel; its bytes were all written before anybody reads them.
 */
struct __fe_cell fe_page {
	struct page		page __fe_private;
};

/**
 * fe_page_new() - allocate a page, zeroed
 *
 * Context: may sleep. Memory is reclaimed without I/O: fit for the path of I/O. See alloc_page()
 * with GFP_NOIO.
 * Return: the page, owned by the caller; ERR_PTR(-ENOMEM).
 */
__fe_gives __fe_sleeps struct fe_page *fe_page_new(void);

/**
 * fe_page_new_atomic() - allocate a page, zeroed, where the caller must not sleep
 *
 * Context: any. See alloc_page() with GFP_ATOMIC.
 * Return: the page, owned by the caller; ERR_PTR(-ENOMEM).
 */
__fe_gives struct fe_page *fe_page_new_atomic(void);

/**
 * fe_page_drop() - free a page
 * @page: owned by the caller, taken; an error and NULL are fine
 *
 * Context: any. See __free_page().
 */
void fe_page_drop(struct fe_page *page __fe_take __fe_nullable);

static inline void fe_page_cleanup(struct fe_page **owner __fe_drop)
{
	fe_page_drop(*owner);
}

/* Frees a page with the scope that declares it. */
#define __fe_free_page	__attribute__((__cleanup__(fe_page_cleanup)))

/* For containers: free a page once nobody reads it any more under RCU. Any context. */
__fe_private void fe_page_retire(struct fe_page *page __fe_take);

/*
 * For the copies of the layer: the bytes from where @pos lies in its page, and how many of
 * @n there are.
 *
 * SAFETY: of the cell: a page is written through const because sharing it is its purpose;
 * it is never defined const. It has an address: compat.h wants 64 bits, so there is no high
 * memory. The position is cut to the page, so the bytes are the page's.
 */
static __always_inline __fe_private void *fe_page_at(const struct fe_page *page, u64 pos)
{
	return page_address(&page->page) + (pos & ~PAGE_MASK);
}

static __always_inline __fe_private size_t fe_page_span(u64 pos, size_t n)
{
	return min_t(size_t, n, PAGE_SIZE - (pos & ~PAGE_MASK));
}

/**
 * fe_page_zero() - clear bytes of a page
 * @page: the page
 * @pos: where to begin; only its offset within a page counts
 * @n: bytes; those beyond the end of the page are left out
 *
 * Context: any. See memset().
 *
 * SAFETY: the bytes are the page's, see fe_page_at(); it is borrowed, so that it stays.
 *
 * Return: how many bytes were cleared.
 */
static __always_inline __fe_trusted size_t fe_page_zero(const struct fe_page *page, u64 pos,
							size_t n)
{
	size_t span = fe_page_span(pos, n);

	memset(fe_page_at(page, pos), 0, span);
	return span;
}

#endif /* _FERRULE_PAGE_H */

// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions */
#include <ferrule/store.h>

static int find(const struct state *s, unsigned long i)
{
	const struct pages_view *view __reading = xa_read(&s->pages);
	const struct page *p = xa_find(view, i);

	if (!p)
		return 0;
	page_zero(p);
	return 1;
}

static int find_two(const struct state *s)
{
	const struct pages_view *view __reading = xa_read(&s->pages);
	const struct page *a = xa_find(view, 1), *b = xa_find(view, 2);

	return a && b;
}

static int insert(const struct state *s, unsigned long i)
{
	struct page *p __page = page_new();

	if (IS_ERR(p))
		return PTR_ERR(p);
	page_zero(p);
	return xa_insert(&s->pages, i, p);
}

static int find_or_insert(const struct state *s, unsigned long i)
{
	int ret;

	do {
		if (find(s, i))
			return 0;
		ret = insert(s, i);
	} while (ret == -EBUSY);
	return ret;
}

static int insert_by_hand(const struct state *s, unsigned long i)
{
	struct page *p = page_new_atomic();
	int ret;

	if (IS_ERR(p))
		return PTR_ERR(p);
	ret = xa_insert(&s->pages, i, p);
	if (ret)
		page_drop(p);
	return ret;
}

static int once_more_elsewhere(const struct state *s)
{
	struct page *p __page = page_new();
	int ret;

	if (IS_ERR(p))
		return PTR_ERR(p);
	ret = xa_insert(&s->pages, 1, p);
	if (!ret)
		return 0;
	page_zero(p);
	return xa_insert(&s->pages, 2, p);
}

static int used_for_many(const struct state *s, int n)
{
	struct page *p __page = NULL;
	int i, ret;

	for (i = 0; i < n; i++) {
		if (!p)
			p = page_new();
		if (IS_ERR(p))
			return PTR_ERR(p);
		ret = xa_insert(&s->pages, i, p);
		if (ret && ret != -EBUSY)
			return ret;
	}
	return 0;
}

static int read_again(const struct state *s, int n)
{
	int found = 0;

	while (n--) {
		const struct pages_view *view __reading = xa_read(&s->pages);

		found += !!xa_find(view, n);
	}
	return found;
}

static int read_of_two(const struct state *a, const struct state *b)
{
	const struct pages_view *v __reading = xa_read(&a->pages);
	const struct pages_view *w __reading = xa_read(&b->pages);

	return xa_find(v, 0) && xa_find(w, 0);
}

static void erase_what_is_found(const struct state *s)
{
	const struct pages_view *view __reading = xa_read(&s->pages);
	const struct page *p = xa_find(view, 1);

	xa_erase(&s->pages, 1);
	if (p)
		page_zero(p);
}

static void new_under_the_guard(const struct state *s)
{
	const struct pages_view *view __reading = xa_read(&s->pages);
	struct page *p __page = page_new_atomic();

	if (!IS_ERR(p) && !xa_find(view, 1))
		page_zero(p);
}

static int under_a_spinlock(const struct state *s)
{
	struct counts *c __test_unlock(count_spin) = test_acquire(&s->fast);
	const struct pages_view *view __reading = xa_read(&s->pages);

	c->runs += !!xa_find(view, 1);
	xa_erase(&s->pages, 1);
	return c->runs;
}

struct disk {
	struct pages data, cache;
};

FE_DROP(disk, (pages, cache), (pages, data));

static int probe(struct test_dev *dev, struct disk *d __fe_init)
{
	if (!test_name(dev))
		return -ENODEV;
	pages_init(&d->data);
	pages_init(&d->cache);
	return 0;
}

/* SPDX-License-Identifier: GPL-2.0 */
/* What the tests take for pages, and for arrays that own them: the contracts of the layer. */
#ifndef _FERRULE_TEST_STORE_H
#define _FERRULE_TEST_STORE_H

#include <ferrule/flow.h>

struct __fe_cell page {
	int raw __fe_private;
};

struct page *page_new(void) __fe_gives __fe_sleeps;
struct page *page_new_atomic(void) __fe_gives;
void page_drop(struct page *p __fe_take __fe_nullable);
void page_zero(const struct page *p);

static inline void page_end(struct page **p __fe_drop)
{
	page_drop(*p);
}

#define __page	__attribute__((cleanup(page_end)))

struct raw_array {
	int raw __fe_private;
};

struct pages_view {
	struct raw_array fe __fe_private;
	const struct page *element[0] __fe_private;
};

struct __fe_pinned __fe_cell __fe_owned pages {
	struct pages_view view __fe_private;
	const struct pages_view *guard[0] __fe_private;
};

void pages_init(struct pages *a __fe_init);
void pages_drop(struct pages *a __fe_drop);
void pages_unlock(const struct pages_view **view __fe_drop);
const void *array_read(const void *view) __fe_gives_guard(fe_rcu) __fe_borrows(1);
const void *array_find(const struct raw_array *a, unsigned long i) __fe_nullable;
int array_insert(const struct raw_array *a, unsigned long i, void *element __fe_take_ok)
	__fe_must_check __fe_sleeps;
void array_erase(const struct raw_array *a, unsigned long i);
void array_erase_range(const struct raw_array *a, unsigned long i, unsigned long j) __fe_sleeps;

#define __reading	__attribute__((cleanup(pages_unlock)))

#define xa_read(x)							\
({									\
	typeof(x) __x = (x);						\
									\
	(typeof(__x->guard[0]))array_read(&__x->view);			\
})

#define xa_find(v, i)							\
({									\
	typeof(v) __v = (v);						\
									\
	(typeof(__v->element[0]))array_find(&__v->fe, i);		\
})

#define xa_insert(x, i, owner)						\
({									\
	typeof(x) __x = (x);						\
	typeof(owner) *__owner = &(owner);				\
	typeof(__x->view.element[0]) __same __attribute__((unused)) = *__owner; \
	int __ret = array_insert(&__x->view.fe, i, *__owner);		\
									\
	if (!__ret)							\
		*__owner = NULL;					\
	__ret;								\
})

#define xa_erase(x, i)			array_erase(&(x)->view.fe, i)
#define xa_erase_range(x, i, j)		array_erase_range(&(x)->view.fe, i, j)

struct state {
	struct pages pages;
	struct count_spin fast;
};

#endif /* _FERRULE_TEST_STORE_H */

// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>

struct own {
	int n;
	struct own *next;
	int (*fn)(int n);
};

static const struct own *larger(const struct own *a, const struct own *b) __fe_borrows(1, 2);
static const struct own *larger(const struct own *a, const struct own *b)
{
	return a->n > b->n ? a : b;
}

static int *only_one(struct own *own, int n)
{
	return n ? &own->n : NULL;
}

static __fe_borrows(1) struct own *find(struct own *list, const struct own *like)
{
	for (; list; list = list->next)
		if (list->n == like->n)
			return list;
	return NULL;
}

static int no_pointer(const struct own *a, const struct own *b)
{
	return larger(a, b)->n;
}

static int (*function(const struct own *a, const struct own *b))(int n)
{
	return a->n ? a->fn : b->fn;
}

static __fe_gives struct test_box *made(const struct own *a, const struct own *b)
{
	return test_box_try();
}

static int calls(const struct test_box *a, const struct test_box *b)
{
	return test_clear(a, b)->value;
}

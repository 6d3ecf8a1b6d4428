// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>

struct own {
	int n;
	struct own *next;
};

static const struct own *larger(const struct own *a, const struct own *b)	/* error: missing-contract */
{
	return a->n > b->n ? a : b;
}

static int *field(struct own *own, const char *name)	/* error: missing-contract */
{
	return *name ? &own->n : NULL;
}

static struct own *find(struct own *list, const struct own *like, int n)	/* error: missing-contract */
{
	for (; list; list = list->next)
		if (list->n == like->n + n)
			return list;
	return NULL;
}

static int calls(const struct test_box *a, const struct test_box *b)
{
	return test_unclear(a, b)->value;	/* error: missing-contract */
}

static bool in_a_condition(const struct test_box *a, const struct test_box *b)
{
	return test_unclear(b, a) == a;		/* error: missing-contract */
}

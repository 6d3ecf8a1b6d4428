// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>

struct own {
	int n;
	struct test_atomic a;
};

struct plain {
	const struct own *own;
	int n;
};

static const struct plain table[2];

static void through_const(const struct own *own)
{
	test_set(&own->a, own->n);
}

static int local(void)
{
	struct own own = { .n = 1 };
	const struct own *view = &own;

	through_const(view);
	return table[0].n;
}

// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>

struct own {
	int n;
	struct test_atomic a;
};

struct outer {
	struct own own[2];
};

static const struct test_atomic zero;	/* error: const-cell */

static const struct own table[2];	/* error: const-cell */

static const struct outer nested;	/* error: const-cell */

static int local(void)
{
	const struct own own = { .n = 1 };	/* error: const-cell */

	test_set(&own.a, 1);
	return own.n;
}

static int in_a_function(void)
{
	static const struct own own;	/* error: const-cell */

	return own.n;
}

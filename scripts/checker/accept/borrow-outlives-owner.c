// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions */
#include <ferrule/flow.h>

static int used_in_time(int n)
{
	struct buf b = buf_make(n);
	const u8 *x = buf_peek(&b);

	n = x[0];
	buf_drop(&b);
	return n;
}

static int longest_scope(int n)
{
	int x = n, *p = NULL;

	if (n > 3)
		p = &x;
	return p ? *p : 0;
}

static int two_owners(int n)
{
	struct buf a __buf = buf_make(n), b = buf_make(n);
	const u8 *x = buf_peek(&a);

	buf_drop(&b);
	return x[0];
}

// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions */
#include <ferrule/flow.h>

struct pair {
	struct buf a, b;
};

static void two_fields(struct pair *p)
{
	buf_copy(&p->a, &p->b);
}

static int read_twice(const struct buf *b)
{
	const u8 *x = buf_peek(b), *y = buf_peek(b);

	return x[0] + y[1];
}

static int one_after_the_other(struct buf *b)
{
	u8 *x = buf_bytes(b);

	x[0] = 1;
	x = buf_bytes(b);
	return x[1];
}

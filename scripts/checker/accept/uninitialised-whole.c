// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
#include <ferrule/flow.h>

struct answer {
	u32 a, b;
	u64 c;
};

static void all_of_it(struct answer *to, int n)
{
	struct answer x;

	x.a = n;
	x.b = n;
	x.c = n ? 1 : 2;
	*to = x;
}

static void fill(struct answer *x, int n)
{
	x->a = n;
	x->b = n;
	x->c = n;
}

static void more(struct answer *x, int n)
{
	fill(x, n);
	x->a++;
}

static void filled_by_a_helper(struct answer *to, int n)
{
	struct answer x;

	more(&x, n);
	*to = x;
}

static int try(struct answer *x, int n)
{
	if (n < 0)
		return -EIO;
	*x = (struct answer){ .b = n };
	return 0;
}

static int filled_unless_it_fails(struct answer *to, int n)
{
	struct answer x;
	int ret = try(&x, n);

	if (ret)
		return ret;
	*to = x;
	return 0;
}

static u32 sum(const struct answer *x)
{
	return x->a + x->b;
}

static u32 what_is_needed(int n)
{
	struct answer x;

	x.a = n;
	x.b = 2;
	return sum(&x);
}

/* Filled where the answer is 0, as the layer's macros do. */
static int if_there_is_one(struct answer *to, u32 i)
{
	struct answer x;
	const bool in = i < 4;
	int ret;

	if (in)
		x = (struct answer){ .a = i };
	ret = in ? 0 : -EIO;
	if (ret)
		return ret;
	*to = x;
	return 0;
}

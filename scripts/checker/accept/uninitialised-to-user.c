// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions */
#include <ferrule/flow.h>

struct answer {
	u32 a, b;
	u32 list[2];
};

static int initialised(int n)
{
	struct answer x = { .a = n };

	return test_put(x);
}

static int field_by_field(int n)
{
	struct answer x;
	int i;

	x.a = n;
	x.b = n;
	for (i = 0; i < 2; i++)
		x.list[i] = i;
	return test_put(x);
}

static int cleared(void)
{
	struct answer x;

	memset(&x, 0, sizeof(x));
	return test_put(x);
}

static void fill(struct answer *x)
{
	*x = (struct answer){};
}

static int by_a_helper(void)
{
	struct answer x;

	fill(&x);
	return test_put(x);
}

static int on_both_paths(int n)
{
	struct answer x;

	if (n)
		fill(&x);
	else
		x = (struct answer){ .b = 1 };
	return test_put(x);
}

static int of_the_caller(const struct answer *x)
{
	return test_put(*x);
}

static int through_a_pointer(int n)
{
	struct answer x, *p = &x;

	p->a = n;
	fill(p);
	return test_put(x);
}

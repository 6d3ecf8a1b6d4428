// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>

struct own {
	struct missing inner;
	struct test_box *box __fe_private
};

static int unknown_type(undeclared x, struct own *own __fe_take)
{
	struct test_box *box __fe_test_box = test_box_new(;

	if (own->
}

static int unknown_names(struct own *own)
{
	goto nowhere;
	return own->nothing + nobody(own) + own->box->value[3];
}

static struct nowhere table[] = { { .fn = unknown_names } };
union u { struct undefined s; int *p; };
static int f(int n) { int a[n] = { 1 }; switch (n) { case a: return 1; } FE_UNSAFE(

// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>

struct own {
	int n;
	const char *name;
	struct test_atomic a;
};

static const int *member(const struct own *own)
{
	return &own->n;
}

static void cell(const struct own *own)
{
	test_set(&own->a, 2);
}

static void constant_names(struct own *own)
{
	own->name = "constant";
}

struct plain {
	int n;
};

static int copies(const struct plain *plain)
{
	struct plain mine = *plain;

	mine.n++;
	return mine.n;
}

static const char *const names[] = { "a", "b" };
static const char text[] = "an array, not a pointer";

static void log(const struct test_dev *dev)
{
	test_info(dev, "%s\n", "constant");
}

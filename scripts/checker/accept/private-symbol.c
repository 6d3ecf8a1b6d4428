// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>

/* The name is the driver's own, however it looks. */
static int __fe_looks_internal(int n)
{
	return n;
}

static int by_a_macro_of_the_layer(const struct test_dev *dev)
{
	return test_check(dev) + __fe_looks_internal(1);
}

static const char *documented(const struct test_dev *dev)
{
	return test_name(dev);
}

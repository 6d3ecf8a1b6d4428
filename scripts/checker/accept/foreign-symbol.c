// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>
#include "own_uapi.h"

TEST_REGS(own_regs)

int defined_later(int n);

static int own_and_later(int n)
{
	return defined_later(n);
}

int defined_later(int n)
{
	return n;
}

static int of_another_file(int n)
{
	return from_another_file(n);
}

static const char *layer_function(const struct test_dev *dev)
{
	return test_name(dev);
}

static void layer_macro_that_calls_the_kernel(const struct test_dev *dev, int n)
{
	test_info(dev, "%d\n", n);
}

static u32 function_made_by_the_layer(const struct own_regs *regs)
{
	return own_regs_read(regs);
}

static int errors_as_pointers(void)
{
	struct test_box *box __fe_test_box = test_box_try();

	if (IS_ERR(box))
		return PTR_ERR(box);
	return 0;
}

static size_t arithmetic(size_t a, size_t b)
{
	static const int table[4];

	return min(a, b) + ARRAY_SIZE(table) + BIT(3) + __builtin_popcount(a);
}

static u32 constants(void)
{
	return GFP_KERNEL | EINVAL;
}

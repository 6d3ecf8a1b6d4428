// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>

static bool raw(const struct test_dev *dev)
{
	return test_dev_raw(dev);		/* error: private-symbol */
}

static void ends(struct test_dev *dev)
{
	test_dev_end(dev);			/* error: private-symbol */
}

static int underscores(const struct test_dev *dev)
{
	return __fe_test_internal(dev);		/* error: private-symbol */
}

static void (*const table[])(struct test_dev *dev) = {
	test_dev_end,				/* error: private-symbol */
};

static int variable(void)
{
	return test_debug;			/* error: private-symbol */
}

#define END(dev)	test_dev_end(dev)

static void own_macro(struct test_dev *dev)
{
	END(dev);				/* error: private-symbol */
}

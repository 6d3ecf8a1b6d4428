// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions */
#include <ferrule/flow.h>

struct state {
	int n;
};

static struct test_driver one, two;

static int reads(const struct state *s)
{
	return s->n;
}

static const struct test_ops ops = { .read = reads };

static int __init come(void)
{
	int ret = test_driver_register(&one);

	if (ret)
		return ret;
	ret = test_driver_register(&two);
	if (ret)
		test_driver_unregister(&one);
	return ret;
}

static void unregister_all(void)
{
	test_driver_unregister(&two);
	test_driver_unregister(&one);
}

static void __exit go(void)
{
	unregister_all();
}

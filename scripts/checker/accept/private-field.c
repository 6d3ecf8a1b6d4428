// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>

struct own {
	struct test_atomic a;
	struct test_box *box;
};

static int macro_of_the_layer(const struct own *own)
{
	return test_get(&own->a);
}

static void function_of_the_layer(const struct own *own)
{
	test_set(&own->a, 1);
}

static int public_field(const struct own *own)
{
	return own->box->value;
}

static int with_a_reason(const struct own *own)
{
	/* compiler: 'FE_UNSAFE' is used 1 time(s) in this unit */
	FE_UNSAFE("debugging aid that only reads the number");

	return own->box->secret;
}

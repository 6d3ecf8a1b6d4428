// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>

struct own {
	struct {
		int inner;
	} part;
	int plain;
};

static int own_fields(const struct own *own)
{
	return own->part.inner + own->plain;
}

static int public_field_of_the_layer(const struct test_box *box)
{
	return box->value;
}

static void macro_of_the_layer(const struct test_dev *dev)
{
	test_info(dev, "fields of the device are the layer's business\n");
}

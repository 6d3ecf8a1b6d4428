// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>

struct plain {
	int n, m;
};

struct own {
	struct plain plain;
	struct test_irq irq;
	struct test_atomic a;
};

static void copies_plain(struct own *own, const struct plain *from)
{
	struct plain mine = *from;

	own->plain = *from;
	own->plain = mine;
	own->plain = (struct plain) { .n = 1 };
}

static struct plain returned(const struct own *own)
{
	return own->plain;
}

static const struct test_irq *pointer(const struct own *own)
{
	return &own->irq;
}

static const char *token(const struct test_dev *dev)
{
	const struct test_dev *same = dev;

	return test_name(same);
}

static int local_cell(void)
{
	struct test_atomic a = { };

	test_set(&a, 1);
	return test_get(&a);
}

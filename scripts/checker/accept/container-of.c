// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>

struct own {
	int n;
	struct test_irq irq;
};

TEST_STATE(own, irq)

static int by_the_layer(const struct test_irq *irq)
{
	return own_of(irq)->n;
}

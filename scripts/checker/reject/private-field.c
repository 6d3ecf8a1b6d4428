// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>

TEST_REGS(own_regs)	/* note: private-field */

struct own {
	struct test_irq irq;
	struct own_regs regs;
};

static int reads(const struct test_box *box)
{
	return box->secret;		/* error: private-field */
}

static void writes(struct own *own)
{
	own->irq.number = 1;		/* error: private-field */
}

static const int *takes_the_address(const struct test_atomic *a)
{
	return &a->value;		/* error: private-field */
}

#define VALUE(a) ((a)->value)

static int through_an_own_macro(const struct test_atomic *a)
{
	return VALUE(a);		/* error: private-field */
}

static unsigned long of_a_type_made_by_the_layer(const struct own *own)
{
	return own->regs.base;		/* error: private-field */
}

static int as_an_argument(const struct test_box *box)
{
	return min(box->secret, 1);	/* error: private-field */
}

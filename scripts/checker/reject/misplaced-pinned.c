// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>

struct own {
	int n;
	struct test_irq irq;		/* note: misplaced-pinned */
};

struct counted {
	struct test_atomic a;		/* note: misplaced-pinned */
};

static int local(void)
{
	struct test_irq irq = { };	/* error: misplaced-pinned */

	return sizeof(irq);
}

static int inside(void)
{
	struct own own = { };		/* error: misplaced-pinned */

	return own.n;
}

static void assigned(struct own *to, const struct own *from)
{
	*to = *from;			/* error: misplaced-pinned */
}

static void field(struct own *to, const struct own *from)
{
	to->irq = from->irq;		/* error: misplaced-pinned */
}

static void by_value(struct own own)
{
}

static void passed(const struct own *own)
{
	by_value(*own);			/* error: misplaced-pinned */
}

static struct own returned(const struct own *own)
{
	return *own;			/* error: misplaced-pinned */
}

static void cell(struct counted *to, const struct counted *from)
{
	*to = *from;			/* error: misplaced-pinned */
}

static void token(const struct test_dev *dev)
{
	struct test_dev mine = *dev;	/* error: misplaced-pinned */

	test_name(&mine);
}

static void cleared(struct own *own)
{
	*own = (struct own) { };	/* error: misplaced-pinned */
}

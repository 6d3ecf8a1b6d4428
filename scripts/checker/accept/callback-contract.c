// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>

struct own {
	int n;
};

struct ops {
	int (*irq)(const struct own *own) __fe_hardirq;
	int (*open)(struct own *own) __fe_opening __fe_bound;
	int (*read)(const struct own *own) __fe_sleeps __fe_bound;
	int (*queue)(struct own *own, struct test_box *box __fe_take);
	int (*maybe)(struct own *own, const struct test_box *box __fe_nullable);
	struct test_box *(*make)(void) __fe_gives;
	void (*close)(struct own *own);
};

static int handler(const struct own *own)
{
	return own->n;
}

static int opens(struct own *own)
{
	return own->n++;
}

static int reads(const struct own *own) __fe_sleeps;
static int reads(const struct own *own)
{
	return own->n;
}

static int takes(struct own *own, struct test_box *box __fe_take)
{
	test_box_drop(&box);
	return own->n;
}

static int null(struct own *own, const struct test_box *box __fe_nullable)
{
	return box ? own->n : 0;
}

static const struct ops ops = {
	.irq	= handler,
	.open	= opens,
	.read	= reads,
	.queue	= takes,
	.maybe	= null,
	.make	= test_box_try,
	.close	= NULL,
};

/* A function that does less than its slot allows fits. */
static const struct ops modest = {
	.irq	= handler,
	.read	= handler,
};

static int calls(const struct ops *ops, const struct own *own)
{
	int (*read)(const struct own *own) __fe_sleeps __fe_bound = ops->read;

	return read ? read(own) : -EINVAL;
}

static int chosen(const struct own *own, int n)
{
	int (*fn)(const struct own *own) = n ? handler : NULL;

	return fn ? fn(own) : calls(&ops, own) + calls(&modest, own);
}

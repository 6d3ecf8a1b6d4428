// SPDX-License-Identifier: GPL-2.0
/* options: -Wno-incompatible-pointer-types */
#include <ferrule/test.h>

struct own {
	int n;
};

struct ops {
	int (*irq)(const struct own *own) __fe_hardirq;
	int (*poll)(const struct own *own) __fe_atomic;
	int (*open)(struct own *own) __fe_opening;
	int (*queue)(struct own *own, struct test_box *box __fe_take);
	int (*try)(struct own *own, struct test_box *box __fe_take_ok);
	int (*look)(struct own *own, struct test_box *box);
	int (*maybe)(struct own *own, const struct test_box *box __fe_nullable);
	struct test_box *(*make)(void) __fe_gives;
	struct test_box *(*find)(struct own *own, struct own *other) __fe_borrows(1);
	int (*close)(struct own *own);
};

typedef int poll_fn(const struct own *own) __fe_atomic;

static int sleeps(const struct own *own) __fe_sleeps;
static int sleeps(const struct own *own)	/* note: callback-contract */
{
	return own->n;
}

static const struct ops sleeping_irq = {
	.irq = sleeps,				/* error: callback-contract */
};

static const struct ops sleeping_poll = {
	.close = NULL,
	.poll = sleeps,				/* error: callback-contract */
};

static int waits(struct own *own) __fe_waits;
static int waits(struct own *own)		/* note: callback-contract */
{
	return own->n;
}

static const struct ops waiting_open = {
	.open = waits,				/* error: callback-contract */
};

static int borrows(struct own *own, struct test_box *box)	/* note: callback-contract */
{
	return own->n + box->value;
}

static int takes(struct own *own, struct test_box *box __fe_take)	/* note: callback-contract */
{
	test_box_drop(&box);
	return own->n;
}

static void leaks(struct ops *ops)
{
	ops->queue = borrows;			/* error: callback-contract */
}

static void steals(struct ops *ops)
{
	ops->look = takes;			/* error: callback-contract */
}

static void takes_always(struct ops *ops)
{
	ops->try = takes;			/* error: callback-contract */
}

static int exclusive(struct own *own)	/* note: callback-contract */
{
	return own->n++;
}

static const struct ops writes_shared = {
	.poll = exclusive,			/* error: callback-contract */
};

static int no_null(struct own *own, const struct test_box *box)	/* note: callback-contract */
{
	return own->n + box->value;
}

static const struct ops null = {
	.maybe = no_null,			/* error: callback-contract */
};

static struct test_box *other(struct own *own, struct own *other) __fe_borrows(2);
static struct test_box *other(struct own *own, struct own *other)	/* note: callback-contract */
{
	return NULL;
}

static const struct ops borrows_from_another = {
	.find = other,				/* error: callback-contract */
};

static struct test_box *plain(void)	/* note: callback-contract */
{
	return NULL;
}

static const struct ops gives_nothing = {
	.make = plain,				/* error: callback-contract */
};

static void call(int (*fn)(const struct own *own) __fe_atomic, const struct own *own)
{
	fn(own);
}

static void as_an_argument(const struct own *own)
{
	call(sleeps, own);			/* error: callback-contract */
}

static void from_another_slot(struct ops *ops, int (*fn)(const struct own *own) __fe_sleeps)
{
	ops->irq = fn;				/* error: callback-contract */
}

static int calm(const struct own *own)
{
	return own->n;
}

static void chosen(struct ops *ops, int n)
{
	ops->poll = n ? calm : sleeps;		/* error: callback-contract */
}

static int needs_device(struct own *own) __fe_bound;
static int needs_device(struct own *own)	/* note: callback-contract */
{
	return own->n;
}

static const struct ops after_unbind = {
	.close = needs_device,			/* error: callback-contract */
};

static void local_table(void)
{
	static poll_fn *const table[] = {
		calm,
		sleeps,				/* error: callback-contract */
	};
	struct ops ops = {
		.close = waits,
		.irq = sleeps,			/* error: callback-contract */
	};

	call(table[0], NULL);
	ops.close(NULL);
}

static void (*cast(int (*fn)(struct own *own)))(void)
{
	return (void (*)(void))fn;		/* error: callback-contract */
}

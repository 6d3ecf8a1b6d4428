// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>

struct own {
	int n;
	struct test_irq irq;
	struct list_head node;
};

static struct own *direct(struct test_irq *irq)
{
	return container_of(irq, struct own, irq);	/* error: container-of */
}

static struct own *wrapped(struct list_head *node)
{
	return list_entry(node, struct own, node);	/* error: container-of */
}

#define to_own(i)	container_of(i, struct own, irq)

static int own_macro(struct test_irq *irq)
{
	return to_own(irq)->n;				/* error: container-of */
}

static void as_an_argument(struct test_irq *irq)
{
}

static void nested(struct own *own)
{
	as_an_argument(&container_of(&own->irq, struct own, irq)->irq);	/* error: container-of */
}

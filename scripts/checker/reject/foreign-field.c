// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>

static const char *reads(const struct device *dev)
{
	return dev->name;		/* error: foreign-field */
}

static void writes(struct device *dev)
{
	dev->parent = NULL;		/* error: foreign-field */
}

static void nested(struct list_head *list)
{
	list->next->prev = NULL;	/* error: foreign-field */
}

#define NAME(d)	((d)->name)

static const char *through_a_macro(const struct device *dev)
{
	return NAME(dev);		/* error: foreign-field */
}

struct own {
	struct list_head list;
};

static struct list_head **takes_the_address(struct own *own)
{
	return &own->list.next;		/* error: foreign-field */
}

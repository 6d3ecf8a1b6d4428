// SPDX-License-Identifier: GPL-2.0
/* A binding with GROW_LIVE resources, and as many owned values: grow_raw.c is by hand. */
#include <ferrule/ioctl.h>
#include <ferrule/miscdev.h>
#include <ferrule/page.h>
#include <ferrule/platform.h>
#include <ferrule/wait.h>
#include <ferrule/xarray.h>

#include "grow_uapi.h"

FE_XARRAY(grow_pages, fe_page);

struct grow_ferrule {
	struct fe_waitq		queues[GROW_LIVE];
	struct grow_pages	pages;
	struct fe_miscdev	node;
};

FE_DROP(grow_ferrule, (grow_pages, pages));

struct grow_file {
	struct fe_file		fe;
};

static int grow_nothing(const struct grow_ferrule *g, const struct grow_file *file,
			struct grow_find *arg)
{
	return 0;
}

static noinline bool grow_has(const struct grow_ferrule *g, u64 index)
{
	const struct grow_pages_view *view __fe_unlock(grow_pages) = fe_xa_read(&g->pages);

	return fe_xa_find(view, index);
}

static int grow_find(const struct grow_ferrule *g, const struct grow_file *file,
		     struct grow_find *arg)
{
	u64 i;

	for (i = 0; i < arg->count; i++) {
		if (!grow_has(g, arg->index))
			return -ENOENT;
	}
	return 0;
}

FE_IOCTLS(grow_ioctl, grow_ferrule, grow_file,
	  (GROW_IOC_NOTHING, struct grow_find, grow_nothing),
	  (GROW_IOC_FIND, struct grow_find, grow_find));

FE_MISCDEV(grow_ferrule, node, grow_file, .ioctl = grow_ioctl);

static int grow_add_page(struct grow_ferrule *g, u64 index)
{
	struct fe_page *page __fe_free_page = fe_page_new();

	if (IS_ERR(page))
		return PTR_ERR(page);
	return fe_xa_insert(&g->pages, index, page);
}

static int grow_probe(struct fe_dev *dev, struct grow_ferrule *g)
{
	int ret = 0;
	u32 i;

	grow_pages_init(&g->pages);
	for (i = 0; !ret && i < GROW_LIVE; i++)
		ret = fe_waitq_init(dev, &g->queues[i]) ?: grow_add_page(g, i);
	return ret ?: grow_ferrule_node_declare(dev, g, "grow_ferrule");
}

FE_PLATFORM_DRIVER(grow_ferrule, .probe = grow_probe, .drop = grow_ferrule_drop);

MODULE_DESCRIPTION("Many resources of Ferrule, to be measured");
MODULE_LICENSE("GPL");

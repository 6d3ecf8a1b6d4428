// SPDX-License-Identifier: GPL-2.0
#include <linux/module.h>

#include <ferrule/compat.h>

#include "debug.h"

static int __init fe_init(void)
{
	fe_debug_init();
	return 0;
}
module_init(fe_init);

static void __exit fe_exit(void)
{
	fe_debug_exit();
}
module_exit(fe_exit);

MODULE_DESCRIPTION("Ferrule: the layer between safe C drivers and the kernel");
MODULE_LICENSE("GPL");

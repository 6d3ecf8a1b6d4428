// SPDX-License-Identifier: GPL-2.0
/* The module: what is there as long as the layer is loaded. */
#include <linux/module.h>
#include <linux/rcupdate.h>

#include <ferrule/faux.h>

#include "debug.h"

static int __init fe_init(void)
{
	int ret = fe_faux_bus_init();

	if (!ret)
		fe_debug_init();
	return ret;
}
module_init(fe_init);

static void __exit fe_exit(void)
{
	fe_faux_bus_exit();
	rcu_barrier();		/* what is retired is freed by the layer's code */
	fe_debug_exit();
}
module_exit(fe_exit);

MODULE_DESCRIPTION("Ferrule: the layer between safe C drivers and the kernel");
MODULE_LICENSE("GPL");

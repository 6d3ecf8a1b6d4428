// SPDX-License-Identifier: GPL-2.0
/*
 * P38: a variable of the init section is kept for later
 *
 * Class: scope-escape
 * Was: sh-sci, port_cfg
 * Answer: does not build. A driver has no variables that are not const.
 * Layer: <ferrule/driver.h>
 */
#include <ferrule/pci.h>

struct plat_port {
	int type;
};

struct sci_port {
	const struct plat_port *cfg;
};

static struct plat_port port_cfg __initdata;	/* error: mutable-global */
static struct sci_port sci_ports[2];		/* error: mutable-global */

static int __init early_setup(int type)		
{
	port_cfg.type = type;
	sci_ports[0].cfg = &port_cfg;
	return 0;
}

static int local_kept(struct sci_port *port, int type)
{
	struct plat_port cfg = { .type = type };

	port->cfg = &cfg;			/* error: borrow-escapes */
	return 0;
}

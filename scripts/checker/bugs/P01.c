// SPDX-License-Identifier: GPL-2.0
/*
 * P01: attributes are freed while sysfs shows them
 *
 * Class: uaf-debugfs-sysfs
 * Was: IB/mlx4, pkey sysfs registration failure
 * Answer: cannot be written: attributes are declared, not allocated, and are there only from after
 *   probe until unbind, which waits for who reads them (kunit/attrs_kunit.c) and ends what they
 *   show after that. Those of the kernel are not a driver's to publish.
 * Layer: <ferrule/attrs.h>
 */
#include <ferrule/attrs.h>
#include <ferrule/box.h>
#include <ferrule/platform.h>

struct port {
	struct fe_attrs	attrs;
	u16		pkey;
};

static int port_show_pkey(const struct port *port, struct fe_text_out *text)
{
	fe_text_add(text, "%u\n", port->pkey);
	return 0;
}

FE_ATTRS(port, attrs, FE_ATTR_RO(pkey, port_show_pkey));

/* Correct, and there is nothing to free where it fails. */
static int port_probe(struct fe_dev *dev, struct port *port)
{
	return port_attrs_declare(dev, port);
}

FE_PLATFORM_DRIVER(port, .probe = port_probe);

static int publish_by_hand(struct kobject *kobj)
{
	struct attribute_group *group = fe_box_new(struct attribute_group);
	int ret;

	if (IS_ERR(group))
		return PTR_ERR(group);
	ret = sysfs_create_group(kobj, group);	/* error: foreign-symbol */
	fe_box_drop(group);
	return ret;
}

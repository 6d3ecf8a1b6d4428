// SPDX-License-Identifier: GPL-2.0
/* Platform devices: the bus's part of a binding. */
#include <ferrule/platform.h>

#include "debug.h"

/* SAFETY: called by the driver core with the device's lock held, as is remove. */
static int fe_platform_probe(struct platform_device *pdev)
{
	struct platform_driver *drv = to_platform_driver(pdev->dev.driver);

	return fe_bound_start(&pdev->dev,
			      &container_of(drv, struct fe_platform_driver, platform)->fe);
}

static int fe_platform_remove(struct platform_device *pdev)
{
	fe_bound_end(&pdev->dev);
	return 0;
}

int fe_platform_register(struct fe_platform_driver *drv, struct module *owner)
{
	drv->platform.driver.name = drv->fe.name;
	drv->platform.probe = fe_platform_probe;
	drv->platform.remove = fe_platform_remove;
	return __platform_driver_register(&drv->platform, owner);
}
EXPORT_SYMBOL_GPL(fe_platform_register);

void fe_platform_unregister(struct fe_platform_driver *drv)
{
	platform_driver_unregister(&drv->platform);
	fe_debug_driver_gone(&drv->platform.driver);
}
EXPORT_SYMBOL_GPL(fe_platform_unregister);

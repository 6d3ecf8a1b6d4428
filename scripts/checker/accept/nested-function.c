// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
#include <ferrule/flow.h>

static int twice(int n)
{
	return 2 * n;
}

static int declared_inside(int n)
{
	int twice(int m);

	return twice(n);
}

// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
#include <ferrule/flow.h>

static int called(int n)
{
	int twice(void) { return 2 * n; }	/* error: nested-function */

	return twice();
}

static int with_a_parameter(int n)
{
	int plus(int m)				/* error: nested-function */
	{
		return n + m;
	}

	return plus(3);
}

static int in_a_block(int n)
{
	if (n) {
		int half(void) { return n / 2; }	/* error: nested-function */

		return half();
	}
	return 0;
}

static int never_called(int n)
{
	int one(void) { return 1; }		/* error: nested-function */

	return n;
}

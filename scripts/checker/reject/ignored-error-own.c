// SPDX-License-Identifier: GPL-2.0
/* options: role=driver -fkeep-static-functions */
#include <ferrule/flow.h>

static int helper(int n)
{
	return n ? test_start(n) : -EINVAL;
}

static int of_an_own_function(int n)
{
	int ret = helper(n);			/* error: ignored-error */

	ret = helper(n + 1);
	return ret;
}

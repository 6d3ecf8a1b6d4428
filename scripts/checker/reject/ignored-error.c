// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions -Wno-unused-result */
#include <ferrule/flow.h>

static int overwritten(int n)
{
	int ret = test_start(n);		/* error: ignored-error */

	ret = test_start(n + 1);
	return ret;
}

static void never_read(int n)
{
	int ret;

	ret = test_start(n);			/* error: ignored-error */
}

static int another_is_returned(int n)
{
	int ret = test_start(n), err = 0;	/* error: ignored-error */

	if (n > 3)
		err = -EINVAL;
	return err;
}

static int in_a_loop(int n)
{
	int ret = 0;

	while (n--)
		ret = test_start(n);		/* error: ignored-error */
	return 0;
}

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

static int of_a_call_that_fills(struct map *m __fe_out, const struct buf *b)
{
	int ret = map_make(m, b);		/* error: ignored-error */

	ret = test_start(1);
	return ret;
}

static void compared_with_one_error_only(int n)
{
	int ret = test_start(n);		/* error: ignored-error */

	if (ret == -ETIMEDOUT)
		test_sleep(1);
}

static int passed_through_a_macro(int n)
{
	int ret = ({ int __ret = test_start(n); __ret; });	/* error: ignored-error */

	ret = 0;
	return ret;
}

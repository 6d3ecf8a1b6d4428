// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions */
#include <ferrule/flow.h>

static int first_error_wins(int n)
{
	int ret = test_start(n), err;

	err = test_start(n + 1);
	return ret ? ret : err;
}

static int best_effort(int n)
{
	int ret = test_start(n);

	if (ret)
		test_sleep(1);
	return 0;
}

static int last_round_counts(int n)
{
	int ret = 0;

	while (n-- && !ret)
		ret = test_start(n);
	return ret;
}

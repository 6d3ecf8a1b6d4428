// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions -Wno-maybe-uninitialized -Wno-uninitialized */
#include <ferrule/flow.h>

static int on_one_path(int n)
{
	int ret;			/* note: uninitialised */

	if (n > 3)
		ret = test_start(n);
	return ret;			/* error: uninitialised */
}

static int jumped_over(int n)
{
	int ret;			/* note: uninitialised */

	if (n == 7)
		goto out;
	ret = test_start(n);
out:
	return ret;			/* error: uninitialised */
}

static int no_round(int n)
{
	int i, last;			/* note: uninitialised */

	for (i = 0; i < n; i++)
		last = test_start(i);
	return last;			/* error: uninitialised */
}

static int no_case(int n)
{
	int x;				/* note: uninitialised */

	switch (n) {
	case 0:
		x = 1;
		break;
	case 1:
		x = 5;
		break;
	}
	return x;			/* error: uninitialised */
}

static int find(int n, u32 *found)	/* note: uninitialised */
{
	if (n < 0)
		return -ENODEV;
	*found = n;
	return 0;
}

static u32 nobody_asks(int n)
{
	u32 x;

	find(n, &x);			/* error: uninitialised */
	return x;
}

// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions */
#include <ferrule/flow.h>

static int reverse_order(int n)
{
	struct buf b __buf = buf_make(n);
	struct map m __map = {};

	return map_make(&m, &b) ? -ENOMEM : map_read(&m);
}

static int failed_map(int n)
{
	struct buf b = buf_make(n);
	struct map m;
	int ret = map_make(&m, &b);

	if (ret) {
		buf_drop(&b);
		return ret;
	}
	map_drop(&m);
	buf_drop(&b);
	return 0;
}

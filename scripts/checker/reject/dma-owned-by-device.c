// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions */
#include <ferrule/flow.h>

static int filled_after_it_was_given(int n)
{
	struct buf b __buf = buf_make(n);
	struct mapping m __mapping = {};
	int ret = mapping_give(&b, &m);		/* note: dma-owned-by-device */

	if (!ret)
		buf_fill(&b, 1);		/* error: dma-owned-by-device */
	return ret;
}

static int read_before_it_was_taken_back(int n)
{
	struct buf b __buf = buf_make(n);
	struct mapping m __mapping = {};
	int ret = mapping_give(&b, &m);		/* note: dma-owned-by-device */

	if (ret)
		return ret;
	n = buf_len(&b);			/* error: dma-owned-by-device */
	b = mapping_take(&m);
	return n;
}

static int given_twice(int n)
{
	struct buf b __buf = buf_make(n);

	mapping_start(&b);			/* note: dma-owned-by-device */
	mapping_start(&b);			/* error: dma-owned-by-device */
	return 0;
}

static void dropped_by_hand(int n)
{
	struct buf b = buf_make(n);

	mapping_start(&b);			/* note: dma-owned-by-device */
	buf_drop(&b);				/* error: dma-owned-by-device */
}

static int on_one_path(int n)
{
	struct buf b __buf = buf_make(n);

	if (n > 3)
		mapping_start(&b);		/* note: dma-owned-by-device */
	return buf_len(&b);			/* error: dma-owned-by-device */
}

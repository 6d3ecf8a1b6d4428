// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions */
#include <ferrule/flow.h>

static int round_trip(int n)
{
	struct buf b __buf = buf_make(n);
	struct mapping m __mapping = {};
	int ret;

	buf_fill(&b, 1);
	ret = mapping_give(&b, &m);
	if (ret)
		return ret;
	b = mapping_take(&m);
	return buf_len(&b);
}

static int ours_if_it_failed(int n)
{
	struct buf b __buf = buf_make(n);
	struct mapping m __mapping = {};

	if (mapping_give(&b, &m))
		buf_fill(&b, 0);
	return 0;
}

struct engine {
	struct buf b;
	struct mapping m;
};

static int settle(struct engine *e)
{
	buf_drop(&e->b);
	e->b = mapping_take(&e->m);
	return 0;
}

static int through_a_helper(struct engine *e)
{
	int ret = mapping_give(&e->b, &e->m);

	if (ret)
		return ret;
	ret = settle(e);
	return ret ? ret : buf_len(&e->b);
}

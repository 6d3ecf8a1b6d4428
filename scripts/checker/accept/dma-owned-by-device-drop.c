// SPDX-License-Identifier: GPL-2.0
/* options: role=driver -fkeep-static-functions */
#include <ferrule/flow.h>
#include <ferrule/own.h>

struct engine {
	struct buf b;
	struct mapping m;
};

FE_DROP(engine, (mapping, m), (buf, b));

struct pair {
	struct engine rx, tx;
};

FE_DROP(pair, (engine, rx), (engine, tx));

static int taken_back_before(int n)
{
	struct buf b __fe_scoped(buf) = buf_make(n);
	struct mapping m = {};
	int ret = mapping_give(&b, &m);

	if (ret)
		return ret;
	ret = test_start(n);
	b = mapping_take(&m);
	return ret;
}

static int nothing_was_given(int n)
{
	struct mapping m = {};

	mapping_drop(&m);
	return n;
}

/* By hand, at the end of the binding. */
static void engine_end(struct engine *e __fe_drop)
{
	mapping_drop(&e->m);
	buf_drop(&e->b);
}

// SPDX-License-Identifier: GPL-2.0
/* options: role=driver -fkeep-static-functions -Wno-unused-result */
#include <ferrule/flow.h>
#include <ferrule/own.h>

struct engine {
	struct buf b;
	struct mapping m;
};

FE_DROP(engine, (mapping, m), (buf, b));

static int on_an_error_path(int n)
{
	struct buf b __fe_scoped(buf) = buf_make(n);
	struct mapping m = {};
	int ret = mapping_give(&b, &m);		/* note: dma-owned-by-device */

	if (ret)
		return ret;
	ret = test_start(n);
	mapping_drop(&m);			/* error: dma-owned-by-device */
	return ret;
}

static int with_its_scope(int n)
{
	struct buf b __fe_scoped(buf) = buf_make(n);
	struct mapping m __fe_scoped(mapping) = {};	/* error: dma-owned-by-device */
	int ret = mapping_give(&b, &m);		/* note: dma-owned-by-device */

	return ret;
}

static int of_a_borrowed_engine(struct engine *e)
{
	mapping_drop(&e->m);			/* error: dma-owned-by-device */
	return 0;
}

static int the_whole_engine(struct engine *e)
{
	engine_drop(e);				/* error: dma-owned-by-device */
	return 0;
}

static int after_a_timeout(struct engine *e, int n)
{
	int ret = mapping_give(&e->b, &e->m);	/* note: dma-owned-by-device */

	if (ret)
		return ret;
	ret = test_start(n);
	if (ret == -ETIMEDOUT)
		mapping_drop(&e->m);		/* error: dma-owned-by-device */
	return ret;
}

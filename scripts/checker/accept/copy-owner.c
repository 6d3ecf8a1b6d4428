// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions */
#include <ferrule/flow.h>

static void borrowed(struct buf *b)
{
	struct buf *same = b;

	buf_fill(same, 1);
}

static struct buf moved(struct buf *b)
{
	struct buf c __buf = fe_move(*b);

	return fe_move(c);
}

struct plain {
	int x;
	const u8 *bytes;
};

static struct plain copied(const struct plain *p)
{
	struct plain q = *p;

	q.x++;
	return q;
}

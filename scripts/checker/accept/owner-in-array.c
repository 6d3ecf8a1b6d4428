// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
#include <ferrule/flow.h>

struct entry {
	int id;
	const char *name;
};

struct state {
	struct entry entries[4];
	struct buf first, second;
	u8 bytes[64];
	const struct obj *seen[2];
};

static int one_each(struct state *s __fe_init, int n)
{
	struct buf b __buf = {};
	int ret = buf_alloc(&b, n);

	if (ret)
		return ret;
	s->first = fe_move(b);
	s->entries[0].id = n;
	return 0;
}

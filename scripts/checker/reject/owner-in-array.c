// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
#include <ferrule/flow.h>

struct handles {
	struct buf bufs[8];			/* error: owner-in-array */
};

struct pointers {
	struct obj *objs[8] __fe_own;		/* error: owner-in-array */
};

struct entry {
	int id;
	struct obj *o __fe_own;
};

struct entries {
	struct entry entries[4];		/* error: owner-in-array */
};

static int local(int n)
{
	struct buf two[2] = {};			/* error: owner-in-array */

	return buf_alloc(&two[0], n);
}

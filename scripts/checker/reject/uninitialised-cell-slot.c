// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
/* What is made for each open file has cells as well. */
#include <ferrule/flow.h>

struct opened {
	struct count_lock counts;		/* note: uninitialised-cell */
};

static const struct test_node nobody = { .read = NULL };	/* error: uninitialised-cell */

static int forgets(const struct state *s, struct opened *o)	/* note: uninitialised-cell */
{
	return 0;				/* error: uninitialised-cell */
}

static const struct test_node node = { .open = forgets };

// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
#include <ferrule/flow.h>

struct opened {
	struct count_lock counts;
	int n;
};

static int makes(const struct state *s, struct opened *o)
{
	test_make(&o->counts);
	return 0;
}

static int reads(const struct state *s, const struct opened *o)
{
	return o->n;
}

static const struct test_node node = { .open = makes, .read = reads };

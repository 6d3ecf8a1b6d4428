// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>

struct own {
	int n;
};

static int count;			/* error: mutable-global */

int shared_with_others = 1;		/* error: mutable-global */

static struct own table[4];		/* error: mutable-global */

static struct own *current_device;	/* error: mutable-global */

static const char *name = "own";	/* error: mutable-global */

static struct test_atomic opens;	/* error: mutable-global */

static int next(void)
{
	static int last;		/* error: mutable-global */

	return ++last;
}

#define COUNTER(name)	static int name##_count

COUNTER(own);				/* error: mutable-global */

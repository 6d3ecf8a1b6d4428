// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions -Wno-unused-result */
#include <ferrule/flow.h>

static void initialiser(int n)
{
	struct buf b = buf_make(n);		/* note: copy-owner */
	struct buf c = b;			/* error: copy-owner */

	buf_drop(&c);
}

static void assignment(int n)
{
	struct buf b = buf_make(n), c = {};	/* note: copy-owner */

	c = b;					/* error: copy-owner */
	buf_drop(&c);
}

struct pair {
	struct buf a, b;
};

static void field(struct pair *p, struct pair *q)
{
	p->a = q->a;				/* error: copy-owner */
}

static void whole_structure(struct pair *p, struct pair *q)
{
	*p = *q;				/* error: copy-owner */
}

static void from_a_parameter(struct buf *b)
{
	struct buf c __buf = *b;		/* error: copy-owner */
}

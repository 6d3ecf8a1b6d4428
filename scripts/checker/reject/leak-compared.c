// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions -Wno-maybe-uninitialized */
/* Two numbers are compared twice, and the answers may differ. */
#include <ferrule/flow.h>

struct own {
	u32 count;
};

static void another_comparison(u32 n, u32 m)
{
	struct obj *o = NULL;

	if (n <= m)
		o = obj_new();		/* note: leak */
	if (n < m)
		obj_put(o);
}					/* error: leak */

static void changed_between(u32 n, u32 m)
{
	struct obj *o = NULL;

	if (n < m)
		o = obj_new();		/* note: leak */
	n++;
	if (n < m)
		obj_put(o);
}					/* error: leak */

static void of_another_sign(int n, int m)
{
	struct obj *o = NULL;

	if (n < m)
		o = obj_new();		/* note: leak */
	if ((u32)n < (u32)m)
		obj_put(o);
}					/* error: leak */

static void changed_by_another(struct own *own, u32 n, void (*change)(struct own *own))
{
	struct obj *o = NULL;

	if (n < own->count)
		o = obj_new();		/* note: leak */
	change(own);
	if (n < own->count)
		obj_put(o);
}					/* error: leak */

static void in_the_next_round(u32 n, u32 m)
{
	struct obj *o = NULL;

	for (u32 i = 0; i < n; i++) {
		if (i < m && !o)
			o = obj_new();	/* note: leak */
		if (i == m) {
			obj_put(o);
			o = NULL;
		}
	}
}					/* error: leak */

// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
/* It went into the data of a lock, and is ended by its old name. */
#include <ferrule/flow.h>

struct state {
	struct count_lock counts;
};

static int on_the_error_path(const struct state *s, int n)
{
	struct counts *c __test_unlock(count_lock) = test_acquire(&s->counts);	/* error: use-after-drop */
	struct obj *o;
	int ret;

	if (c->last)
		return -EBUSY;
	o = obj_open(n);
	if (IS_ERR(o))
		return PTR_ERR(o);
	c->last = o;
	ret = test_start(n);
	if (ret)
		obj_put(o);			/* note: use-after-drop */
	return ret;
}

static int before_the_scope_ends(const struct state *s)
{
	struct obj *o = obj_new();

	{
		struct counts *c __test_unlock(count_lock) = test_acquire(&s->counts);	/* error: use-after-drop */

		if (c->last) {
			obj_put(o);
			return -EBUSY;
		}
		c->last = o;
		obj_put(o);			/* note: use-after-drop */
	}
	return 0;
}

// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
#include <ferrule/flow.h>

struct state {
	struct count_lock counts;
};

static int taken_back_on_the_error_path(const struct state *s, int n)
{
	struct counts *c __test_unlock(count_lock) = test_acquire(&s->counts);
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
		obj_put(fe_move(c->last));
	return ret;
}

static int kept_after_the_last_failure(const struct state *s, int n)
{
	struct obj *o __obj = obj_open(n);
	int ret;

	if (IS_ERR(o))
		return PTR_ERR(o);
	ret = test_start(n);
	if (ret)
		return ret;
	{
		struct counts *c __test_unlock(count_lock) = test_acquire(&s->counts);

		if (!c->last)
			c->last = fe_move(o);
	}
	return 0;
}

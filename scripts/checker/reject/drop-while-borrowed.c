// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions -Wno-unused-result */
#include <ferrule/flow.h>

static int wrong_order(int n)
{
	struct buf b = buf_make(n);
	struct map m;
	int ret = map_make(&m, &b);		/* note: drop-while-borrowed */

	if (ret) {
		buf_drop(&b);
		return ret;
	}
	buf_drop(&b);				/* error: drop-while-borrowed */
	map_drop(&m);
	return 0;
}

static int wrong_order_of_scopes(int n)
{
	struct map m __map = {};
	struct buf b __buf = buf_make(n);	/* error: drop-while-borrowed */

	return map_make(&m, &b);		/* note: drop-while-borrowed */
}

static int moved_away(int n)
{
	struct buf b __buf = buf_make(n);
	struct map m __map = {};
	int ret = map_make(&m, &b);		/* note: drop-while-borrowed */

	if (!ret)
		buf_consume(fe_move(b));	/* error: drop-while-borrowed */
	return ret;
}

struct locked {
	struct count_lock lock;
};

void locked_drop(struct locked *l __fe_take);

static void lock_freed_while_held(struct locked *l __fe_take)
{
	struct counts *c __test_unlock(count_lock) = test_acquire(&l->lock);	/* note: drop-while-borrowed */

	locked_drop(l);				/* error: drop-while-borrowed */
}

static int unwound_in_the_wrong_order(int n)
{
	struct buf b = buf_make(n);
	struct map m;
	int ret = map_make(&m, &b);		/* note: drop-while-borrowed */

	if (ret)
		goto free;
	ret = map_read(&m);
	buf_drop(&b);				/* error: drop-while-borrowed */
	map_drop(&m);
	return ret;
free:
	buf_drop(&b);
	return ret;
}

static void what_it_keeps(int n)
{
	struct obj *o = obj_new();
	struct user u;

	if (user_init(&u, o)) {		/* note: drop-while-borrowed */
		obj_put(o);
		return;
	}
	obj_put(o);				/* error: drop-while-borrowed */
	user_drop(&u);
}

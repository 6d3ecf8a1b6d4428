// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions */
#include <ferrule/flow.h>

static int moved_on_the_last_path(int n)
{
	struct buf b __buf = buf_make(n);
	int len = buf_len(&b);

	if (n > 3) {
		buf_consume(fe_move(b));
		return len;
	}
	return buf_len(&b);
}

static int filled_again(int n)
{
	struct buf b __buf = buf_make(n);

	buf_swallow(&b);
	b = buf_make(n);
	return buf_len(&b);
}

static int tested_after_the_move(int n)
{
	struct buf b __buf = buf_make(n);

	if (n)
		buf_consume(fe_move(b));
	return buf_ok(&b) ? buf_len(&b) : 0;
}

static int moved_in_the_round_that_leaves(int n)
{
	struct buf b __buf = buf_make(n);

	while (n--) {
		if (buf_len(&b) > n) {
			buf_consume(fe_move(b));
			break;
		}
	}
	return n;
}

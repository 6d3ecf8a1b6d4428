// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
/* Words of a header, under another meaning. */
#define raw something_else		/* error: attribute-forgery */
#define _FERRULE_TEST_OTHER_H		/* error: attribute-forgery */
#include <ferrule/flow.h>

#undef container_of			/* error: attribute-forgery */
#define test_lock_take test_lock_try	/* error: attribute-forgery */

struct state {
	struct count_lock counts;
};

static int uses_them(const struct state *s)
{
	struct counts *c __test_unlock(count_lock) = test_acquire(&s->counts);	/* note: attribute-forgery */

	return IS_ERR(c) ? PTR_ERR(c) : c->runs;
}

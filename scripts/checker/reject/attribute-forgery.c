// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>

void by_hand(struct test_box *box __attribute__((fe_take)));	/* error: attribute-forgery */

static int __attribute__((noinline)) not_even_this(void)	/* error: attribute-forgery */
{
	return 0;
}

static __fe_trusted int trust_me(const struct test_box *box)	/* error: attribute-forgery */
{
	return box->value;
}

struct __fe_cell own_cell {		/* error: attribute-forgery */
	int n;
};

#pragma GCC diagnostic ignored "-Wall"	/* error: attribute-forgery */

static void pragma_operator(void)
{
	_Pragma("GCC unroll 4")		/* error: attribute-forgery */
	for (int i = 0; i < 4; i++)
		;
}

#define fe_move(x) (x)			/* error: attribute-forgery */
#define __fe_word			/* error: attribute-forgery */
#define const				/* error: attribute-forgery */
#define max(a, b) (a)			/* error: attribute-forgery */
#undef __fe_take			/* error: attribute-forgery */
#undef const

%:pragma GCC diagnostic ignored "-Wextra"	/* error: attribute-forgery */

#line 45 "attribute-forgery.c"		/* error: attribute-forgery */

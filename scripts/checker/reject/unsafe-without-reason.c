// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>

FE_UNSAFE("the whole file is fine, believe me");	/* error: unsafe-without-reason */

static void empty(void)
{
	FE_UNSAFE("");		/* error: unsafe-without-reason */
}

static void blank(void)
{
	FE_UNSAFE("   ");	/* error: unsafe-without-reason */
}

static void one_word(int n)
{
	if (n) {
		FE_UNSAFE("needed");	/* error: unsafe-without-reason */

		n++;
	}
}

static void no_words(void)
{
	FE_UNSAFE("... --- !!!");	/* error: unsafe-without-reason */
}

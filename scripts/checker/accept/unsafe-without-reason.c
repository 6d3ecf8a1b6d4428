// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>

/* compiler: 'FE_UNSAFE' is used 2 time(s) in this unit */
static int with_a_reason(const int *p)
{
	FE_UNSAFE("the caller vouches for four elements");

	return *p;
}

static int in_a_block(int n)
{
	if (n > 1) {
		FE_UNSAFE("n was tested above");

		n--;
	}
	return n;
}

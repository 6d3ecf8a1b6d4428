// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>

int unprototyped();

int knr(a, b, box)
	int a;
	char b;
	struct test_box *box;
{
	int (*fn)() = unprototyped;

	fn = knr;
	return fn(a, b, box) + unprototyped(box, 1, 2);
}

implicit_int(x)
{
	return x;
}

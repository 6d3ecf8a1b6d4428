// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>

int forward(int n)
{
	if (n)
		goto out;	/* error: goto-into-scope */
	struct test_box *box __fe_test_box = test_box_new();	/* note: goto-into-scope, error: uninitialised */

	test_use(box);
out:
	return n;
}

int into_a_block(int n)
{
	if (n)
		goto inside;	/* error: goto-into-scope */
	{
		struct test_box *box __fe_test_box = test_box_new();	/* note: goto-into-scope, error: uninitialised */

		test_use(box);
inside:
		n++;
	}
	return n;
}

int past_a_case(int n)
{
	switch (n) {
	case 0:
		return 1;
		struct test_box *box __fe_test_box = test_box_new();	/* note: goto-into-scope, error: uninitialised */

	case 1:			/* error: goto-into-scope */
		return 2;
	}
	return 0;
}

int computed(int n)
{
	static void *const to[] = { &&first, &&second };

	goto *to[n & 1];	/* error: goto-into-scope */
first:
	n++;
	struct test_box *box __fe_test_box = test_box_new();	/* note: goto-into-scope, error: uninitialised */

	test_use(box);
second:
	return n;
}

int second_of_two(int n)
{
	struct test_box *a __fe_test_box = test_box_new();

	test_use(a);
	if (n)
		goto out;	/* error: goto-into-scope */
	struct test_box *b __fe_test_box = test_box_new();	/* note: goto-into-scope, error: uninitialised */

	test_use(b);
out:
	return n;
}

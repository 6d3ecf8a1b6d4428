// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>

int out_of_the_scope(int n)
{
	{
		struct test_box *box __fe_test_box = test_box_new();

		if (n)
			goto out;
		test_use(box);
	}
out:
	return n;
}

int within_the_scope(int n)
{
	struct test_box *box __fe_test_box = test_box_new();

	if (n)
		goto out;
	test_use(box);
out:
	return n;
}

int back_before_it(int n)
{
again:
	n--;
	{
		struct test_box *box __fe_test_box = test_box_new();

		test_use(box);
		if (n > 0)
			goto again;
	}
	return n;
}

int case_with_braces(int n)
{
	switch (n) {
	case 0: {
		struct test_box *box __fe_test_box = test_box_new();

		test_use(box);
		break;
	}
	case 1:
		return 2;
	default:
		break;
	}
	return 0;
}

int switch_in_the_scope(int n)
{
	struct test_box *box __fe_test_box = test_box_new();

	switch (n) {
	case 0:
		test_use(box);
		return 1;
	default:
		return 2;
	}
}

int past_a_plain_variable(int n)
{
	int last;

	if (n)
		goto out;
	last = n + 1;
	n = last;
out:
	return n;
}

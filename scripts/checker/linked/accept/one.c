// SPDX-License-Identifier: GPL-2.0
#include "own.h"

int one(const struct own_ops *ops, const struct test_box *box)
{
	ops->kfree(1);
	test_use(box);
	return of_the_other_file(table_of_the_other_file[0]);
}

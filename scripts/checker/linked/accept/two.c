// SPDX-License-Identifier: GPL-2.0
#include "own.h"

const int table_of_the_other_file[4] = { 1 };

int of_the_other_file(int n)
{
	return n;
}

// SPDX-License-Identifier: GPL-2.0
#include "own.h"

int of_the_other_file(int n)
{
	return n;
}

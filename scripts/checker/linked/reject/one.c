// SPDX-License-Identifier: GPL-2.0
#include "own.h"

int one(int n)
{
	return of_the_other_file(n) + declared_by_hand(n) + variable_by_hand;
}

/* SPDX-License-Identifier: GPL-2.0 */
#include <ferrule/test.h>

int declared_by_hand(int n);			/* error: foreign-symbol */
extern unsigned long variable_by_hand;		/* error: foreign-symbol */
int of_the_other_file(int n);

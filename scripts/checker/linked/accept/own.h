/* SPDX-License-Identifier: GPL-2.0 */
#include <ferrule/test.h>

/* kfree() in a comment names nothing. */
int of_the_other_file(int n);
extern const int table_of_the_other_file[4];

struct own_ops {
	void (*kfree)(int n);
};

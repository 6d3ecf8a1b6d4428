// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>

static int f(struct test_box *box __fe_take);
static int f(struct test_box *box);
static int f(const struct test_box *box) { return 0; }
static int f(struct test_box *box) { return 1; }
struct test_box { int n; };
static int x;
static char x;
int main(void) { return f(1, 2, 3) + f; }
#define min
#undef min
#undef never_defined
#line 3
# 5 "nowhere.h" 1
int y

// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>

int a(int n __fe_take);
int b(void) __fe_borrows(0);
int c(void) __fe_borrows("x");
int d(int *p __fe_outlives(-1));
int e(void) __attribute__((fe_gives_guard(5)));
int f(void) __attribute__((fe_gives_guard));
int g(void) __attribute__((fe_borrows));
int h __fe_cell;
int i __fe_sleeps;
void j(void) __attribute__((fe_unsafe(1)));
typedef int __fe_owned k;
int *l(int *p, ...) __fe_borrows(7);
int *m() __fe_borrows(1);
int *n(void) __fe_gives __fe_gives_sure;
int o(struct undeclared x __fe_take);

static int *calls(int *p)
{
	m(p);
	return l(p, p);
}

int v __attribute__((fe_unsafe("on a global")));

struct __attribute__((fe_rank(0))) p { int x; };
struct __attribute__((fe_rank("one"))) q { int x; };
struct __fe_ending(nothing) r { int x; };
struct __attribute__((fe_ending(1))) s { int x; };
int t __fe_rank(1);

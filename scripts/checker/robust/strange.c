// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>

struct recursive {
	struct recursive *next, *(*fn)(struct recursive *r __fe_take);
	struct recursive **all[4];
	struct { union { struct { int : 0; unsigned int b : 3, : 5; }; }; };
	char tail[];
};

struct empty {
};

typedef int vector __attribute__((vector_size(16)));
typedef struct recursive *(*chain)(struct recursive *(*)(struct recursive *));

static int nested(int n)
{
	int inner(int m)
	{
		int innermost(void)
		{
			return n + m;
		}
		return innermost();
	}
	int (*p)(int) = inner;

	return p(n);
}

static int computed(int n)
{
	static void *const to[] = { &&a, &&b, &&c };
	void *next = to[n % 3];

	goto *next;
a:
	n++;
	goto *to[1];
b:
	return n;
c:
	next = &&a;
	goto *next;
}

static int prototype(int n, int (*p)[*]);
static int vla(int n, int m, int a[n][m])
{
	int b[n + m], (*q)[n] = &b, c[n][m];
	typedef int row[n];
	row r;

	b[0] = sizeof(b) + sizeof(row) + sizeof(c[n++]);
	return b[n] + (*q)[m] + c[m][n] + r[0] + a[1][2];
}

static int expressions(int n)
{
	int x = ({ int y = n; ({ y++; }); y; }) + ({ goto out; 1; });

	({ ; }), x += ({ for (;;) break; 0; });
	return x ?: (n, ({ struct recursive *r = 0; r; })) ? 1 : 2;
out:
	return _Generic(n, int: 1, default: expressions)
#ifdef __clang__
		;
#else
		+ __builtin_choose_expr(1, 2, "x");
#endif
}

static int duff(int n)
{
	switch (n % 4) {
	case 0: do { n--;
		fallthrough;
	case 3: n--;
		fallthrough;
	case 2: n--;
		fallthrough;
	case 1: n--;
		} while (n > 0);
	}
	return n;
}

static __int128 wide(__int128 n, vector v, _Complex double c)
{
	unsigned __int128 mask = -1;
	int a[3] = { 1, 2, 3 };

	if (n < 3 && n >= 0)
		return a[n] + v[n & 3] + (int)__real__ c;
	return a[mask % 3] + (__int128)(n << 100);
}

static void void_things(void *p, struct empty e, struct recursive *r)
{
	*p;
	(void)*r;
	&*p;
	r->all[1][2];
	(void)(struct empty) { };
	&((struct recursive *)0)->tail[3];
}

static int ranges(int n, unsigned char c)
{
	static const int a[] = { [0 ... 9] = 1, [5] = 2 };

	switch (n) {
	case 0 ... 9:
		return a[n];
	case -5 ... -1:
		return a[-n];
	}
	for (; ; )
		if (c++ > 9 || a[c])
			break;
	while (n --> 0)
		;
	do n++; while (n < 10 && ({ n; }) > 3);
	asm goto("" : : : : over);
over:
	return __builtin_types_compatible_p(int, long) ? a[c / 30] : *&a[c >> 6];
}

int weak(void) __attribute__((weak, alias("strong")));
int strong(void)
{
	return 0;
}
register unsigned long stack asm("rsp");
extern int array[];
int array[4];
static int tentative;
static int tentative = 1;
asm(".globl x");
_Static_assert(1, "");
;

// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>

static const u8 *plus(const u8 *p)
{
	return p + 1;			/* error: pointer-arithmetic */
}

static void increments(const u8 *p, int n)
{
	while (n--)
		p++;			/* error: pointer-arithmetic */
}

static long difference(const u8 *p, const u8 *q)
{
	return q - p;			/* error: pointer-arithmetic */
}

static const u8 *compound(const u8 *p, int n)
{
	p += n;				/* error: pointer-arithmetic */
	return p;
}

static const u8 *backwards(const u8 *p)
{
	return --p;			/* error: pointer-arithmetic */
}

struct own {
	u8 bytes[8];
};

static const u8 *array(const struct own *own, int n)
{
	return own->bytes + n;		/* error: pointer-arithmetic */
}

// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>

struct own {
	u8 bytes[8];
	struct own *next;
};

static const u8 *first(const struct own *own)
{
	return own->bytes;
}

static const u8 *element(const struct own *own)
{
	return &own->bytes[3];
}

static int compares(const struct own *a, const struct own *b)
{
	return a == b || a->next == b;
}

static int walks(const struct own *own)
{
	int n = 0;

	for (; own; own = own->next)
		n++;
	return n;
}

static int counts(int n)
{
	n += 2;
	return n++ - 1;
}

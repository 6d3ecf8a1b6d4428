// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>

struct plain {
	u64 address;
	u8 flag;
	u8 reserved[7];
};

struct flag {
	bool on;
};

static int put(struct plain p, struct flag f)
{
	return test_put(p) | test_put(f);
}

static int get(struct plain *p)
{
	return test_get_user(*p);
}

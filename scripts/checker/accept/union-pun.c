// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>

union number {
	u32 word;
	u8 bytes[4];
	struct {
		u16 low, high;
	};
};

struct own {
	struct test_box *box;
	union {
		u64 n;
		u32 half[2];
	};
};

static u8 first(u32 n)
{
	union number number = { .word = n };

	return number.bytes[0] + number.low;
}

static u64 anonymous(const struct own *own)
{
	return own->n + own->half[1];
}

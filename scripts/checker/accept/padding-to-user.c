// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>

struct plain {
	u32 a, b;
	u64 c;
};

struct named {
	u8 kind;
	u8 reserved[3];
	u32 n;
};

struct packed {
	u8 kind;
	u32 n;
} __attribute__((packed));

struct bit_fields {
	u32 a : 3;
	u32 b : 29;
};

struct deep {
	struct plain plain[2];
	union {
		u64 n;
		u8 bytes[8];
	};
};

struct padded {
	u8 kind;
	u32 n;
};

static int put(struct plain p, struct named n, struct packed q, struct bit_fields b,
	       struct deep d, u32 number)
{
	return test_put(p) | test_put(n) | test_put(q) | test_put(b) | test_put(d) |
	       test_put(number);
}

/* Padding that comes from user space is nobody's secret. */
static int get(struct padded *p)
{
	return test_get_user(*p);
}

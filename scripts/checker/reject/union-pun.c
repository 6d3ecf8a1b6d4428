// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>

union pointer {
	unsigned long n;
	struct test_box *box;		/* error: union-pun */
};

union truth {
	u8 n;
	bool flag;			/* error: union-pun */
};

struct own {
	int kind;
	union {
		u64 n;
		const char *name;	/* error: union-pun */
	};
};

union nested {
	u8 bytes[16];
	struct {
		int n;
		void (*fn)(void);
	} inner;			/* error: union-pun */
};

union pinned {
	u8 bytes[4];
	struct test_irq irq;		/* error: union-pun */
};

static unsigned long local(struct test_box *p)
{
	union {
		struct test_box *p;	/* error: union-pun */
		unsigned long n;
	} both = { .p = p };

	return both.n;
}

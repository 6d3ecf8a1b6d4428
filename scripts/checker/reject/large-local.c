// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions -Wno-vla */
#include <ferrule/flow.h>

struct pair_of_bytes {
	u8 a, b;
};

struct page_of_bytes {
	u8 bytes[4096];
};

static size_t by_a_number(u32 n)
{
	u32 values[n];				/* error: large-local */

	return sizeof(values);
}

static size_t structures(u32 n)
{
	struct pair_of_bytes c[n];		/* error: large-local */

	return sizeof(c);
}

static u8 too_large(u32 n)
{
	struct page_of_bytes p = {};		/* error: large-local */

	return p.bytes[n & 7];
}

static u8 by_value(struct page_of_bytes p)	/* error: large-local */
{
	return p.bytes[0];
}

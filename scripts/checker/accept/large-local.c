// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
#include <ferrule/flow.h>

struct page_of_bytes {
	u8 bytes[4096];
};

static u32 small(u32 n)
{
	u32 values[16] = {};

	values[n & 15] = n;
	return values[0];
}

static u8 by_pointer(const struct page_of_bytes *p)
{
	return p->bytes[0];
}

static int boxed(void)
{
	struct page_of_bytes *p __box = box_new(struct page_of_bytes);

	return IS_ERR(p) ? PTR_ERR(p) : by_pointer(p);
}

// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions -Wno-maybe-uninitialized */
/* Two numbers are compared twice: what was got because of that is there again. */
#include <ferrule/flow.h>

struct own {
	u32 count, limit;
};

static void twice(u32 n, u32 m)
{
	struct obj *o = NULL;

	if (n < m)
		o = obj_new();
	if (n < m)
		obj_put(o);
}

static int the_other_way_round(u32 n, u32 m)
{
	struct obj *o = NULL;

	if (n < m)
		o = obj_new();
	if (m <= n)
		return -EINVAL;
	obj_put(o);
	return 0;
}

static int with_a_field(const struct own *own, u32 n)
{
	struct obj *o;
	int ret = 0;

	if (n != own->count)
		o = obj_new();
	if (n != own->count) {
		ret = obj_ping(o);
		obj_put(o);
	}
	return ret;
}

static int of_two_fields(const struct own *own)
{
	bool is_full = own->count >= own->limit;
	struct obj *o;
	int ret = 0;

	if (!is_full)
		o = obj_new();
	if (own->count < own->limit) {
		ret = obj_ping(o);
		obj_put(o);
	}
	return ret;
}

static int in_a_loop(u32 n, u32 m)
{
	int sum = 0;

	for (u32 i = 0; i < n; i++) {
		struct obj *o = NULL;

		if (i < m)
			o = obj_new();
		sum += i;
		if (i < m)
			obj_put(o);
	}
	return sum;
}

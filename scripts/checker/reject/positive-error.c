// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
#include <ferrule/flow.h>

static int refused(u32 n)
{
	if (n > 8)
		return EINVAL;				/* error: positive-error */
	return 0;
}

static int one_of_two(bool busy)
{
	return busy ? EBUSY : 0;			/* error: positive-error */
}

static int the_other_of_two(bool busy, int n)
{
	return busy ? test_start(n) : EAGAIN;		/* error: positive-error */
}

static struct obj *no_pointer(int id) __fe_gives;

static struct obj *no_pointer(int id)
{
	if (id < 0)
		return ERR_PTR(ENODEV);			/* error: positive-error */
	return obj_open(id);
}

/* What cannot be negative cannot be an error. */
static bool is_ready(int n)
{
	if (n < 0)
		return -EINVAL;				/* error: positive-error */
	return n > 3;
}

static u16 id_of(const struct obj *o)
{
	return o->id < 0 ? 0 : o->id;
}

static u32 length_of(const struct obj *o)
{
	if (o->x < 0)
		return -EBUSY;				/* error: positive-error */
	return o->x;
}

// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>

struct other {
	int n;
};

static struct other *explicit_cast(struct test_box *box)
{
	return (struct other *)box;	/* error: pointer-cast */
}

static struct other *from_void(void *p)
{
	struct other *o = p;		/* error: pointer-cast */

	return o;
}

static struct other *back_from_void(void *p)
{
	return p;			/* error: pointer-cast */
}

static int first_member(struct other *o)
{
	return *(int *)o;		/* error: pointer-cast */
}

static unsigned long to_a_number(struct other *o)
{
	return (unsigned long)o;	/* error: pointer-cast */
}

static struct other *from_a_number(unsigned long n)
{
	return (struct other *)n;	/* error: pointer-cast */
}

static int fixed_address(void)
{
	return *(volatile int *)0xfee00000;	/* error: pointer-cast */
}

static void (*function(void *p))(void)
{
	return p;			/* error: pointer-cast */
}

static void takes_other(struct other *o)
{
}

static void as_an_argument(void *p)
{
	takes_other(p);			/* error: pointer-cast */
}

static int wider(u8 *bytes)
{
	return *(u32 *)bytes;		/* error: pointer-cast */
}

#define AS_OTHER(p)	((struct other *)(p))

static struct other *own_macro(u8 *p)
{
	return AS_OTHER(p);		/* error: pointer-cast */
}

static bool not_a_bool(const u8 *p)
{
	return *(const bool *)p;	/* error: pointer-cast */
}

static struct other *two_levels(struct test_box **box)
{
	return *(struct other **)box;	/* error: pointer-cast */
}

static struct other *one_arm(void *p, int n)
{
	return n ? ERR_PTR(-EINVAL) : p;	/* error: pointer-cast */
}

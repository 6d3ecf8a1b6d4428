// SPDX-License-Identifier: GPL-2.0
/*
 * P22: a structure from the stack goes to user space, half written
 *
 * Class: info-leak
 * Was: CVE-2026-52937, tap_ioctl()
 * Answer: does not build. The argument of an ioctl is zeroed by the layer before the handler sees
 *   it (kunit/ioctl_kunit.c), and padding is a build error.
 * Layer: <ferrule/user.h>, <ferrule/ioctl.h>
 */
#include <ferrule/user.h>

struct address {
	u16 family;
	u8 data[14];
};

struct padded {
	u8 kind;				/* note: padding-to-user */
	u32 n;
};

static int get_family(struct address *sa, const struct address *from)
{
	if (!from)
		return -ENODEV;
	sa->family = from->family;
	return 0;
}

static int nothing_was_written(struct fe_writer *to)
{
	struct address sa;			/* note: uninitialised-to-user */

	return fe_put(to, sa);			/* error: uninitialised-to-user */
}

static int some_of_it_was_written(struct fe_writer *to, u16 family)
{
	struct address sa;			/* note: uninitialised-to-user */

	sa.family = family;
	return fe_put(to, sa);			/* error: uninitialised-to-user */
}

static int on_one_path(struct fe_writer *to, int n)
{
	struct address sa;			/* note: uninitialised-to-user */

	if (n)
		sa = (struct address){ .family = 1 };
	return fe_put(to, sa);			/* error: uninitialised-to-user */
}

static int with_a_hole(struct fe_writer *to, u32 n)
{
	struct padded p = { .n = n };

	return fe_put(to, p);			/* error: padding-to-user */
}

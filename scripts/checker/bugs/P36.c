// SPDX-License-Identifier: GPL-2.0
/*
 * P36: a buffer of the caller is kept where an interrupt fills it later
 *
 * Class: scope-escape
 * Was: ft260_i2c_read()
 * Answer: does not build.
 * Layer: <ferrule/lock.h>; none for HID yet
 */
#include <ferrule/lock.h>

struct reader {
	u8 *to;
	u32 len;
};

FE_SPINLOCK_IRQ(reader_lock, struct reader);

struct ft {
	struct reader_lock reader;
};

static int i2c_read(const struct ft *ft, u8 *data, u32 len)	/* note: borrow-escapes */
{
	struct reader *r __fe_unlock(reader_lock) = fe_lock(&ft->reader);

	r->to = data;				/* error: borrow-escapes */
	r->len = len;
	return 0;
}

static int of_the_stack(const struct ft *ft)
{
	u8 data[8] = { };
	struct reader *r __fe_unlock(reader_lock) = fe_lock(&ft->reader);

	r->to = data;				/* error: borrow-escapes */
	return 0;
}

static void into(struct reader *r, u8 *data)	/* note: borrow-escapes */
{
	r->to = data;				/* error: borrow-escapes */
}

static int through_a_helper(const struct ft *ft)
{
	u8 data[8] = { };
	struct reader *r __fe_unlock(reader_lock) = fe_lock(&ft->reader);

	into(r, data);
	return 0;
}

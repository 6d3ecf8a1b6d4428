// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>

struct address {
	u64 n;
	const void *where;	/* note: unfit-for-user */
};

struct flag {
	bool on;		/* note: unfit-for-user */
	u8 reserved[3];
};

struct callback {
	void (*fn)(void);	/* note: unfit-for-user */
};

static int put_pointer(struct address a)
{
	return test_put(a);		/* error: unfit-for-user */
}

static int get_pointer(struct address *a)
{
	return test_get_user(*a);	/* error: unfit-for-user */
}

static int get_bool(struct flag *f)
{
	return test_get_user(*f);	/* error: unfit-for-user */
}

static int get_function(struct callback *c)
{
	return test_get_user(*c);	/* error: unfit-for-user */
}

static int put_plain_pointer(const char *name)
{
	return test_put(name);		/* error: unfit-for-user */
}

static int get_array(bool (*all)[4])
{
	return test_get_user(*all);	/* error: unfit-for-user */
}

// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>

struct between {
	u8 kind;		/* note: padding-to-user */
	u32 n;
};

struct behind {
	u64 n;
	u16 kind;		/* note: padding-to-user */
};

struct nested {
	u32 n;
	struct {
		u8 kind;	/* note: padding-to-user */
		u16 n;
	} inner;
};

struct bit_fields {
	u32 a : 3;
	u32 b : 7;		/* note: padding-to-user */
};

union either {
	u64 n;
	struct between between;
};

struct with_union {
	union {
		u8 small;
		struct between between;
	};
};

static int put_between(struct between v)
{
	return test_put(v);	/* error: padding-to-user */
}

static int put_behind(struct behind v)
{
	return test_put(v);	/* error: padding-to-user */
}

static int put_nested(struct nested v)
{
	return test_put(v);	/* error: padding-to-user */
}

static int put_bit_fields(struct bit_fields v)
{
	return test_put(v);	/* error: padding-to-user */
}

static int put_union(struct with_union v)
{
	return test_put(v);	/* error: padding-to-user */
}

static int directly(const struct behind *v)
{
	return test_user_put(v, sizeof(*v));	/* error: padding-to-user */
}

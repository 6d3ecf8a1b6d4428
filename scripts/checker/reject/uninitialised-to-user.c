// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions -Wno-unused-result */
#include <ferrule/flow.h>

struct answer {
	u32 a, b;
	u32 list[2];
};

static int nothing_written(void)
{
	struct answer x;			/* note: uninitialised-to-user */

	return test_put(x);			/* error: uninitialised-to-user */
}

static int one_field_forgotten(int n)
{
	struct answer x;			/* note: uninitialised-to-user */

	x.a = n;
	x.list[0] = x.list[1] = 0;
	return test_put(x);			/* error: uninitialised-to-user */
}

static int on_one_path(int n)
{
	struct answer x;			/* note: uninitialised-to-user */

	if (n > 3)
		x = (struct answer){ .a = n };
	return test_put(x);			/* error: uninitialised-to-user */
}

static int array(void)
{
	u8 bytes[16];				/* note: uninitialised-to-user */

	return test_user_put(bytes, sizeof(bytes));	/* error: uninitialised-to-user */
}

static int in_every_round(int n)
{
	while (n--) {
		struct answer x;		/* note: uninitialised-to-user */

		if (n == 3)
			x.a = 1;
		if (test_put(x))		/* error: uninitialised-to-user */
			return -EIO;
	}
	return 0;
}

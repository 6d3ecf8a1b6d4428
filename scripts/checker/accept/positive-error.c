// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
#include <ferrule/flow.h>

struct answer {
	int error;
};

static int refused(u32 n)
{
	if (n > 8)
		return -EINVAL;
	return 0;
}

static int one_of_two(bool busy)
{
	return busy ? -EBUSY : 0;
}

static int turned_later(bool busy)
{
	int err = busy ? EBUSY : 0;

	return -err;
}

static bool asked_for(int ret)
{
	switch (-ret) {
	case EAGAIN:
	case EINTR:
		return true;
	}
	return ret == -EBUSY;
}

static bool is_ready(int n)
{
	int ret = n < 0 ? -EINVAL : 0;

	return !ret;
}

static long a_long(int n)
{
	if (n < 0)
		return -EINVAL;
	return n;
}

static struct answer kept(void)
{
	struct answer a = { .error = EINVAL };

	return a;
}

// SPDX-License-Identifier: GPL-2.0
/* options: role=driver -fkeep-static-functions -Wno-unused-result */
#include <ferrule/flow.h>

struct state {
	const struct test_driver *drv;
	int errors;
};

static int from_ioctl(const struct state *s)
{
	test_driver_unregister(s->drv);		/* error: self-unbind */
	return 0;
}

static void ends_all(const struct state *s)
{
	test_driver_unregister(s->drv);		/* note: self-unbind */
}

static int through_a_helper(const struct state *s)
{
	ends_all(s);				/* error: self-unbind */
	return 0;
}

static int on_one_path(const struct state *s)
{
	if (s->errors > 3)
		ends_all(s);			/* error: self-unbind */
	return 0;
}

static int from_probe(struct test_dev *dev, struct state *s)
{
	test_driver_unregister(s->drv);		/* error: self-unbind */
	return 0;
}

static void from_work(const struct state *s)
{
	test_driver_unregister(s->drv);		/* error: self-unbind */
}

static int queues(const struct state *s)
{
	return test_queue(s, from_work);	/* note: self-unbind */
}

static const struct test_ops a = { .ioctl = from_ioctl };	/* note: self-unbind */
static const struct test_ops b = { .read = through_a_helper };	/* note: self-unbind */
static const struct test_ops c = { .read = on_one_path };	/* note: self-unbind */
static const struct test_ops d = { .probe = from_probe };	/* note: self-unbind */

static __fe_bound int declared(const struct state *s)		/* note: self-unbind */
{
	test_driver_unregister(s->drv);		/* error: self-unbind */
	return 0;
}

// SPDX-License-Identifier: GPL-2.0
/* options: role=driver -fkeep-static-functions */
#include <ferrule/flow.h>

struct state {
	int n;
};

static __fe_borrows(1) const char *used_during_the_call(struct test_dev *dev, struct state *s)
{
	s->n++;
	return test_name(dev);
}

static int passed_down(struct test_dev *dev, struct state *s)
{
	return used_during_the_call(dev, s) ? 0 : -ENODEV;
}

static __fe_bound int reset(const struct state *s)
{
	return s->n;
}

static int resets(const struct state *s)
{
	return reset(s) + 1;
}

static int reads(const struct state *s)
{
	return resets(s) + reset(s);
}

static const struct test_ops ops = { .read = reads };

static int __init come(void)
{
	return test_register(&ops);
}

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

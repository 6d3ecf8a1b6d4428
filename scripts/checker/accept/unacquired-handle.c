// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
#include <ferrule/flow.h>

TEST_BAR(regs);

struct port {
	struct test_irq	done;
	int		number;
};

struct state {
	struct regs	regs, others;
	struct test_irq	irq;
	struct test_irq	each[2];
	struct test_irq	one_of_two[2];
	struct test_irq	optional;
	struct port	port;
	struct test_box	box;
	int		number;
};

static int map(struct test_dev *dev, struct regs *regs)
{
	return test_map(dev, regs);
}

static int both(struct test_dev *dev, struct state *s)
{
	return map(dev, &s->regs) ?: map(dev, &s->others);
}

static int port(struct test_dev *dev, struct port *port, bool fast)
{
	port->number = fast;
	return test_irq_declare(dev, &port->done);
}

/* What the device has is acquired. */
static int has(struct test_dev *dev, struct state *s, int n)
{
	if (n & 1)
		return test_irq_declare(dev, &s->optional);
	return 0;
}

static int probe(struct test_dev *dev, struct state *s)
{
	int ret = both(dev, s);

	if (ret)
		return ret;
	for (int i = 0; i < 2; i++) {
		ret = test_irq_declare(dev, &s->each[i]);
		if (ret)
			return ret;
	}
	return test_irq_declare(dev, &s->irq) ?: has(dev, s, s->number) ?:
	       port(dev, &s->port, true) ?: test_irq_declare(dev, &s->one_of_two[1]);
}

static const struct test_ops ops = { .probe = probe };

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

static int is_alive(const struct state *s)
{
	return test_id(&s->regs);
}

/* It asks the one that is there. */
static int ask(const struct state *s, bool first)
{
	return first ? test_irq_ask(&s->irq) : 0;
}

static int used_when_it_is_there(struct test_dev *dev, struct state *s)
{
	int ret = test_map(dev, &s->regs) ?: is_alive(s) ?: test_irq_declare(dev, &s->irq);

	if (ret)
		return ret;
	if (!test_irq_declare(dev, &s->optional))
		ret = test_irq_ask(&s->optional);
	if (ret)
		return ret;
	return ask(s, true) ?: port(dev, &s->port, false) ?: test_irq_ask(&s->port.done) ?:
	       map(dev, &s->others) ?: test_id(&s->others) ?:
	       test_irq_declare(dev, &s->each[0]) ?: test_irq_declare(dev, &s->one_of_two[0]);
}

/* Another one will do. */
static int second_try(struct test_dev *dev, struct state *s)
{
	if (test_map(dev, &s->regs)) {
		int ret = test_map(dev, &s->others);

		return ret ?: test_id(&s->others);
	}
	return test_id(&s->regs);
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
static const struct test_ops used = { .probe = used_when_it_is_there };

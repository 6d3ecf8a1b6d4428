// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
#include <ferrule/flow.h>

TEST_BAR(regs);

struct port {
	struct test_irq	done;			/* note: uninitialised */
};

struct state {
	struct regs	regs;			/* note: uninitialised */
	struct port	port;
};

static int acquire(struct test_dev *dev, struct state *s)
{
	return test_map(dev, &s->regs) ?: test_irq_declare(dev, &s->port.done);
}

static int before_it_is_there(struct test_dev *dev, struct state *s)
{
	int id = test_id(&s->regs);		/* error: uninitialised */

	return acquire(dev, s) ?: id;
}

static int check(const struct state *s)
{
	return test_id(&s->regs);
}

static int by_a_helper(struct test_dev *dev, struct state *s)
{
	return check(s) ?: acquire(dev, s);	/* error: uninitialised */
}

static int ask(const struct port *port)
{
	return test_irq_ask(&port->done);
}

static int deeper(const struct state *s)
{
	return ask(&s->port);
}

static int by_the_helper_of_a_helper(struct test_dev *dev, struct state *s)
{
	int ret = test_map(dev, &s->regs);

	if (ret)
		return ret;
	ret = deeper(s);			/* error: uninitialised */
	return ret ?: test_irq_declare(dev, &s->port.done);
}

static int where_it_is_optional(struct test_dev *dev, struct state *s)
{
	int ret = test_irq_declare(dev, &s->port.done);

	if (!ret)
		ret = test_id(&s->regs);	/* error: uninitialised */
	return ret ?: test_map(dev, &s->regs);
}

static const struct test_ops one = { .probe = before_it_is_there };
static const struct test_ops two = { .probe = by_a_helper };
static const struct test_ops three = { .probe = by_the_helper_of_a_helper };
static const struct test_ops four = { .probe = where_it_is_optional };

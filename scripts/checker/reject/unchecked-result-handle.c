// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
#include <ferrule/flow.h>

TEST_BAR(regs);

struct state {
	struct regs	regs;
	struct test_irq	irq;
};

static int before_the_test(struct test_dev *dev, struct state *s)
{
	int ret = test_map(dev, &s->regs);	/* note: unchecked-result */
	int id = test_id(&s->regs);		/* error: unchecked-result */

	return ret ?: id ?: test_irq_declare(dev, &s->irq);
}

static int the_wrong_way_round(struct test_dev *dev, struct state *s)
{
	int ret = test_map(dev, &s->regs);	/* note: unchecked-result */

	if (ret)
		return test_id(&s->regs);	/* error: unchecked-result */
	return test_irq_declare(dev, &s->irq);
}

static int check(const struct state *s)
{
	return test_id(&s->regs);
}

static int in_a_helper(struct test_dev *dev, struct state *s)
{
	int ret = test_map(dev, &s->regs);	/* note: unchecked-result */

	if (check(s))				/* error: unchecked-result */
		return -ENODEV;
	return ret ?: test_irq_declare(dev, &s->irq);
}

/* Not in probe itself. */
static int set_up(struct test_dev *dev, struct regs *regs)
{
	int ret = test_map(dev, regs);		/* note: unchecked-result */
	int id = test_id(regs);			/* error: unchecked-result */

	return ret ?: id;
}

static int through_a_helper(struct test_dev *dev, struct state *s)
{
	return set_up(dev, &s->regs) ?: test_irq_declare(dev, &s->irq);
}

static const struct test_ops one = { .probe = before_the_test };
static const struct test_ops two = { .probe = the_wrong_way_round };
static const struct test_ops three = { .probe = in_a_helper };
static const struct test_ops four = { .probe = through_a_helper };

// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
#include <ferrule/flow.h>

TEST_BAR(regs);

struct port {
	struct test_irq	done;			/* note: unacquired-handle */
	int		number;
};

struct state {
	struct regs	regs;			/* note: unacquired-handle */
	struct test_irq	both[2];		/* note: unacquired-handle */
	struct port	port;
};

static int forgets_all(struct test_dev *dev, struct state *s)	/* error: unacquired-handle */
{
	return 0;
}

static int rest(struct test_dev *dev, struct state *s)
{
	return test_irq_declare(dev, &s->both[0]) ?: test_irq_declare(dev, &s->port.done);
}

static int never_called(struct test_dev *dev, struct state *s)
{
	return test_map(dev, &s->regs);
}

static int forgets_a_block(struct test_dev *dev, struct state *s)	/* error: unacquired-handle */
{
	return rest(dev, s);
}

static int forgets_an_array(struct test_dev *dev, struct state *s)	/* error: unacquired-handle */
{
	return test_map(dev, &s->regs) ?: test_irq_declare(dev, &s->port.done);
}

static int forgets_what_is_in_a_part(struct test_dev *dev, struct state *s)	/* error: unacquired-handle */
{
	return test_map(dev, &s->regs) ?: test_irq_declare(dev, &s->both[1]);
}

static int declare(struct test_dev *dev, struct test_irq *irq, struct test_irq *other)
{
	return test_irq_declare(dev, irq);
}

static int hands_it_to_who_does_nothing(struct test_dev *dev, struct state *s)	/* error: unacquired-handle */
{
	return test_map(dev, &s->regs) ?: declare(dev, &s->both[0], &s->port.done);
}

static void quiesce(struct state *s)
{
	struct test_dev *dev = NULL;

	if (never_called(dev, s))
		return;
}

static const struct test_ops all = { .probe = forgets_all };
static const struct test_ops block = { .probe = forgets_a_block, .quiesce = quiesce };
static const struct test_ops array = { .probe = forgets_an_array };
static const struct test_ops part = { .probe = forgets_what_is_in_a_part };
static const struct test_ops handed = { .probe = hands_it_to_who_does_nothing };

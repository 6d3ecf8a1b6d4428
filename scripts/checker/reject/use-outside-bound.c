// SPDX-License-Identifier: GPL-2.0
/* options: role=driver -Wno-dangling-pointer -fkeep-static-functions -Wno-unused-result */
#include <ferrule/flow.h>

struct state {
	struct test_dev *dev;
	const struct test_dev *other;
	struct {
		struct test_dev *dev;
	} inner;
};

static int stored(struct test_dev *dev, struct state *s)	/* note: use-outside-bound */
{
	s->dev = dev;				/* error: use-outside-bound */
	return 0;
}

static int stored_as_const(struct test_dev *dev, struct state *s)	/* note: use-outside-bound */
{
	s->other = dev;				/* error: use-outside-bound */
	return 0;
}

static int stored_through_a_local(struct test_dev *dev, struct state *s)	/* note: use-outside-bound */
{
	struct test_dev *d = dev;

	s->inner.dev = d;			/* error: use-outside-bound */
	return 0;
}

static int stored_on_one_path(struct test_dev *dev, struct state *s, int n)	/* note: use-outside-bound */
{
	if (n)
		s->dev = dev;			/* error: use-outside-bound */
	return 0;
}

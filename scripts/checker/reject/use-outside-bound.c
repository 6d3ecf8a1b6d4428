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

/* What relies on the device being bound is called where it need not be. */
static __fe_bound int reset(const struct state *s)
{
	return s != NULL;
}

static int resets(const struct state *s)
{
	return reset(s);			/* note: use-outside-bound */
}

static int probe(struct test_dev *dev, struct state *s)
{
	return reset(s);			/* error: use-outside-bound */
}

static void quiesce(struct state *s)
{
	resets(s);				/* error: use-outside-bound */
}

static const struct test_ops a = { .probe = probe };		/* note: use-outside-bound */
static const struct test_ops b = { .quiesce = quiesce };	/* note: use-outside-bound */

static void ends(struct state *s __fe_drop)	/* note: use-outside-bound */
{
	reset(s);				/* error: use-outside-bound */
}

static void __exit go(void)			/* note: use-outside-bound */
{
	static const struct state nothing;

	resets(&nothing);			/* error: use-outside-bound */
}

// SPDX-License-Identifier: GPL-2.0
/* options: -Wno-discarded-qualifiers */
#include <ferrule/test.h>

struct own {
	int n;
	char name[8];
};

static void explicit_cast(const struct own *own)
{
	((struct own *)own)->n = 1;	/* error: const-cast */
}

static void writes(struct own *own)
{
}

static void implicit(const struct own *own)
{
	writes(own);			/* error: const-cast */
}

static struct own *returned(const struct own *own)
{
	return own;			/* error: const-cast */
}

static void assigned(const struct own *own)
{
	struct own *w;

	w = own;			/* error: const-cast */
	w->n = 1;
}

static int *member(const struct own *own)
{
	return (int *)&own->n;		/* error: const-cast */
}

static char *array(const struct own *own)
{
	return (char *)own->name;	/* error: const-cast */
}

static int once(const volatile int *n)
{
	return *(const int *)n;		/* error: const-cast */
}

static char *const text = "constant";		/* error: const-cast */

static void string(struct own *own)
{
	char *name;

	name = "constant";		/* error: const-cast */
	own->n = *name;
}

static void *to_void(const struct own *own)
{
	return (void *)own;		/* error: const-cast */
}

static int **inner(const int **p)
{
	return (int **)p;		/* error: const-cast */
}

struct labelled {
	char *label;
};

static const struct labelled in_a_table = { "one" };	/* error: const-cast */

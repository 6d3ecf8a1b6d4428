// SPDX-License-Identifier: GPL-2.0
/* An __attribute__ in a comment, #pragma as well. */
#include <ferrule/test.h>

#define OWN_NAME	"__attribute__((fe_trusted))"
#define OWN_CONST	const

static void words_of_the_vocabulary(struct test_box *box __fe_take) __fe_sleeps;

static const char *in_a_string(void)
{
	return "asm, __fe_trusted and \" _Pragma" OWN_NAME;	// __attribute__((x))
}

static int character(void)
{
	return '"' + '\'' + 0xa5L;
}

#undef OWN_CONST
#define OWN_CONST

struct own_shared {
	char c;
	int n;
} __attribute__((packed));

struct own_aligned {
	int n __attribute__((aligned(8)));
};

static u32 first_of(const u32 values[4])
{
	return *values;
}

/* Of the driver's own, and only in its own text. */
#define SUM(name, field) static u32 name(const struct test_box *box) { return box->field + 1; }
#define values the_box

SUM(one_more, value)

static u32 renamed(const struct test_box *values)
{
	return one_more(values);
}

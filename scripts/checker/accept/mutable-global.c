// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>

struct own {
	const char *name;
	int n;
};

static const int answer = 42;

static const struct own table[] = {
	{ .name = "a", .n = 1 },
	{ .name = "b", .n = 2 },
};

static const char *const names[] = { "a", "b" };

static const char text[] = "text";

extern const int defined_later;
const int defined_later = 1;

/* What a macro of the layer defines is the layer's. */
TEST_REGS(own_regs)

static int use(int n)
{
	static const int primes[] = { 2, 3, 5, 7 };
	int local = primes[n & 3];

	return local + answer + defined_later;
}

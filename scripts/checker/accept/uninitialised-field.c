// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions -Wno-maybe-uninitialized -Wno-uninitialized */
/* Structures that are written piece by piece, and read field by field. */
#include <ferrule/flow.h>

struct pair {
	int a, b;
};

struct record {
	int kind, count;
	struct pair pair;
	unsigned int low : 3, high : 5;
	union {
		int whole;
		char byte;
	};
};

static int the_same_condition(int n)
{
	struct record r;

	if (n)
		r.kind = n;
	r.pair = (struct pair){ 1, 2 };
	return n ? r.kind + r.pair.b : r.pair.a;
}

static int bits_and_members(int n)
{
	struct record r;

	r.whole = n;
	r.low = n & 7;
	r.high = 1;
	return r.byte + r.low + r.high;
}

static int through_a_pointer(int n)
{
	struct record r;
	struct pair *pair = &r.pair;

	pair->a = n;
	pair->b = n;
	return r.pair.a + r.pair.b;
}

static int elements(int n)
{
	struct record list[2];

	for (int i = 0; i < 2; i++)
		list[i].kind = n;
	return list[1].kind;
}

static void set_kind(struct record *r, int n)
{
	r->kind = n;
}

static int by_a_helper(int n)
{
	struct record r;

	set_kind(&r, n);
	return r.kind;
}

static int found_by_a_flag(int n)
{
	struct record r;
	bool found = false;

	for (int i = 0; i < n; i++) {
		if (i == 7) {
			r.kind = i;
			r.count = n;
			found = true;
			break;
		}
	}
	return found ? r.kind + r.count : 0;
}

static int in_the_first_round(int n)
{
	struct record r;
	int sum = 0;

	for (int i = 0; i < n; i++) {
		if (!i)
			r.count = 0;
		r.count += i;
		sum += r.count;
	}
	return sum;
}

static int by_a_pointer_that_may_be_none(int n)
{
	struct record r, *at = n ? &r : NULL;

	if (at)
		at->kind = 3;
	return n ? r.kind : 0;
}

// SPDX-License-Identifier: GPL-2.0
/* Owners: a move leaves its source empty, a declared drop ends each field once, in order. */
#include <kunit/test.h>

#include <ferrule/own.h>

#include "trace.h"

static DEFINE_TRACE(events);

struct coin {
	u64	value;
	u8	mint[9];
};

/* As every drop of the layer: what is empty owns nothing. */
static void coin_drop(struct coin *coin)
{
	if (coin->value)
		trace(&events, "coin:%llu", coin->value);
	coin->value = 0;
}

struct purse {
	struct coin	first;
	struct coin	second;
};

FE_DROP(purse, (coin, second), (coin, first));

struct chest {
	struct coin	coin;
	struct purse	purse;
};

FE_DROP(chest, (purse, purse), (coin, coin));

static void a_move_gives_the_whole_value(struct kunit *test)
{
	struct coin from = { .value = 7, .mint = "12345678" };
	struct coin to = fe_move(from);

	KUNIT_EXPECT_EQ(test, to.value, 7);
	KUNIT_EXPECT_STREQ(test, (const char *)to.mint, "12345678");
}

static void a_move_leaves_no_byte_behind(struct kunit *test)
{
	struct coin from = { .value = 7, .mint = "12345678" };
	struct coin to;

	memset((u8 *)&from + offsetofend(struct coin, mint), 0xff,
	       sizeof(from) - offsetofend(struct coin, mint));
	to = fe_move(from);
	KUNIT_EXPECT_NULL(test, memchr_inv(&from, 0, sizeof(from)));
	coin_drop(&from);
	coin_drop(&to);
	KUNIT_EXPECT_STREQ(test, events.text, "coin:7");
}

static void a_field_can_be_moved(struct kunit *test)
{
	struct purse purse = { .first.value = 1, .second.value = 2 };
	struct coin taken = fe_move(purse.second);

	KUNIT_EXPECT_EQ(test, taken.value, 2);
	purse_drop(&purse);
	KUNIT_EXPECT_STREQ(test, events.text, "coin:1");
}

static int nth_evaluated;

static struct coin *nth_coin(struct coin *coins)
{
	return &coins[nth_evaluated++];
}

static void a_move_evaluates_its_source_once(struct kunit *test)
{
	struct coin coins[2] = { { .value = 1 }, { .value = 2 } };
	struct coin taken;

	nth_evaluated = 0;
	taken = fe_move(*nth_coin(coins));
	KUNIT_EXPECT_EQ(test, nth_evaluated, 1);
	KUNIT_EXPECT_EQ(test, taken.value, 1);
	KUNIT_EXPECT_EQ(test, coins[1].value, 2);
}

static void a_pointer_can_be_moved(struct kunit *test)
{
	struct coin coin, *from = &coin;
	struct coin *to = fe_move(from);

	KUNIT_EXPECT_PTR_EQ(test, to, &coin);
	KUNIT_EXPECT_NULL(test, from);
}

static void a_drop_ends_its_fields_in_the_order_given(struct kunit *test)
{
	struct purse purse = { .first.value = 1, .second.value = 2 };

	purse_drop(&purse);
	KUNIT_EXPECT_STREQ(test, events.text, "coin:2 coin:1");
}

static void drops_nest(struct kunit *test)
{
	struct chest chest = {
		.coin.value = 3, .purse = { .first.value = 1, .second.value = 2 },
	};

	chest_drop(&chest);
	KUNIT_EXPECT_STREQ(test, events.text, "coin:2 coin:1 coin:3");
	chest_drop(&chest);
	KUNIT_EXPECT_STREQ(test, events.text, "coin:2 coin:1 coin:3");
}

static void a_scope_ends_what_it_still_owns(struct kunit *test)
{
	struct coin moved;

	{
		struct coin kept __fe_scoped(coin) = { .value = 1 };
		struct coin given __fe_scoped(coin) = { .value = 2 };

		moved = fe_move(given);
		kept.mint[0] = 'x';
		KUNIT_EXPECT_STREQ(test, events.text, "");
	}
	KUNIT_EXPECT_STREQ(test, events.text, "coin:1");
	coin_drop(&moved);
	KUNIT_EXPECT_STREQ(test, events.text, "coin:1 coin:2");
}

static int own_test_init(struct kunit *test)
{
	trace_clear(&events);
	return 0;
}

static struct kunit_case own_test_cases[] = {
	KUNIT_CASE(a_move_gives_the_whole_value),
	KUNIT_CASE(a_move_leaves_no_byte_behind),
	KUNIT_CASE(a_field_can_be_moved),
	KUNIT_CASE(a_move_evaluates_its_source_once),
	KUNIT_CASE(a_pointer_can_be_moved),
	KUNIT_CASE(a_drop_ends_its_fields_in_the_order_given),
	KUNIT_CASE(drops_nest),
	KUNIT_CASE(a_scope_ends_what_it_still_owns),
	{}
};

static struct kunit_suite own_test_suite = {
	.name		= "own",
	.init		= own_test_init,
	.test_cases	= own_test_cases,
};

kunit_test_suite(own_test_suite);

MODULE_DESCRIPTION("KUnit tests of Ferrule's owners");
MODULE_LICENSE("GPL");

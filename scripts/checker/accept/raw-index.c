// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
#include <ferrule/test.h>

struct own {
	u32 table[8];
	u32 matrix[4][8];
	u8 head, count;
	bool flag;
	u32 pair[2];
	u32 all[256];
};

static u32 constant(const struct own *own)
{
	return own->table[0] + own->table[7] + own->matrix[3][7];
}

static u32 loop(const struct own *own)
{
	u32 sum = 0;

	for (u32 i = 0; i < ARRAY_SIZE(own->table); i++)
		sum += own->table[i];
	return sum;
}

static u32 signed_loop(const struct own *own)
{
	u32 sum = 0;
	int i;

	for (i = 0; i < 8; i++) {
		if (own->table[i] == 3)
			continue;
		sum += own->table[i];
	}
	return sum;
}

static u32 signed_against_size(const struct own *own)
{
	u32 sum = 0;
	int i;

	for (i = 0; i < ARRAY_SIZE(own->table); i += 2)
		sum += own->table[i];
	return sum;
}

static u32 nested_loops(const struct own *own)
{
	u32 sum = 0;

	for (int i = 0; i < 4; i++)
		for (int j = 0; j < 8; j++)
			sum += own->matrix[i][j];
	return sum;
}

static u32 tested(const struct own *own, u32 i)
{
	if (i >= ARRAY_SIZE(own->table))
		return 0;
	return own->table[i];
}

static u32 tested_both_ways(const struct own *own, int i)
{
	if (i < 0 || i >= 8)
		return 0;
	return own->table[i];
}

static u32 tested_unlikely(const struct own *own, u32 i)
{
	if (__builtin_expect(!!(i > 7), 0))
		return 0;
	return own->table[i];
}

static u32 in_the_branch(const struct own *own, u32 i)
{
	if (i < 8) {
		u32 value = own->table[i];

		return value;
	}
	return 0;
}

static u32 in_the_else(const struct own *own, u32 i)
{
	if (i >= 8)
		return 0;
	else
		return own->table[i];
}

static u32 conditional(const struct own *own, u32 i)
{
	return i < 8 ? own->table[i] : 0;
}

static bool shortcut(const struct own *own, u32 i)
{
	return i < 8 && own->table[i] == 1;
}

static bool shortcut_or(const struct own *own, u32 i)
{
	return i >= 8 || own->table[i];
}

static u32 masked(const struct own *own, u32 i)
{
	return own->table[i & 7] + own->table[(i >> 2) & 3] + own->table[i % 8];
}

static void ring(struct own *own, u32 value)
{
	own->table[own->head % ARRAY_SIZE(own->table)] = value;
	own->head++;
}

static u32 narrow_type(const struct own *own)
{
	return own->all[own->count] + own->pair[own->flag];
}

static u32 shifted(const struct own *own, u8 i)
{
	return own->table[i >> 5];
}

static u32 computed(const struct own *own, u32 i)
{
	if (i >= 4)
		return 0;
	return own->table[i + 1] + own->table[i * 2 & 7];
}

static u32 while_loop(const struct own *own)
{
	u32 sum = 0;
	u32 i = 0;

	while (i < 8 && sum < 100) {
		sum += own->table[i];
		i++;
	}
	return sum;
}

static u32 several_tests(const struct own *own, u32 i, u32 j)
{
	if (i >= 4 || j >= 8)
		return 0;
	return own->matrix[i][j];
}

static u32 in_a_switch(const struct own *own, u32 i, int n)
{
	if (i >= 8)
		return 0;
	switch (n) {
	case 0:
		return own->table[i];
	default:
		return 0;
	}
}

static u32 leaves_the_loop(const struct own *own, u32 n)
{
	u32 sum = 0;

	for (u32 i = 0; i < n; i++) {
		if (i >= 8)
			break;
		sum += own->table[i];
	}
	return sum;
}

static const u32 rates[] = { 9600, 19200, 38400 };

static u32 of_an_initialised_table(u32 i)
{
	return i < ARRAY_SIZE(rates) ? rates[i] : 0;
}

static int found_in_a_table(u32 rate)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(rates); i++)
		if (rates[i] == rate)
			return i;
	return -1;
}

static u32 smallest(u32 i)
{
	return rates[min(i, 2u)];
}

static u32 clamped(int i)
{
	i = i < 0 ? 0 : i;
	if (i > 2)
		i = 2;
	return rates[i];
}

static u32 up_to_a_smaller_number(const struct own *own, u32 n)
{
	u32 i, sum = 0;

	if (n > ARRAY_SIZE(own->table))
		return 0;
	for (i = 0; i < n; i++)
		sum += own->table[i];
	return sum;
}

static u32 down(const struct own *own)
{
	u32 sum = 0;
	int i;

	for (i = ARRAY_SIZE(own->table) - 1; i >= 0; i--)
		sum += own->table[i];
	return sum;
}

static u32 behind_the_search(const struct own *own, u32 value)
{
	u32 i;

	for (i = 0; i < 8; i++)
		if (own->table[i] == value)
			break;
	if (i == 8)
		return 0;
	return own->table[i];
}

enum speed { SLOW, FAST, FASTEST };

static u32 by_name(enum speed speed)
{
	switch (speed) {
	case SLOW:
	case FAST:
	case FASTEST:
		return rates[speed];
	}
	return 0;
}

static u32 one_less(const struct own *own, u32 n)
{
	if (!n || n > 8)
		return 0;
	return own->table[n - 1];
}

static u32 halves(const struct own *own, u32 n)
{
	if (n / 2 >= 8)
		return 0;
	return own->table[n >> 1];
}

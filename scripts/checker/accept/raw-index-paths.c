// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions -Wno-maybe-uninitialized */
/* Indices of which more than one interval has to be known. */
#include <ferrule/flow.h>

struct own {
	u32 table[8];
	u32 large[200];
	u32 matrix[4][8];
	u32 count;
};

static u32 two_flags(const struct own *own, bool with_row, bool with_column)
{
	bool has_row = false, has_column = false;
	u32 row, column;

	if (with_row) {
		row = test_start(0) & 3;
		has_row = true;
	}
	if (with_column) {
		column = test_start(0);
		if (column >= 8)
			return 0;
		has_column = true;
	}
	if (has_row && has_column)
		return own->matrix[row][column];
	return 0;
}

static u32 two_flags_apart(const struct own *own)
{
	u32 row = test_start(0), column = test_start(0);
	bool is_row = row < 4, is_column = column < 8;

	if (!is_row || !is_column)
		return 0;
	return own->matrix[row][column];
}

static u32 a_flag_of_bits(const struct own *own, u32 row, u32 column)
{
	int bad = 0;

	if (row >= 4)
		bad |= 1;
	if (column >= 8)
		bad |= 2;
	if (bad)
		return 0;
	return own->matrix[row][column];
}

static u32 an_error_code(const struct own *own)
{
	u32 i = test_start(0);
	int ret = 0;

	if (i >= 8)
		ret = -EINVAL;
	if (!ret)
		return own->table[i];
	return ret;
}

static u32 found_or_not(const struct own *own, u32 wanted)
{
	int found = -1;

	for (int i = 0; i < 8; i++)
		if (own->table[i] == wanted)
			found = i;
	if (found < 0)
		return 0;
	return own->table[found];
}

static u32 collects(struct own *own)
{
	u32 n = 0;

	for (u32 i = 0; i < ARRAY_SIZE(own->large); i++) {
		u32 value = test_start(0);

		if (value)
			own->large[n++] = value;
	}
	return n;
}

static u32 collects_up_to_a_limit(struct own *own, u32 limit)
{
	int n = 0;

	if (limit > ARRAY_SIZE(own->large))
		limit = ARRAY_SIZE(own->large);
	for (u32 i = 0; i < limit; i++) {
		if (test_start(0))
			continue;
		own->large[n] = i;
		n++;
	}
	return n;
}

static u32 a_fixed_number(struct own *own, u32 a, u32 b)
{
	u32 n = 0;

	own->table[n++] = 1;
	if (a)
		own->table[n++] = a;
	if (b)
		own->table[n++] = b;
	for (int i = 0; i < 2; i++) {
		own->table[n++] = i;
		own->table[n++] = test_start(0);
	}
	own->table[n++] = 0;
	return n;
}

static u32 of_a_switch(struct own *own, int what)
{
	u32 n = 0;

	switch (what) {
	case 0:
		own->table[n++] = 0;
		own->table[n++] = 1;
		own->table[n++] = 2;
		break;
	case 1:
		own->table[n++] = 3;
		own->table[n++] = 1;
		break;
	case 2:
		own->table[n++] = 3;
		break;
	case 4:
		own->table[n++] = 4;
		break;
	}
	own->table[n++] = 0;
	return n;
}

static u32 both_ends(struct own *own)
{
	u32 from = 0, to = 8, sum = 0;

	while (from < to)
		sum += test_start(0) ? own->table[from++] : own->table[--to];
	return sum;
}

static bool is_valid(const struct own *own, u32 i)
{
	return i < ARRAY_SIZE(own->table);
}

static u32 by_a_predicate(const struct own *own, u32 i)
{
	if (!is_valid(own, i))
		return 0;
	return own->table[i];
}

static u32 by_its_answer(const struct own *own, u32 i)
{
	bool ok = is_valid(own, i);

	if (test_start(0))
		return 0;
	return ok ? own->table[i] : 0;
}

static int check(u32 row, u32 column)
{
	if (row >= 4)
		return -EINVAL;
	if (column >= 8)
		return -ENODEV;
	return 0;
}

static u32 by_an_error(const struct own *own, u32 row, u32 column)
{
	int ret = check(row, column);

	if (ret)
		return ret;
	return own->matrix[row][column];
}

static u32 slot_of(u32 key)
{
	return key & 7;
}

static u32 by_a_result(const struct own *own, u32 key)
{
	return own->table[slot_of(key)];
}

static int index_of(const struct own *own, u32 value)
{
	for (int i = 0; i < 8; i++)
		if (own->table[i] == value)
			return i;
	return -ENODEV;
}

static u32 by_a_search(const struct own *own, u32 value)
{
	int i = index_of(own, value);

	return i < 0 ? 0 : own->table[i];
}

static bool declared_first(u32 i);

static u32 by_a_predicate_below(const struct own *own, u32 i)
{
	return declared_first(i) ? own->table[i] : 0;
}

static bool declared_first(u32 i)
{
	return !(i > 7);
}

static void fills(u32 *n)
{
	*n = test_start(0);
}

static u32 by_the_number_of_a_helper(const struct own *own)
{
	u32 i;

	fills(&i);
	if (i >= 8)
		return 0;
	return own->table[i];
}

static u32 kept_for_an_answer(const struct own *own)
{
	u32 row = 0, column = 0;

	fills(&row);
	fills(&column);
	return row < 4 && column < 8 ? own->matrix[row][column] : 0;
}

static int in_an_ordered_table(const struct own *own, u32 value)
{
	u32 low = 0, high = ARRAY_SIZE(own->large);

	while (low < high) {
		u32 middle = low + (high - low) / 2;

		if (own->large[middle] == value)
			return middle;
		if (own->large[middle] < value)
			low = middle + 1;
		else
			high = middle;
	}
	return -EINVAL;
}

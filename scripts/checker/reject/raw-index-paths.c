// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
/* Close to what accept/raw-index-paths.c has, and wrong. */
#include <ferrule/flow.h>

struct own {
	u32 table[8];
	u32 large[200];
	u32 matrix[4][8];
	u32 count;
};

static u32 the_other_flag(const struct own *own, bool with_row, bool with_column)
{
	bool has_row = false, has_column = false;
	u32 row = test_start(0), column = test_start(0);

	if (with_row) {
		row = test_start(0) & 3;
		has_row = true;
	}
	if (with_column) {
		column = test_start(0) & 7;
		has_column = true;
	}
	if (has_row || has_column)
		return own->matrix[row][column];	/* error: raw-index */
	return 0;
}

static u32 changed_after_the_flag(const struct own *own)
{
	u32 i = test_start(0);
	bool ok = i < 8;

	i++;
	return ok ? own->table[i] : 0;		/* error: raw-index */
}

static u32 error_forgotten(const struct own *own)
{
	u32 i = test_start(0);
	int ret = 0;

	if (i >= 8)
		ret = -EINVAL;
	if (test_start(0))
		ret = 0;
	if (!ret)
		return own->table[i];		/* error: raw-index */
	return ret;
}

static u32 twice_a_round(struct own *own)
{
	u32 n = 0;

	for (u32 i = 0; i < ARRAY_SIZE(own->large); i++) {
		own->large[n++] = i;		/* error: raw-index */
		if (test_start(0))
			own->large[n++] = i;	/* error: raw-index */
	}
	return n;
}

static u32 starts_at_one(struct own *own)
{
	u32 n = 1;

	for (u32 i = 0; i < ARRAY_SIZE(own->large); i++)
		if (test_start(0))
			own->large[n++] = i;	/* error: raw-index */
	return n;
}

static u32 round_and_round(struct own *own, u32 rounds)
{
	u32 n = 0;

	for (u32 r = 0; r < rounds; r++)
		for (u32 i = 0; i < ARRAY_SIZE(own->large); i++)
			if (test_start(0))
				own->large[n++] = i;	/* error: raw-index */
	return n;
}

static u32 one_too_many(struct own *own)
{
	u32 n = 0;

	for (int i = 0; i < 4; i++) {
		own->table[n++] = i;
		own->table[n++] = test_start(0);
	}
	own->table[n++] = 0;			/* error: raw-index */
	return n;
}

static u32 retried(struct own *own)
{
	u32 n = 0;
	int i = 0;

	while (i < 8) {
		own->table[n++] = test_start(0);	/* error: raw-index */
		if (test_start(0))
			i++;
	}
	return n;
}

static bool is_nearly_valid(const struct own *own, u32 i)
{
	return i <= ARRAY_SIZE(own->table);
}

static u32 by_a_wrong_predicate(const struct own *own, u32 i)
{
	if (!is_nearly_valid(own, i))
		return 0;
	return own->table[i];			/* error: raw-index */
}

static bool is_valid(const struct own *own, u32 i)
{
	return i < ARRAY_SIZE(own->table);
}

static u32 the_wrong_way(const struct own *own, u32 i)
{
	if (is_valid(own, i))
		return 0;
	return own->table[i];			/* error: raw-index */
}

static u32 of_another_number(const struct own *own, u32 i, u32 j)
{
	if (!is_valid(own, j))
		return 0;
	return own->table[i];			/* error: raw-index */
}

static u32 changed_after_the_call(const struct own *own, u32 i)
{
	bool ok = is_valid(own, i);

	i += own->count;
	return ok ? own->table[i] : 0;		/* error: raw-index */
}

static bool is_valid_now(u32 i)
{
	i /= 2;
	return i < 8;
}

static u32 parameter_changed(const struct own *own, u32 i)
{
	return is_valid_now(i) ? own->table[i] : 0;	/* error: raw-index */
}

static int check(u32 row, u32 column)
{
	if (row >= 4)
		return -EINVAL;
	if (column >= 8)
		return 1;
	return 0;
}

static u32 only_negative_errors(const struct own *own, u32 row, u32 column)
{
	int ret = check(row, column);

	if (ret < 0)
		return ret;
	return own->matrix[row][column];	/* error: raw-index */
}

static bool of_the_outside(u32 i);

static u32 somewhere_else(const struct own *own, u32 i)
{
	return of_the_outside(i) ? own->table[i] : 0;	/* error: raw-index */
}

static bool of_the_outside(u32 i)
{
	return test_start(0) || i < 8;
}

static void fills(u32 *n)
{
	*n = test_start(0);
}

static u32 filled_after_the_test(const struct own *own, u32 i)
{
	u32 j = i;

	if (j >= 8)
		return 0;
	fills(&j);
	return own->table[j];			/* error: raw-index */
}

static u32 filled_after_the_answer(const struct own *own)
{
	u32 i = 0;
	bool ok;

	fills(&i);
	ok = i < 8;
	fills(&i);
	return ok ? own->table[i] : 0;		/* error: raw-index */
}

static u32 written_through_a_pointer(const struct own *own, u32 n)
{
	u32 i = n, *p = &i;

	if (i >= 8)
		return 0;
	*p = test_start(0);
	return own->table[i];			/* error: raw-index */
}

static int one_past_the_end(const struct own *own, u32 value)
{
	u32 low = 0, high = ARRAY_SIZE(own->large);

	while (low <= high) {
		u32 middle = low + (high - low) / 2;

		if (own->large[middle] == value)	/* error: raw-index */
			return middle;
		if (own->large[middle] < value)		/* error: raw-index */
			low = middle + 1;
		else
			high = middle - 1;
	}
	return -EINVAL;
}

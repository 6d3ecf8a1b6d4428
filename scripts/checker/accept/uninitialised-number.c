// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions -Wno-maybe-uninitialized */
#include <ferrule/flow.h>

static int find(int n, u32 *found)
{
	if (n < 0)
		return -ENODEV;
	*found = n;
	return 0;
}

static int looked_at(int n)
{
	u32 x;
	int ret = find(n, &x);

	if (ret)
		return ret;
	return x;
}

static int behind_a_flag(bool wanted, int n)
{
	int x;

	if (wanted)
		x = test_start(n);
	test_sleep(n);
	if (wanted)
		return x;
	return 0;
}

static int at_least_one_round(void)
{
	u32 i;
	int ret;

	for (i = 0; i < 4; i++) {
		ret = test_start(i);
		if (ret)
			break;
	}
	return ret;
}

static int at_the_end_of_a_round(int n)
{
	int ret;

	do {
		ret = test_start(n);
	} while (ret && --n);
	return ret;
}

static int every_case(int n)
{
	int x;

	switch (n) {
	case 0:
		x = 1;
		break;
	default:
		x = 2;
	}
	return x;
}

static int kept_elsewhere(int n)
{
	int x, *p = &x;

	*p = n;
	return x;
}

static u32 since_the_first_round(int n)
{
	bool first = true;
	u32 last, changes = 0;
	int i;

	for (i = 0; i < n; i++) {
		u32 now = test_start(i);

		if (!first && now != last)
			changes++;
		last = now;
		first = false;
	}
	return changes;
}

static int behind_a_bit(u32 flags, int n)
{
	bool wanted = flags & 1;
	int x;

	if (wanted)
		x = test_start(n);
	test_sleep(n);
	return wanted ? x : 0;
}

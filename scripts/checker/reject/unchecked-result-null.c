// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
/* A pointer that a test found to be NULL. */
#include <ferrule/flow.h>

struct slot {
	u32 key, length;
};

struct own {
	struct slot	slots[8];
	struct slot	*current_slot;
	u32		count;
};

static u32 the_wrong_way_round(const struct own *own)
{
	if (!own->current_slot)			/* note: unchecked-result */
		return own->current_slot->length;	/* error: unchecked-result */
	return 0;
}

static u32 said_and_used(const struct own *own)
{
	const struct slot *slot = own->current_slot;

	if (!slot)				/* note: unchecked-result */
		test_sleep(1);
	return slot->length;			/* error: unchecked-result */
}

static int in_the_message(const struct own *own)
{
	const struct slot *slot = own->current_slot;
	int ret = 0;

	if (slot && slot->length > own->count)	/* note: unchecked-result */
		return slot->key;
	if (!slot)
		ret = -EINVAL - (int)slot->key;	/* error: unchecked-result */
	return ret;
}

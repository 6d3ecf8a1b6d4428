// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
/* A pointer that is NULL on some path, by an assignment or by a test. */
#include <ferrule/flow.h>

struct slot {
	u32 key, length;
};

struct own {
	struct slot	slots[8];
	struct slot	*current_slot;
	u32		count;
};

static u32 nobody_was_found(const struct own *own, u32 key)
{
	const struct slot *found = NULL;

	for (int i = 0; i < 8; i++)
		if (own->slots[i].key == key)
			found = &own->slots[i];
	return found->length;			/* error: unchecked-result */
}

static u32 only_if_there_are_some(const struct own *own)
{
	const struct slot *first = NULL;

	if (own->count)
		first = &own->slots[0];
	return first->length;			/* error: unchecked-result */
}

static u32 the_wrong_way_round(const struct own *own)
{
	if (!own->current_slot)
		return own->current_slot->length;	/* error: unchecked-result */
	return 0;
}

static u32 one_or_the_other(const struct own *own)
{
	const struct slot *slot = own->count > 1 ? &own->slots[1] : NULL;

	return slot->length;			/* error: unchecked-result */
}

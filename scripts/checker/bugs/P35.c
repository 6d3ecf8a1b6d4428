// SPDX-License-Identifier: GPL-2.0
/*
 * P35: a number in a packet of the device is an index
 *
 * Class: oob
 * Was: CVE-2026-64273, iforce_process_packet()
 * Answer: does not build.
 * Layer: <ferrule/compat.h>; none for input yet
 */
#include <ferrule/lock.h>

#define EFFECTS_MAX 32

struct ff {
	u32 flags[EFFECTS_MAX];
	u8 packet[16];
};

static void process_packet(struct ff *f, u8 id, const u8 data[16])
{
	u32 i;

	if (id != 0x02)
		return;
	i = f->packet[1] & 0x7f;
	if (f->packet[1] & 0x80)
		f->flags[i] |= 1;		/* error: raw-index */
	else
		f->flags[i] &= ~1;		/* error: raw-index */
}

static u32 one_over(const struct ff *f, size_t len)
{
	u32 sum = 0;

	for (size_t j = 3; j < len; j += 2)
		sum += f->packet[j] + f->packet[j + 1];	/* error: raw-index */
	return sum;
}

static u32 off_by_one(const struct ff *f, u32 i)
{
	if (i > EFFECTS_MAX)
		return 0;
	return f->flags[i];			/* error: raw-index */
}

static u32 negative(const struct ff *f, int i)
{
	if (i >= EFFECTS_MAX)
		return 0;
	return f->flags[i];			/* error: raw-index */
}

/* Right. */
static u32 tested(const struct ff *f)
{
	u32 i = f->packet[1] & 0x7f;

	return i < EFFECTS_MAX ? f->flags[i] : 0;
}

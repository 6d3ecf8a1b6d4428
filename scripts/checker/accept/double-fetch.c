// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
#include <ferrule/ring.h>

static void one_copy(const struct queue *q, size_t i)
{
	struct desc d;

	if (ring_load(&q->ring, i, &d) || d.len > LIMIT)
		return;
	put_number(d.len);
}

/* The flag says that the rest is there: only then is the rest read. */
static void flag_first(const struct queue *q, size_t i)
{
	struct desc d;

	if (ring_load(&q->ring, i, &d) || !(d.flags & DONE))
		return;
	if (ring_load(&q->ring, i, &d))
		return;
	put_number(d.len);
	put_number(d.data[1]);
}

static void tested_again(const struct queue *q, size_t i)
{
	struct desc d;

	if (ring_load(&q->ring, i, &d) || d.len > LIMIT)
		return;
	if (ring_load(&q->ring, i, &d) || d.len > LIMIT)
		return;
	put_number(d.len);
}

static u32 polled(const struct queue *q)
{
	u32 v = 0;

	words_load(&q->words, 0, &v);
	while (!(v & DONE)) {
		test_sleep(1);
		words_load(&q->words, 0, &v);
	}
	return v >> 8;
}

static u32 polled_with_a_limit(const struct queue *q)
{
	u32 v = 0;

	for (int tries = 0; tries < 10; tries++) {
		words_load(&q->words, 0, &v);
		if (v & DONE)
			return v >> 8;
	}
	words_load(&q->words, 0, &v);
	if (!(v & DONE))
		return 0;
	return v >> 8;
}

/* What was waited for is not the value that was seen before. */
static u32 waited_for(const struct queue *q)
{
	u32 v = 0;

	words_load(&q->words, 0, &v);
	if (!v) {
		test_sleep(1);
		words_load(&q->words, 0, &v);
	}
	return v;
}

static void all_that_came(struct queue *q)
{
	u32 end = 0;

	words_load(&q->words, 0, &end);
	if (end >= LIMIT)
		return;
	while (q->head != end) {
		put_number(q->head);
		q->head = (q->head + 1) % LIMIT;
		words_load(&q->words, 0, &end);
		if (end >= LIMIT)
			return;
	}
}

static void another_element(const struct queue *q, size_t i)
{
	u32 v = 0;

	words_load(&q->words, i, &v);
	if (v > LIMIT)
		return;
	words_load(&q->words, i + 1, &v);
	put_number(v);
	words_load(&q->words, 7, &v);
	put_number(v);
}

static void another_index(const struct queue *q, size_t i)
{
	u32 v = 0;

	words_load(&q->words, i, &v);
	if (v > LIMIT)
		return;
	i++;
	words_load(&q->words, i, &v);
	put_number(v);
}

static void each_element(const struct queue *q)
{
	for (size_t i = 0; i < 4; i++) {
		u32 v = 0;

		word_load(&q->words, i, &v);
		if (v > LIMIT)
			return;
		put_number(v);
	}
}

static void another_ring(const struct queue *q, size_t i)
{
	struct desc d;

	if (ring_load(&q->ring, i, &d) || d.len > LIMIT)
		return;
	if (ring_load(&q->other, i, &d))
		return;
	put_number(d.len);
}

/* The first copy is what is used. */
static void first_is_used(const struct queue *q)
{
	u32 first = 0, second = 0;

	words_load(&q->words, 0, &first);
	if (first > LIMIT)
		return;
	words_load(&q->words, 0, &second);
	put_number(first);
	if (second != first)
		put_number(0);
}

static void answered(const struct queue *q)
{
	u32 v = 0, none = 0;

	words_load(&q->words, 0, &v);
	if (v > LIMIT)
		return;
	words_store(&q->words, 0, &none);
	words_load(&q->words, 0, &v);
	put_number(v);
}

static void written_over(const struct queue *q)
{
	u32 v = 0;

	words_load(&q->words, 0, &v);
	if (v > LIMIT)
		return;
	words_load(&q->words, 0, &v);
	v = 3;
	put_number(v);
}

/* Two halves that belong together. */
static u64 consistent(const struct queue *q)
{
	u32 high = 0, low = 0, again = 0;

	do {
		words_load(&q->words, 1, &high);
		words_load(&q->words, 0, &low);
		words_load(&q->words, 1, &again);
	} while (high != again);
	return (u64)again << 32 | low;
}

static bool fits(const struct desc *d)
{
	return d->len <= LIMIT;
}

static void tested_by_helpers(const struct queue *q, size_t i)
{
	struct desc d;
	u32 v = 0;

	if (ring_load(&q->ring, i, &d) || d.len > LIMIT)
		return;
	if (ring_load(&q->ring, i, &d) || !fits(&d))
		return;
	put_number(d.len);
	words_load(&q->words, 0, &v);
	if (!is_sound(v))
		return;
	words_load(&q->words, 0, &v);
	if (!is_sound(v))
		return;
	put_number(v);
}

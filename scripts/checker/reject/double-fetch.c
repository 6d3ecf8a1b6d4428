// SPDX-License-Identifier: GPL-2.0
/* options: -fkeep-static-functions */
#include <ferrule/ring.h>

static void as_an_argument(const struct queue *q, size_t i)
{
	struct desc d;

	if (ring_load(&q->ring, i, &d) || d.len > LIMIT)	/* note: double-fetch */
		return;
	if (ring_load(&q->ring, i, &d))		/* note: double-fetch */
		return;
	put_number(d.len);			/* error: double-fetch */
}

static u32 as_a_result(const struct queue *q)
{
	u32 first = 0, second = 0;

	words_load(&q->words, 3, &first);	/* note: double-fetch */
	if (first >= LIMIT)
		return 0;
	words_load(&q->words, 3, &second);	/* note: double-fetch */
	return second;				/* error: double-fetch */
}

static void stored(struct queue *q)
{
	u32 first = 0, second = 0;

	words_peek(&q->words, &first);		/* note: double-fetch */
	if (!first)
		return;
	words_peek(&q->words, &second);		/* note: double-fetch */
	q->seen = second & 0xff;		/* error: double-fetch */
}

static u32 as_an_index(const struct queue *q)
{
	u32 i = 0;

	words_load(&q->words, q->head, &i);	/* note: double-fetch */
	if (i >= LIMIT)
		return 0;
	words_load(&q->words, q->head, &i);	/* note: double-fetch */
	return q->table[i & 7];			/* error: double-fetch */
}

static u32 as_a_bound(const struct queue *q, size_t i)
{
	u32 n = 0, sum = 0;

	word_load(&q->words, i, &n);		/* note: double-fetch */
	if (n > LIMIT)
		return 0;
	word_load(&q->words, i, &n);		/* note: double-fetch */
	for (u32 k = 0; k < n; k++)		/* error: double-fetch */
		sum += k;
	return sum;
}

static void computed_from_it(const struct queue *q, size_t i)
{
	struct desc first, second;
	u32 bytes;

	if (ring_load(&q->ring, i, &first))	/* note: double-fetch */
		return;
	if (first.len * 4 > LIMIT)
		return;
	if (ring_load(&q->ring, i, &second))	/* note: double-fetch */
		return;
	bytes = second.len * 4 + 2;
	put_number(bytes);			/* error: double-fetch */
}

static void tested_by_a_switch(const struct queue *q)
{
	u32 v = 0;

	words_load(&q->words, 1, &v);		/* note: double-fetch */
	switch (v) {
	case 2 ... 5:
		break;
	default:
		return;
	}
	words_load(&q->words, 1, &v);		/* note: double-fetch */
	put_number(v);				/* error: double-fetch */
}

static void on_one_path(const struct queue *q, bool again)
{
	u32 v = 0;

	words_load(&q->words, 1, &v);		/* note: double-fetch */
	if (!is_sound(v))
		return;
	if (again)
		words_load(&q->words, 1, &v);	/* note: double-fetch */
	put_number(v);				/* error: double-fetch */
}

static bool fits(const struct desc *d)
{
	return d->len <= LIMIT;
}

static void tested_by_a_helper(const struct queue *q, size_t i)
{
	struct desc d;

	if (ring_load(&q->ring, i, &d) || !fits(&d))	/* note: double-fetch */
		return;
	if (ring_load(&q->ring, i, &d))		/* note: double-fetch */
		return;
	put_number(d.len);			/* error: double-fetch */
}

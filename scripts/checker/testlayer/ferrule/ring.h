/* SPDX-License-Identifier: GPL-2.0 */
/* What the tests take for memory that the device writes: elements are copied, one at a time. */
#ifndef _FERRULE_TEST_RING_H
#define _FERRULE_TEST_RING_H

#include <ferrule/flow.h>

struct desc {
	u32 flags;
	u32 len;
	u32 data[4];
};

struct __fe_pinned __fe_cell ring {
	struct desc *cpu __fe_private;
};

struct __fe_pinned __fe_cell words {
	u32 *cpu __fe_private;
};

int ring_load(const struct ring *r, size_t i, struct desc *to __fe_element(1, 2)) __fe_must_check;
void words_load(const struct words *w, size_t i, u32 *to __fe_element(1, 2));
void words_store(const struct words *w, size_t i, const u32 *from __fe_element(1, 2));
void words_peek(const struct words *w, u32 *to __fe_element(1));

#define word_load(w, i, to)						\
({									\
	size_t __i = (i);						\
									\
	words_load(w, __i, to);						\
})

struct queue {
	struct ring ring, other;
	struct words words;
	u32 head;
	u32 seen;
	u32 table[8];
};

#define LIMIT	8
#define DONE	1

void put_number(u32 n);
bool is_sound(u32 n);

#endif /* _FERRULE_TEST_RING_H */

// SPDX-License-Identifier: GPL-2.0
/*
 * The checker's own memory. It makes and ends many small things, more than half of what
 * it would spend on them is the general allocator's care for threads and for the system:
 * here a block that was given back waits for the next of its size.
 */
#include <cstdlib>
#include <new>

namespace {

/* Sizes are rounded up to this; larger ones than LARGEST are not kept. */
constexpr size_t STEP = 16;
constexpr size_t LARGEST = 1024;
constexpr size_t CHUNK = 256 * 1024;

union piece {
	piece *next;
	/* in front of what is given out: its size class, 0 for one of malloc() */
	size_t of;
	alignas(STEP) char space[STEP];
};

piece *waiting[LARGEST / STEP + 1];
char *chunk;
size_t left;

void *allocated(size_t size)
{
	void *p = malloc(size);

	if (!p)
		abort();
	return p;
}

piece *fresh(size_t size)
{
	if (size > left) {
		chunk = static_cast<char *>(allocated(CHUNK));
		left = CHUNK;
	}
	left -= size;
	return reinterpret_cast<piece *>(chunk + left);
}

} /* namespace */

void *operator new(size_t size)
{
	/* a block of nothing is of the first class: 0 is malloc()'s */
	size_t n = size ? (size + STEP - 1) / STEP : 1;
	piece *p;

	if (n > LARGEST / STEP) {
		p = static_cast<piece *>(allocated(size + STEP));
		n = 0;
	} else if (waiting[n]) {
		p = waiting[n];
		waiting[n] = p[1].next;
	} else {
		p = fresh((n + 1) * STEP);
	}
	p->of = n;
	return p + 1;
}

void operator delete(void *memory) noexcept
{
	piece *p = static_cast<piece *>(memory) - 1;

	if (!memory)
		return;
	if (!p->of) {
		free(p);
		return;
	}
	p[1].next = waiting[p->of];
	waiting[p->of] = p;
}

void operator delete(void *memory, size_t) noexcept
{
	operator delete(memory);
}

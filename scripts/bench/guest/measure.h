/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the measuring programs share: the count of instructions, and how samples are told.
 *
 * Under QEMU's -icount shift=0 the time stamp counter goes on by one for each instruction that
 * a CPU executes, and jumps over the time when all are idle. With more than one CPU there is no
 * such counter: QEMU counts for us, see ../count/count.c, and writes the count down at each mark.
 */
#ifndef _MEASURE_H
#define _MEASURE_H

#define _GNU_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <x86intrin.h>

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))

/* Ours, and what it is compared with. */
enum side { OURS, THEIRS, SIDES };

struct pair {
	const char	*row;		/* of the table */
	/* Does it count times. Ends the program if that fails. */
	void		(*run)(enum side side, unsigned int count, unsigned int argument);
	unsigned int	argument;
	unsigned int	count;
	double		overhead;	/* instructions each time that are the program's own */
};

static inline uint64_t instructions(void)
{
	return __rdtsc();
}

/* For the plugin to see. */
static inline void mark(void)
{
	/* What does nothing, and no compiler emits. */
	__asm__ volatile("xchg %%r15, %%r15" : : : "memory");
}

/* Two instructions each time. */
static inline void spin(unsigned long times)
{
	__asm__ volatile("1: dec %0; jnz 1b" : "+r" (times) : : "cc");
}

/* Ends the program, saying what failed and errno. */
void fail(const char *what) __attribute__((noreturn));
int open_node(const char *path, int flags);
/* First of all. Ends the program unless the time stamp counter counts instructions. */
void begin(void);
/* Or this one: QEMU counts. */
void begin_marked(void);

/*
 * Prints "sample ROW SIDE INSTRUCTIONS", once for each side in turn, rounds times: what one
 * more of it costs. If QEMU counts: "marked ROW SIDE COUNT" for three marks, between the first
 * two of which it was done COUNT times, and twice as often before the third.
 */
void measure(const struct pair *pair, unsigned int rounds);
/* The same, without the time that all CPUs were idle: for what sleeps. */
void measure_awake(const struct pair *pair, unsigned int rounds);

#endif /* _MEASURE_H */

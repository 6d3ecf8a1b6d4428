// SPDX-License-Identifier: GPL-2.0
/* How instructions are counted. */
#include "measure.h"

#include <time.h>

#define TEST_LOOPS	1000000
#define SCALE_NS	200000000
#define OUTPUT		(1 << 20)

void fail(const char *what)
{
	fprintf(stderr, "measure: %s: %s\n", what, strerror(errno));
	exit(EXIT_FAILURE);
}

int open_node(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC);

	if (fd < 0)
		fail(path);
	return fd;
}

static bool is_marked;

/* The port interrupts for long after a line was printed: at the end, then. */
static void keep_output(void)
{
	setvbuf(stdout, NULL, _IOFBF, OUTPUT);
}

void begin_marked(void)
{
	is_marked = true;
	keep_output();
}

void begin(void)
{
	uint64_t least = UINT64_MAX;
	int i;

	keep_output();
	/* The least of several: an interrupt adds its own. */
	for (i = 0; i < 5; i++) {
		uint64_t begin = instructions(), took;

		spin(TEST_LOOPS);
		took = instructions() - begin;
		if (took < least)
			least = took;
	}
	if (least < 2 * TEST_LOOPS || least > 2 * TEST_LOOPS + 100) {
		fprintf(stderr, "measure: this machine does not count instructions: %llu for %u\n",
			(unsigned long long)least, 2 * TEST_LOOPS);
		exit(EXIT_FAILURE);
	}
}

static void tell(const struct pair *pair, enum side side, double took)
{
	printf("sample %s %s %.4f\n", pair->row, side == OURS ? "ours" : "theirs",
	       took);
}

static void once_marked(const struct pair *pair, enum side side)
{
	mark();
	pair->run(side, pair->count, pair->argument);
	mark();
	pair->run(side, 2 * pair->count, pair->argument);
	mark();
	printf("marked %s %s %u\n", pair->row, side == OURS ? "ours" : "theirs", pair->count);
}

static double once(const struct pair *pair, enum side side)
{
	uint64_t begin = instructions(), middle, end;

	/* What is not per time is in both, and goes by the difference. */
	pair->run(side, pair->count, pair->argument);
	middle = instructions();
	pair->run(side, 2 * pair->count, pair->argument);
	end = instructions();
	return ((double)(end - middle) - (double)(middle - begin)) / pair->count;
}

void measure(const struct pair *pair, unsigned int rounds)
{
	unsigned int i, side;

	for (i = 0; is_marked && i < rounds * SIDES; i++)
		once_marked(pair, i % SIDES);
	if (is_marked)
		return;
	/* Whatever is slow the first time only. */
	for (side = 0; side < SIDES; side++)
		once(pair, side);
	for (i = 0; i < rounds; i++) {
		for (side = 0; side < SIDES; side++)
			tell(pair, side, once(pair, side));
	}
}

static uint64_t clock_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000000ULL + now.tv_nsec;
}

/* Instructions in a nanosecond of the kernel's clock, which it had to measure itself. */
static double clock_scale(void)
{
	static double scale;
	uint64_t began, ns;

	if (scale)
		return scale;
	began = instructions();
	ns = clock_ns();
	while (clock_ns() - ns < SCALE_NS)
		;
	scale = (double)(instructions() - began) / (clock_ns() - ns);
	return scale;
}

/* What the kernel counts while a CPU has nothing to do, of all CPUs. */
static uint64_t idle_ns(void)
{
	FILE *file = fopen("/proc/timer_list", "re");
	unsigned long long ns, sum = 0;
	char line[256];

	if (!file)
		fail("/proc/timer_list");
	while (fgets(line, sizeof(line), file)) {
		if (sscanf(line, " .idle_sleeptime : %llu", &ns) == 1)
			sum += ns;
	}
	fclose(file);
	return sum;
}

static double once_awake(const struct pair *pair, enum side side)
{
	uint64_t idle = idle_ns();
	uint64_t began = instructions(), took;

	pair->run(side, pair->count, pair->argument);
	took = instructions() - began;
	return (took - (idle_ns() - idle) * clock_scale()) / pair->count - pair->overhead;
}

void measure_awake(const struct pair *pair, unsigned int rounds)
{
	unsigned int i, side;

	clock_scale();
	for (side = 0; side < SIDES; side++)
		once_awake(pair, side);
	for (i = 0; i < rounds; i++) {
		for (side = 0; side < SIDES; side++)
			tell(pair, side, once_awake(pair, side));
	}
}

// SPDX-License-Identifier: GPL-2.0
/* Instructions for an ioctl with many threads at one device, or many devices bound. */
#include "measure.h"

#include <pthread.h>

#include "edu_uapi.h"

#define COUNT		4096
#define MAX_THREADS	64

static int nodes[SIDES];
static enum side at;			/* whose node they call */
static pthread_barrier_t begins, ends;

struct caller {
	pthread_t	id;
	unsigned int	count;		/* 0: that was all */
};

static struct caller callers[MAX_THREADS];

static void *call(void *argument)
{
	struct caller *caller = argument;
	struct edu_stats stats;

	for (;;) {
		pthread_barrier_wait(&begins);
		if (!caller->count)
			return NULL;
		while (caller->count--) {
			if (ioctl(nodes[at], EDU_IOC_STATS, &stats))
				fail("EDU_IOC_STATS");
			/* Every one gets its turn in between. */
			sched_yield();
		}
		pthread_barrier_wait(&ends);
	}
}

static void set_counts(unsigned int threads, unsigned int count)
{
	unsigned int i;

	for (i = 0; i < threads; i++)
		callers[i].count = count;
	pthread_barrier_wait(&begins);
}

static void run_threads(enum side side, unsigned int count, unsigned int threads)
{
	at = side;
	set_counts(threads, count / threads);
	pthread_barrier_wait(&ends);
}

/* They are made once: what that costs is not the driver's. */
static void measure_threads(const char *row, unsigned int threads, unsigned int rounds)
{
	const struct pair pair = { row, run_threads, threads, COUNT };
	unsigned int i;

	if (pthread_barrier_init(&begins, NULL, threads + 1) ||
	    pthread_barrier_init(&ends, NULL, threads + 1))
		fail("pthread_barrier_init");
	for (i = 0; i < threads; i++) {
		if (pthread_create(&callers[i].id, NULL, call, &callers[i]))
			fail("pthread_create");
	}
	measure(&pair, rounds);
	set_counts(threads, 0);
	for (i = 0; i < threads; i++)
		pthread_join(callers[i].id, NULL);
}

int main(int argc, char **argv)
{
	char row[32];
	unsigned int threads, rounds;

	if (argc < 4) {
		fprintf(stderr, "usage: measure-threads OURS THEIRS ROUNDS [ROW]\n");
		return EXIT_FAILURE;
	}
	begin();
	nodes[OURS] = open_node(argv[1], O_RDWR);
	nodes[THEIRS] = open_node(argv[2], O_RDWR);
	rounds = atoi(argv[3]);
	if (argc > 4) {
		measure_threads(argv[4], 1, rounds);
		return EXIT_SUCCESS;
	}
	for (threads = 1; threads <= MAX_THREADS; threads *= 2) {
		snprintf(row, sizeof(row), "THREADS:%u", threads);
		measure_threads(row, threads, rounds);
	}
	return EXIT_SUCCESS;
}

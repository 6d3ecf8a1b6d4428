// SPDX-License-Identifier: GPL-2.0
/* Instructions for an ioctl with many threads at one device, or many devices bound. */
#include "measure.h"

#include <pthread.h>

#include "edu_uapi.h"

#define COUNT		4096
#define MAX_THREADS	64

static int nodes[SIDES];

struct caller {
	int		fd;
	unsigned int	count;
};

static void *call(void *argument)
{
	struct caller *caller = argument;
	struct edu_stats stats;

	while (caller->count--) {
		if (ioctl(caller->fd, EDU_IOC_STATS, &stats))
			fail("EDU_IOC_STATS");
		/* Every one gets its turn in between. */
		sched_yield();
	}
	return NULL;
}

static void run_threads(enum side side, unsigned int count, unsigned int threads)
{
	struct caller callers[MAX_THREADS];
	pthread_t ids[MAX_THREADS];
	unsigned int i;

	for (i = 0; i < threads; i++) {
		callers[i] = (struct caller){ nodes[side], count / threads };
		if (pthread_create(&ids[i], NULL, call, &callers[i]))
			fail("pthread_create");
	}
	for (i = 0; i < threads; i++)
		pthread_join(ids[i], NULL);
}

int main(int argc, char **argv)
{
	char row[32];
	unsigned int threads;

	if (argc < 4) {
		fprintf(stderr, "usage: measure-threads OURS THEIRS ROUNDS [ROW]\n");
		return EXIT_FAILURE;
	}
	begin();
	nodes[OURS] = open_node(argv[1], O_RDWR);
	nodes[THEIRS] = open_node(argv[2], O_RDWR);
	if (argc > 4) {
		struct pair pair = { argv[4], run_threads, 1, COUNT };

		measure(&pair, atoi(argv[3]));
		return EXIT_SUCCESS;
	}
	for (threads = 1; threads <= MAX_THREADS; threads *= 2) {
		struct pair pair = { row, run_threads, threads, COUNT };

		snprintf(row, sizeof(row), "THREADS:%u", threads);
		measure(&pair, atoi(argv[3]));
	}
	return EXIT_SUCCESS;
}

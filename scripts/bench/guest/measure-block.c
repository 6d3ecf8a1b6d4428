// SPDX-License-Identifier: GPL-2.0
/* Instructions for a request to one disk, and for the same to another. */
#include "measure.h"

#include <linux/aio_abi.h>
#include <linux/fs.h>
#include <pthread.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/syscall.h>

/* Multiples of each depth. */
#define REQUESTS	256
#define MANY		2048		/* of 4 KiB: what a timer's tick costs does not show */
#define LARGEST		(1 << 20)
#define RANGE		(1ULL << 30)	/* or the disk, if it is smaller */
#define MAX_DEPTH	128
#define MAX_CPUS	2

struct job {
	const char	*name;
	unsigned int	size, depth;
	bool		write, random;
};

#define JOB(dir, order, size, depth)					\
	{ #dir ":" #order ":" #size ":" #depth,				\
	  (size) * 1024, depth, #dir[0] == 'w', #order[0] == 'r' }
#define JOBS(dir, order, size)						\
	JOB(dir, order, size, 1), JOB(dir, order, size, 32), JOB(dir, order, size, 128)
#define SIZES(dir, order)						\
	JOBS(dir, order, 4), JOBS(dir, order, 64), JOBS(dir, order, 1024)

static const struct job jobs[] = {
	SIZES(read, sequential), SIZES(read, random),
	SIZES(write, sequential), SIZES(write, random),
};

/* One for each CPU. */
struct worker {
	const struct job *job;
	int		fd;
	unsigned int	count;
	uint64_t	place;
	aio_context_t	context;	/* made once: ending one waits for a long while */
	pthread_t	thread;
};

static struct worker workers[MAX_CPUS];
static unsigned int cpus = 1;

static int disks[SIDES];
static uint64_t range = RANGE;
static char *buffer;

static uint64_t next_place(struct worker *w)
{
	if (!w->job->random) {
		w->place += w->job->size;
		return w->place % range;
	}
	w->place ^= w->place << 13;
	w->place ^= w->place >> 7;
	w->place ^= w->place << 17;
	return w->place % (range / w->job->size) * w->job->size;
}

static void work_one(struct worker *w)
{
	const struct job *job = w->job;
	ssize_t n;

	while (w->count--) {
		if (job->write)
			n = pwrite(w->fd, buffer, job->size, next_place(w));
		else
			n = pread(w->fd, buffer, job->size, next_place(w));
		if (n != (ssize_t)job->size)
			fail("a request");
	}
}

static void work_batch(struct worker *w)
{
	struct iocb iocbs[MAX_DEPTH], *pointers[MAX_DEPTH];
	struct io_event events[MAX_DEPTH];
	unsigned int i, depth = w->job->depth;

	for (i = 0; i < depth; i++) {
		iocbs[i] = (struct iocb) {
			.aio_lio_opcode = w->job->write ? IOCB_CMD_PWRITE : IOCB_CMD_PREAD,
			.aio_fildes = w->fd,
			.aio_buf = (uintptr_t)buffer,
			.aio_nbytes = w->job->size,
			.aio_offset = next_place(w),
		};
		pointers[i] = &iocbs[i];
	}
	if (syscall(SYS_io_submit, w->context, depth, pointers) != (long)depth)
		fail("io_submit");
	if (syscall(SYS_io_getevents, w->context, depth, depth, events, NULL) != (long)depth)
		fail("io_getevents");
	for (i = 0; i < depth; i++) {
		if (events[i].res != (long)w->job->size)
			fail("a request");
	}
}

static void *work(void *argument)
{
	struct worker *w = argument;

	if (w->job->depth == 1) {
		work_one(w);
		return NULL;
	}
	if (!w->context && syscall(SYS_io_setup, MAX_DEPTH, &w->context))
		fail("io_setup");
	for (; w->count; w->count -= w->job->depth)
		work_batch(w);
	return NULL;
}

static void start_on(unsigned int cpu)
{
	pthread_attr_t attr;
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	if (pthread_attr_init(&attr) || pthread_attr_setaffinity_np(&attr, sizeof(set), &set) ||
	    pthread_create(&workers[cpu].thread, &attr, work, &workers[cpu]))
		fail("pthread_create");
}

/* Each CPU has its share of the requests, in its own part of the disk if they follow each other. */
static void run_job(enum side side, unsigned int count, unsigned int number)
{
	const struct job *job = &jobs[number];
	unsigned int i;

	for (i = 0; i < cpus; i++) {
		workers[i].job = job;
		workers[i].fd = disks[side];
		workers[i].count = count / cpus;
		workers[i].place = job->random ? 88172645463325252ULL + i : range / cpus * i;
	}
	if (cpus == 1) {
		work(&workers[0]);
		return;
	}
	for (i = 0; i < cpus; i++)
		start_on(i);
	for (i = 0; i < cpus; i++)
		pthread_join(workers[i].thread, NULL);
}

/* Every place is written once, so that what comes next is the same everywhere. */
static int open_disk(const char *path)
{
	int fd = open_node(path, O_RDWR | O_DIRECT);
	uint64_t size, place;

	if (ioctl(fd, BLKGETSIZE64, &size))
		fail("BLKGETSIZE64");
	if (size < range)
		range = size;
	for (place = 0; range < RANGE && place < range; place += LARGEST) {
		if (pwrite(fd, buffer, LARGEST, place) != LARGEST)
			fail(path);
	}
	return fd;
}

/* All of them, or those that tell disks apart: 4 KiB at random, not at the greatest depth. */
static bool is_wanted(const struct job *job, unsigned int largest)
{
	return largest ? job->size <= largest :
	       job->size == 4096 && job->random && job->depth < MAX_DEPTH;
}

int main(int argc, char **argv)
{
	unsigned int rounds, largest, i;

	if (argc == 7)
		cpus = atoi(argv[6]);
	if (argc < 6 || !cpus || cpus > MAX_CPUS) {
		fprintf(stderr, "usage: measure-block ROWS OURS THEIRS ROUNDS KIB [CPUS]\n");
		return EXIT_FAILURE;
	}
	if (cpus == 1)
		begin();
	else
		begin_marked();
	buffer = mmap(NULL, LARGEST, PROT_READ | PROT_WRITE,
		      MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
	if (buffer == MAP_FAILED)
		fail("mmap");
	disks[OURS] = open_disk(argv[2]);
	disks[THEIRS] = open_disk(argv[3]);
	rounds = atoi(argv[4]);
	largest = atoi(argv[5]) * 1024;
	for (i = 0; i < ARRAY_SIZE(jobs); i++) {
		char row[64];
		struct pair pair = { row, run_job, i, jobs[i].size > 4096 ? REQUESTS : MANY };

		if (!is_wanted(&jobs[i], largest))
			continue;
		snprintf(row, sizeof(row), "%s:%s:%u", argv[1], jobs[i].name, cpus);
		measure(&pair, rounds);
	}
	return EXIT_SUCCESS;
}

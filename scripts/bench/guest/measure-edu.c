// SPDX-License-Identifier: GPL-2.0
/* Instructions for what user space does with drivers/edu, and with its twin. */
#include "measure.h"

#include <poll.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "edu_uapi.h"

#define COUNT		200
#define COUNT_SLOW	400
#define COUNT_DMA	1	/* the device takes 100 ms for each */
#define SPIN		500000	/* times: by then the device has answered */

/* The nodes by names of one length, which is what opening them costs. */
static const char * const paths[SIDES] = { "/tmp/edu-0", "/tmp/edu-1" };
static int nodes[SIDES];

static void make_node(enum side side, const char *path)
{
	struct stat found;

	if (stat(path, &found) || mknod(paths[side], S_IFCHR | 0600, found.st_rdev))
		fail(path);
	nodes[side] = open_node(paths[side], O_RDWR);
}

static void run_ident(enum side side, unsigned int count, unsigned int argument)
{
	struct edu_ident ident;

	while (count--) {
		if (ioctl(nodes[side], EDU_IOC_IDENT, &ident))
			fail("EDU_IOC_IDENT");
	}
}

static void run_stats(enum side side, unsigned int count, unsigned int argument)
{
	struct edu_stats stats;

	while (count--) {
		if (ioctl(nodes[side], EDU_IOC_STATS, &stats))
			fail("EDU_IOC_STATS");
	}
}

static void run_unknown(enum side side, unsigned int count, unsigned int argument)
{
	while (count--) {
		if (ioctl(nodes[side], 0, 0) != -1 || errno != ENOTTY)
			fail("an ioctl that there is not");
	}
}

static void run_seek(enum side side, unsigned int count, unsigned int argument)
{
	while (count--) {
		if (lseek(nodes[side], 100, SEEK_SET) != 100)
			fail("lseek");
	}
}

static void run_poll(enum side side, unsigned int count, unsigned int argument)
{
	struct pollfd p = { .fd = nodes[side], .events = POLLOUT };

	while (count--) {
		if (poll(&p, 1, 0) != 1)
			fail("poll");
	}
}

static void run_read_end(enum side side, unsigned int count, unsigned int argument)
{
	char byte;

	while (count--) {
		if (pread(nodes[side], &byte, 1, EDU_MEMORY))
			fail("read at the end");
	}
}

static void run_open(enum side side, unsigned int count, unsigned int argument)
{
	while (count--)
		close(open_node(paths[side], O_RDWR));
}

static void run_map(enum side side, unsigned int count, unsigned int argument)
{
	while (count--) {
		char *window = mmap(NULL, EDU_WINDOW, PROT_READ, MAP_SHARED, nodes[side], 0);

		if (window == MAP_FAILED)
			fail("mmap");
		*(volatile char *)window;
		munmap(window, EDU_WINDOW);
	}
}

/* Without sleep: what the kernel does when it has nothing to do would be in it. */
static void run_factorial(enum side side, unsigned int count, unsigned int argument)
{
	struct edu_factorial f = { .n = 5 };

	while (count--) {
		if (ioctl(nodes[side], EDU_IOC_START, &f))
			fail("EDU_IOC_START");
		spin(SPIN);
		if (ioctl(nodes[side], EDU_IOC_RESULT, &f))
			fail("EDU_IOC_RESULT");
	}
}

static void run_read(enum side side, unsigned int count, unsigned int argument)
{
	char bytes[EDU_MEMORY];

	while (count--) {
		if (pread(nodes[side], bytes, sizeof(bytes), 0) != sizeof(bytes))
			fail("read");
	}
}

static void run_write(enum side side, unsigned int count, unsigned int argument)
{
	char bytes[EDU_MEMORY] = { };

	while (count--) {
		if (pwrite(nodes[side], bytes, sizeof(bytes), 0) != sizeof(bytes))
			fail("write");
	}
}

static const struct pair busy[] = {
	{ "CALL:IDENT", run_ident, 0, COUNT },
	{ "CALL:STATS", run_stats, 0, COUNT },
	{ "CALL:UNKNOWN", run_unknown, 0, COUNT },
	{ "CALL:SEEK", run_seek, 0, COUNT },
	{ "CALL:POLL", run_poll, 0, COUNT },
	{ "CALL:READ_END", run_read_end, 0, COUNT },
	{ "CALL:OPEN", run_open, 0, COUNT_SLOW },
	{ "CALL:MAP", run_map, 0, COUNT_SLOW },
};

static const struct pair sleeping[] = {
	{ "SLEEP:FACTORIAL", run_factorial, 0, 1, 2.0 * SPIN },
	{ "SLEEP:READ", run_read, 0, COUNT_DMA },
	{ "SLEEP:WRITE", run_write, 0, COUNT_DMA },
};

int main(int argc, char **argv)
{
	unsigned int rounds = argc > 1 ? atoi(argv[1]) : 0;
	size_t i;

	if (!rounds) {
		fprintf(stderr, "usage: measure-edu ROUNDS\n");
		return EXIT_FAILURE;
	}
	begin();
	make_node(OURS, "/dev/edu0");
	make_node(THEIRS, "/dev/edu_twin0");
	for (i = 0; i < ARRAY_SIZE(busy); i++)
		measure(&busy[i], rounds);
	for (i = 0; i < ARRAY_SIZE(sleeping); i++)
		measure_awake(&sleeping[i], rounds);
	return EXIT_SUCCESS;
}

// SPDX-License-Identifier: GPL-2.0
/* Instructions for what a binding does, and for making and ending it, by what it has. */
#include "measure.h"

#include "grow_uapi.h"

#define COUNT		200
#define DRIVERS		"/sys/bus/platform/drivers/"

static const char * const names[SIDES] = { "grow_ferrule", "grow_by_hand" };
static int nodes[SIDES];

static void run_nothing(enum side side, unsigned int count, unsigned int live)
{
	struct grow_find find = { };

	while (count--) {
		if (ioctl(nodes[side], GROW_IOC_NOTHING, &find))
			fail("GROW_IOC_NOTHING");
	}
}

static void run_find(enum side side, unsigned int count, unsigned int live)
{
	struct grow_find find = { .index = live - 1, .count = count };

	if (ioctl(nodes[side], GROW_IOC_FIND, &find))
		fail("GROW_IOC_FIND");
}

static void tell_driver(enum side side, const char *file)
{
	char path[128];
	int fd;

	snprintf(path, sizeof(path), DRIVERS "%s/%s", names[side], file);
	fd = open_node(path, O_WRONLY);
	if (write(fd, names[side], strlen(names[side])) < 0)
		fail(path);
	close(fd);
}

static void run_bind(enum side side, unsigned int count, unsigned int live)
{
	while (count--) {
		tell_driver(side, "unbind");
		tell_driver(side, "bind");
	}
}

int main(int argc, char **argv)
{
	unsigned int live = argc > 2 ? atoi(argv[2]) : 0, side;
	char rows[3][32];
	const struct pair pairs[] = {
		{ rows[0], run_nothing, live, COUNT },
		{ rows[1], run_find, live, COUNT },
		{ rows[2], run_bind, live, 1 },
	};

	if (!live) {
		fprintf(stderr, "usage: measure-live ROUNDS LIVE\n");
		return EXIT_FAILURE;
	}
	begin();
	snprintf(rows[0], sizeof(rows[0]), "LIVE:%u", live);
	snprintf(rows[1], sizeof(rows[1]), "FIND:%u", live);
	snprintf(rows[2], sizeof(rows[2]), "BIND:%u", live);
	for (side = 0; side < SIDES; side++) {
		char path[64];

		snprintf(path, sizeof(path), "/dev/%s0", names[side]);
		nodes[side] = open_node(path, O_RDWR);
	}
	measure(&pairs[0], atoi(argv[1]));
	measure(&pairs[1], atoi(argv[1]));
	for (side = 0; side < SIDES; side++)
		close(nodes[side]);
	measure_awake(&pairs[2], atoi(argv[1]));
	return EXIT_SUCCESS;
}

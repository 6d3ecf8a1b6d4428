// SPDX-License-Identifier: GPL-2.0
/* Instructions for one operation of the layer, and for the same by the kernel's own API. */
#include "measure.h"

#include "micro_uapi.h"

#define COUNT	200

static int nodes[SIDES];

static void run_op(enum side side, unsigned int count, unsigned int op)
{
	struct micro_run run = { .op = op, .count = count };

	if (ioctl(nodes[side], MICRO_IOC_RUN, &run))
		fail("MICRO_IOC_RUN");
}

static void run_read(enum side side, unsigned int count, unsigned int argument)
{
	struct micro_value value;

	while (count--) {
		if (read(nodes[side], &value, sizeof(value)) != sizeof(value))
			fail("read");
	}
}

static void run_write(enum side side, unsigned int count, unsigned int argument)
{
	struct micro_value value = { };

	while (count--) {
		if (write(nodes[side], &value, sizeof(value)) != sizeof(value))
			fail("write");
	}
}

#define ROW(name, fn, text)	{ "MICRO:" #name, run_op, MICRO_##name, COUNT },
static const struct pair pairs[] = {
	MICRO_OPS(ROW)
	{ "CALL:READ_64", run_read, 0, COUNT },
	{ "CALL:WRITE_64", run_write, 0, COUNT },
};

int main(int argc, char **argv)
{
	unsigned int rounds = argc > 1 ? atoi(argv[1]) : 0;

	if (!rounds) {
		fprintf(stderr, "usage: measure-micro ROUNDS\n");
		return EXIT_FAILURE;
	}
	begin();
	nodes[OURS] = open_node("/dev/micro_ferrule0", O_RDWR);
	nodes[THEIRS] = open_node("/dev/micro_raw0", O_RDWR);
	for (size_t i = 0; i < ARRAY_SIZE(pairs); i++)
		measure(&pairs[i], rounds);
	return EXIT_SUCCESS;
}

// SPDX-License-Identifier: GPL-2.0
/* The layer's faults on demand, and what it says is live: with DEBUG=1. */
#include "test.h"

#define PARAMETERS	"/sys/module/ferrule/parameters/"
#define LIVE		"/sys/kernel/debug/ferrule/live"

void need_faults(void)
{
	if (!layer_is_debug())
		skip("the layer was built without DEBUG=1");
}

void set_fault(const char *point, int nth)
{
	char number[16];

	snprintf(number, sizeof(number), "%d", nth);
	need(!write_file(PARAMETERS "fail_point", point));
	need(!write_file(PARAMETERS "fail_nth", number));
}

void no_fault(void)
{
	set_fault(ANY_POINT, 0);
}

int pending_fault(void)
{
	char number[16];

	need(!read_file(PARAMETERS "fail_nth", number, sizeof(number)));
	return atoi(number);
}

/* All lines; the one that read_file() gives is not enough. */
void read_live(char text[LIVE_SIZE])
{
	FILE *file = fopen(LIVE, "r");
	size_t n;

	need(file);
	n = fread(text, 1, LIVE_SIZE - 1, file);
	text[n] = '\0';
	fclose(file);
}

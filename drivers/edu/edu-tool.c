// SPDX-License-Identifier: GPL-2.0
/*
 * edu-tool - use QEMU's educational device from the command line
 *
 * One function a command; the table at the end names them.
 */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "edu_uapi.h"

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))
#define LAST_EXACT	12	/* 13! does not fit into 32 bits */

enum { EXIT_FAILED = 1, EXIT_USAGE, EXIT_GONE };

static const char *path = "/dev/edu0";

#define bad_usage(format, ...)							\
do {										\
	fprintf(stderr, "edu-tool: " format "; see edu-tool --help\n", ##__VA_ARGS__); \
	exit(EXIT_USAGE);							\
} while (0)

/* What the device answered: errno. */
static int device_error(void)
{
	if (errno == ENODEV) {
		fprintf(stderr, "edu-tool: %s: device is gone (ENODEV)\n", path);
		return EXIT_GONE;
	}
	fprintf(stderr, "edu-tool: %s: %s\n", path, strerror(errno));
	return EXIT_FAILED;
}

static unsigned int parse(const char *what, const char *text, unsigned int max)
{
	unsigned long long value;
	char *end;

	errno = 0;
	value = strtoull(text, &end, 0);
	if (!isdigit((unsigned char)*text) || *end)
		bad_usage("%s: '%s' is no number", what, text);
	if (errno || value > max)
		bad_usage("%s: %s is more than %u", what, text, max);
	return value;
}

static int open_device(int flags)
{
	int fd = open(path, O_RDWR | O_CLOEXEC | flags);

	if (fd < 0)
		exit(device_error());
	return fd;
}

/* Reads or writes all of it. Less than asked for, and errno 0, at the memory's end. */
static ssize_t transfer(int fd, void *data, size_t len, off_t pos, bool out)
{
	size_t done = 0;
	ssize_t n;

	errno = 0;
	while (done < len) {
		if (out)
			n = pwrite(fd, (char *)data + done, len - done, pos + done);
		else
			n = pread(fd, (char *)data + done, len - done, pos + done);
		if (n < 0)
			return -1;
		if (!n)
			break;
		done += n;
	}
	return done;
}

static void print_factorial(const struct edu_factorial *f)
{
	printf("%u! = %u%s\n", f->n, f->result, f->n > LAST_EXACT ? " (modulo 2^32)" : "");
}

static int cmd_ident(char **args)
{
	struct edu_ident ident;
	int fd = open_device(0);

	(void)args;
	if (ioctl(fd, EDU_IOC_IDENT, &ident))
		return device_error();
	printf("%s: edu device, revision %u.%u, id %#010x, %u interrupt vector%s\n", path,
	       ident.id >> 24, ident.id >> 16 & 0xff, ident.id, ident.vectors,
	       ident.vectors == 1 ? "" : "s");
	return 0;
}

static int compute(int fd, struct edu_factorial *f)
{
	return ioctl(fd, EDU_IOC_START, f) ?: ioctl(fd, EDU_IOC_RESULT, f);
}

static int cmd_factorial(char **args)
{
	struct edu_factorial f = { .n = parse("N", args[0], UINT_MAX) };
	int fd = open_device(0);

	if (compute(fd, &f))
		return device_error();
	print_factorial(&f);
	return 0;
}

static int cmd_write(char **args)
{
	unsigned int pos = parse("POS", args[0], EDU_MEMORY);
	size_t len = strlen(args[1]);
	ssize_t n;

	if (len > EDU_MEMORY - pos)
		bad_usage("TEXT: %zu bytes at %u reach beyond the device's %u", len, pos,
			  EDU_MEMORY);
	n = transfer(open_device(0), args[1], len, pos, true);
	if (n < 0)
		return device_error();
	printf("wrote %zd bytes at %u\n", n, pos);
	return 0;
}

/* As text: what cannot be printed, as it would be written in C. */
static void print_bytes(const unsigned char *bytes, size_t len)
{
	for (; len; bytes++, len--) {
		if (isprint(*bytes) && *bytes != '\\')
			putchar(*bytes);
		else
			printf("\\x%02x", *bytes);
	}
	putchar('\n');
}

static int cmd_read(char **args)
{
	unsigned int pos = parse("POS", args[0], EDU_MEMORY);
	unsigned int len = parse("LEN", args[1], EDU_MEMORY);
	unsigned char bytes[EDU_MEMORY];
	ssize_t n = transfer(open_device(0), bytes, len, pos, false);

	if (n < 0)
		return device_error();
	print_bytes(bytes, n);
	return 0;
}

static int cmd_fill(char **args)
{
	unsigned int byte = parse("BYTE", args[0], UCHAR_MAX);
	unsigned char bytes[EDU_MEMORY];

	memset(bytes, byte, sizeof(bytes));
	if (transfer(open_device(0), bytes, sizeof(bytes), 0, true) < 0)
		return device_error();
	printf("filled %u bytes with %#04x\n", EDU_MEMORY, byte);
	return 0;
}

static int cmd_verify(char **args)
{
	unsigned int byte = parse("BYTE", args[0], UCHAR_MAX);
	unsigned char bytes[EDU_MEMORY];
	ssize_t n = transfer(open_device(0), bytes, sizeof(bytes), 0, false);
	ssize_t i;

	if (n < 0)
		return device_error();
	for (i = 0; i < n; i++) {
		if (bytes[i] != byte) {
			fprintf(stderr, "edu-tool: %s: byte %zd is %#04x, not %#04x\n", path, i,
				bytes[i], byte);
			return EXIT_FAILED;
		}
	}
	printf("verified %zd bytes of %#04x\n", n, byte);
	return 0;
}

/* Starts, sleeps in poll(), fetches. -1 and errno if one of them fails. */
static int poll_factorial(int fd, struct edu_factorial *f)
{
	struct pollfd waiting = { .fd = fd, .events = POLLIN };

	if (ioctl(fd, EDU_IOC_START, f))
		return -1;
	if (poll(&waiting, 1, -1) < 0)
		return -1;
	return ioctl(fd, EDU_IOC_RESULT, f);
}

static int cmd_poll(char **args)
{
	struct edu_factorial f = { .n = parse("N", args[0], UINT_MAX) };

	if (poll_factorial(open_device(O_NONBLOCK), &f))
		return device_error();
	print_factorial(&f);
	return 0;
}

/* This file has not started anything: only the end of the device wakes it. */
static int cmd_wait(char **args)
{
	struct edu_factorial f;
	int fd = open_device(0);

	(void)args;
	if (ioctl(fd, EDU_IOC_RESULT, &f))
		return device_error();
	fprintf(stderr, "edu-tool: %s: a result of nothing\n", path);
	return EXIT_FAILED;
}

static int cmd_stats(char **args)
{
	struct edu_stats stats;
	int fd = open_device(0);

	(void)args;
	if (ioctl(fd, EDU_IOC_STATS, &stats))
		return device_error();
	printf("interrupts %llu\nfactorials %llu\ntransfers  %llu\nopens      %llu\n",
	       stats.interrupts, stats.factorials, stats.transfers, stats.opens);
	return 0;
}

static bool check_ident(int fd)
{
	struct edu_ident ident;

	return !ioctl(fd, EDU_IOC_IDENT, &ident) && (ident.id & 0xff) == 0xed && ident.vectors;
}

static bool check_factorial(int fd)
{
	struct edu_factorial f = { .n = 10 };

	return !compute(fd, &f) && f.result == 3628800;
}

static bool check_poll(int fd)
{
	struct edu_factorial f = { .n = LAST_EXACT };
	int flags = fcntl(fd, F_GETFL);
	bool ok;

	ok = !fcntl(fd, F_SETFL, flags | O_NONBLOCK) && !poll_factorial(fd, &f) &&
	     f.result == 479001600;
	return !fcntl(fd, F_SETFL, flags) && ok;
}

static void pattern(unsigned char *bytes, unsigned int seed)
{
	for (unsigned int i = 0; i < EDU_MEMORY; i++)
		bytes[i] = seed + i * 7;
}

static bool check_read_write(int fd)
{
	unsigned char out[EDU_MEMORY], in[EDU_MEMORY] = { };

	pattern(out, 1);
	return transfer(fd, out, sizeof(out), 0, true) == sizeof(out) &&
	       transfer(fd, in, sizeof(in), 0, false) == sizeof(in) &&
	       !memcmp(out, in, sizeof(in));
}

static bool check_window(int fd)
{
	struct edu_copy copy = { .len = EDU_MEMORY, .to_device = 1 };
	unsigned char expected[EDU_MEMORY];
	unsigned char *window;
	bool ok;

	window = mmap(NULL, EDU_WINDOW, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (window == MAP_FAILED)
		return false;
	pattern(expected, 2);
	memcpy(window, expected, EDU_MEMORY);
	ok = !ioctl(fd, EDU_IOC_COPY, &copy);
	memset(window, 0, EDU_WINDOW);
	copy.to_device = 0;
	ok = ok && !ioctl(fd, EDU_IOC_COPY, &copy) && !memcmp(window, expected, EDU_MEMORY);
	munmap(window, EDU_WINDOW);
	return ok;
}

static bool check_end(int fd)
{
	char byte = 0;

	return !pread(fd, &byte, 1, EDU_MEMORY) &&
	       pwrite(fd, &byte, 1, EDU_MEMORY) < 0 && errno == ENOSPC;
}

static int cmd_selftest(char **args)
{
	static const struct {
		const char *name;
		bool (*check)(int fd);
	} checks[] = {
		{ "identification", check_ident },
		{ "factorial by interrupt", check_factorial },
		{ "start, poll, fetch", check_poll },
		{ "write and read by DMA", check_read_write },
		{ "window and copy by DMA", check_window },
		{ "end of the memory", check_end },
	};
	int fd = open_device(0);
	int failed = 0;

	(void)args;
	for (size_t i = 0; i < ARRAY_SIZE(checks); i++) {
		bool ok;

		errno = 0;
		ok = checks[i].check(fd);
		printf("%-24s%s\n", checks[i].name, ok ? "ok" :
		       errno ? strerror(errno) : "wrong result");
		failed += !ok;
	}
	return failed ? EXIT_FAILED : 0;
}

static const struct command {
	const char	*name;
	int		args;
	int		(*run)(char **args);
	const char	*words;
	const char	*help;
} commands[] = {
	{ "ident",	0, cmd_ident,	"",		"what the device says it is" },
	{ "factorial",	1, cmd_factorial, " N",		"compute N!, modulo 2^32" },
	{ "write",	2, cmd_write,	" POS TEXT",	"put TEXT into the device's memory" },
	{ "read",	2, cmd_read,	" POS LEN",	"print LEN bytes of it" },
	{ "fill",	1, cmd_fill,	" BYTE",	"fill it all with BYTE" },
	{ "verify",	1, cmd_verify,	" BYTE",	"is it all BYTE?" },
	{ "poll",	1, cmd_poll,	" N",		"as factorial, sleeping in poll()" },
	{ "wait",	0, cmd_wait,	"",		"sleep until the device is gone" },
	{ "stats",	0, cmd_stats,	"",		"what the driver counted" },
	{ "selftest",	0, cmd_selftest, "",		"try everything; overwrites the memory" },
};

static void print_help(void)
{
	puts("Usage: edu-tool [-d DEVICE] COMMAND\n"
	     "\n"
	     "Use QEMU's educational device; DEVICE is /dev/edu0 if not given.\n");
	for (size_t i = 0; i < ARRAY_SIZE(commands); i++)
		printf("  %s%-*s%s\n", commands[i].name, 20 - (int)strlen(commands[i].name),
		       commands[i].words, commands[i].help);
	puts("\n"
	     "Exit status: 0; 1 if the device answers with an error or is found wrong;\n"
	     "2 for a wrong command line; 3 if the device is gone.");
}

static const struct command *find_command(char **args)
{
	int given = 0;

	if (!args[0])
		bad_usage("no command");
	while (args[given + 1])
		given++;
	for (size_t i = 0; i < ARRAY_SIZE(commands); i++) {
		if (strcmp(commands[i].name, args[0]))
			continue;
		if (given != commands[i].args)
			bad_usage("%s takes %d argument%s, not %d", args[0], commands[i].args,
				  commands[i].args == 1 ? "" : "s", given);
		return &commands[i];
	}
	bad_usage("there is no command '%s'", args[0]);
}

static int finish(int status)
{
	if (fflush(stdout) || ferror(stdout)) {
		fprintf(stderr, "edu-tool: standard output: %s\n", strerror(errno));
		return EXIT_FAILED;
	}
	return status;
}

int main(int argc, char **argv)
{
	char **args = argv + 1;

	if (argc > 1 && (!strcmp(args[0], "--help") || !strcmp(args[0], "-h"))) {
		print_help();
		return finish(0);
	}
	if (argc > 1 && !strcmp(args[0], "-d")) {
		if (argc == 2)
			bad_usage("-d wants a device");
		path = args[1];
		args += 2;
	} else if (argc > 1 && args[0][0] == '-') {
		bad_usage("there is no option '%s'", args[0]);
	}
	return finish(find_command(args)->run(args + 1));
}

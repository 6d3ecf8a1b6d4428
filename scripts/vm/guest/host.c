// SPDX-License-Identifier: GPL-2.0
/*
 * Ask the host for something through the control port, from inside the guest.
 *
 * Usage: host unplug NAME | plug NAME | note TEXT | exit STATUS
 *
 * Prints the answer if it is not "ok", and says by its exit status which of
 * the two it was. Any number of processes may ask at a time: each has the port
 * to itself until it is answered.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <termios.h>
#include <unistd.h>

#define PORT		"/dev/ttyS1"
#define TIMEOUT_MS	(90 * 1000)

static int fail(const char *what)
{
	fprintf(stderr, "host: %s: %s\n", what, strerror(errno));
	return 2;
}

static int open_port(void)
{
	struct termios raw;
	int fd = open(PORT, O_RDWR | O_NOCTTY | O_CLOEXEC);

	if (fd < 0 || flock(fd, LOCK_EX) || tcgetattr(fd, &raw))
		return -1;
	cfmakeraw(&raw);
	if (tcsetattr(fd, TCSANOW, &raw))
		return -1;
	return fd;
}

static int write_all(int fd, const char *text, size_t len)
{
	while (len) {
		ssize_t n = write(fd, text, len);

		if (n < 0)
			return -1;
		text += n;
		len -= n;
	}
	return 0;
}

static int read_line(int fd, char *line, size_t size)
{
	size_t len = 0;

	while (len < size - 1) {
		struct pollfd wait = { .fd = fd, .events = POLLIN };
		int ready = poll(&wait, 1, TIMEOUT_MS);

		if (!ready)
			errno = ETIMEDOUT;
		if (ready <= 0 || read(fd, line + len, 1) != 1)
			return -1;
		if (line[len] == '\n')
			break;
		len++;
	}
	line[len] = '\0';
	return 0;
}

int main(int argc, char **argv)
{
	char line[256];
	int fd, i;

	if (argc < 3) {
		fputs("usage: host unplug NAME | plug NAME | note TEXT | exit STATUS\n",
		      stderr);
		return 2;
	}
	fd = open_port();
	if (fd < 0)
		return fail(PORT);
	for (i = 1; i < argc; i++) {
		if (write_all(fd, argv[i], strlen(argv[i])) ||
		    write_all(fd, i + 1 < argc ? " " : "\n", 1))
			return fail(PORT);
	}
	if (read_line(fd, line, sizeof(line)))
		return fail("no answer");
	if (strcmp(line, "ok") == 0)
		return 0;
	fprintf(stderr, "host: %s\n", line);
	return 1;
}

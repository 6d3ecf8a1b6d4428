// SPDX-License-Identifier: GPL-2.0
/* Attributes, modules, other programs. */
#include "test.h"

#include <spawn.h>
#include <sys/wait.h>

static int transfer_file(const char *path, int flags, char *text, size_t size)
{
	int fd = open(path, flags | O_CLOEXEC);
	ssize_t n;
	int ret;

	if (fd < 0)
		return errno;
	n = flags == O_RDONLY ? read(fd, text, size) : write(fd, text, size);
	ret = n < 0 ? errno : 0;
	if (flags == O_RDONLY && n >= 0)
		text[n] = '\0';
	close(fd);
	return ret;
}

int read_file(const char *path, char *text, size_t size)
{
	int ret = transfer_file(path, O_RDONLY, text, size - 1);

	if (!ret)
		text[strcspn(text, "\n")] = '\0';
	return ret;
}

int write_file(const char *path, const char *text)
{
	return transfer_file(path, O_WRONLY, (char *)text, strlen(text));
}

bool run_program(const char *name, const char *verb, const char *object)
{
	char * const args[] = { (char *)name, (char *)verb, (char *)object, NULL };
	pid_t pid;
	int status;

	if (posix_spawnp(&pid, name, NULL, NULL, args, environ))
		return false;
	return waitpid(pid, &status, 0) == pid && !status;
}

int remove_module(const char *name)
{
	return syscall(SYS_delete_module, name, O_NONBLOCK);
}

bool layer_is_debug(void)
{
	return !access("/sys/module/ferrule/parameters/fail_nth", F_OK);
}

bool is_full_run(void)
{
	const char *full = getenv("FULL");

	return full && *full;
}

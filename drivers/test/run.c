// SPDX-License-Identifier: GPL-2.0
/*
 * Runs the tests of a program, one after the other.
 *
 * Prints KTAP; exit status 0 if nothing failed. With arguments, runs only the tests whose
 * names begin with one of them.
 */
#include "test.h"

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

/* For one test: what takes longer hangs. */
#define TEST_LIMIT_MS	110000

enum { TEST_OK, TEST_FAILED, TEST_SKIPPED };

static atomic_bool failed;

long long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

bool check_that(bool ok, const char *what, const char *file, int line)
{
	if (!ok) {
		note("%s:%d: not so: %s (errno %d: %s)\n", file, line, what, errno,
		     strerror(errno));
		failed = true;
	}
	return ok;
}

bool check_same(long long got, long long expected, const char *what, const char *file, int line)
{
	if (got != expected) {
		note("%s:%d: %s is %lld, not %lld (errno %d: %s)\n", file, line, what, got,
		     expected, errno, strerror(errno));
		failed = true;
	}
	return got == expected;
}

bool check_failed(long ret, int expected, const char *what, const char *file, int line)
{
	bool ok = ret == -1 && errno == expected;

	if (!ok) {
		note("%s:%d: %s returned %ld, errno %d (%s), not errno %d (%s)\n", file, line,
		     what, ret, errno, strerror(errno), expected, strerror(expected));
		failed = true;
	}
	return ok;
}

static void end_test(int status)
{
	fflush(stdout);
	_exit(status);
}

void give_up(void)
{
	end_test(TEST_FAILED);
}

void skip(const char *why)
{
	note("%s\n", why);
	end_test(failed ? TEST_FAILED : TEST_SKIPPED);
}

static pid_t start_test(const struct test *test)
{
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (!pid) {
		test->run();
		end_test(failed ? TEST_FAILED : TEST_OK);
	}
	return pid;
}

/* True if it did within that time. */
static bool process_ends(pid_t pid, int limit_ms)
{
	struct pollfd ended = { .fd = syscall(SYS_pidfd_open, pid, 0), .events = POLLIN };
	bool ok = poll(&ended, 1, limit_ms) == 1;

	close(ended.fd);
	return ok;
}

/* A process that not even SIGKILL ends: the kernel's fault, and the end of all tests. */
static void kill_test(pid_t pid)
{
	kill(pid, SIGKILL);
	if (!process_ends(pid, LIMIT_MS)) {
		puts("Bail out! A test cannot be killed");
		exit(EXIT_FAILURE);
	}
}

static int end_of_test(pid_t pid)
{
	bool hangs = !process_ends(pid, TEST_LIMIT_MS);
	int status;

	if (hangs) {
		note("it hangs\n");
		kill_test(pid);
	}
	waitpid(pid, &status, 0);
	if (hangs)
		return TEST_FAILED;
	if (WIFEXITED(status))
		return WEXITSTATUS(status);
	note("it was killed by signal %d\n", WTERMSIG(status));
	return TEST_FAILED;
}

static bool run_test(const struct test *test, int number)
{
	long long begin = now_ms();
	pid_t pid = start_test(test);
	int status = pid < 0 ? TEST_FAILED : end_of_test(pid);

	if (!test_program.restore()) {
		note("what it left cannot be put right\n");
		status = TEST_FAILED;
	}
	note("%s: %lld ms\n", test->name, now_ms() - begin);
	printf("%s %d %s%s\n", status == TEST_OK || status == TEST_SKIPPED ? "ok" : "not ok",
	       number, test->name, status == TEST_SKIPPED ? " # SKIP" : "");
	return status == TEST_OK || status == TEST_SKIPPED;
}

static bool is_wanted(const struct test *test, char **names)
{
	if (!*names)
		return true;
	for (; *names; names++) {
		if (!strncmp(test->name, *names, strlen(*names)))
			return true;
	}
	return false;
}

static int count_wanted(char **names)
{
	int count = 0;

	for (size_t i = 0; i < test_program.count; i++)
		count += is_wanted(&test_program.tests[i], names);
	return count;
}

int main(int argc, char **argv)
{
	char **names = argv + (argc > 0);
	int number = 0, passed = 0;

	setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
	printf("KTAP version 1\n1..%d\n", count_wanted(names));
	if (!test_program.begin()) {
		printf("Bail out! There must be %s\n", test_program.needs);
		return EXIT_FAILURE;
	}
	for (size_t i = 0; i < test_program.count; i++) {
		if (is_wanted(&test_program.tests[i], names))
			passed += run_test(&test_program.tests[i], ++number);
	}
	return number && passed == number ? EXIT_SUCCESS : EXIT_FAILURE;
}

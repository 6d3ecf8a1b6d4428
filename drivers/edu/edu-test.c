// SPDX-License-Identifier: GPL-2.0
/*
 * edu-test - test the edu driver from user space
 *
 * Run as root, with the driver loaded and two devices. Prints KTAP; exit status 0 if
 * nothing failed. With arguments, runs only the tests whose names begin with one of them.
 */
#include "edu-test.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>

/* For one test: what takes longer hangs. */
#define TEST_LIMIT_MS	110000

enum { TEST_OK, TEST_FAILED, TEST_SKIPPED };

static const struct test {
	const char	*name;
	void		(*run)(void);
} tests[] = {
	{ "ident", test_ident },
	{ "factorial", test_factorial },
	{ "threads", test_threads },
	{ "memory_ends", test_memory_ends },
	{ "positions", test_positions },
	{ "vectors", test_vectors },
	{ "open_modes", test_open_modes },
	{ "stats", test_stats },
	{ "ioctl_numbers", test_ioctl_numbers },
	{ "ioctl_pointers", test_ioctl_pointers },
	{ "buffer_pointers", test_buffer_pointers },
	{ "copy_arguments", test_copy_arguments },
	{ "compat_ioctl", test_compat_ioctl },
	{ "fresh_memory", test_fresh_memory },
	{ "discarded_memory", test_discarded_memory },
	{ "nonblock", test_nonblock },
	{ "poll", test_poll },
	{ "epoll", test_epoll },
	{ "unit_handover", test_unit_handover },
	{ "signal_factorial", test_signal_factorial },
	{ "signal_restart", test_signal_restart },
	{ "signal_transfer", test_signal_transfer },
	{ "signal_queue", test_signal_queue },
	{ "signal_poll", test_signal_poll },
	{ "window", test_window },
	{ "window_refused", test_window_refused },
	{ "window_fork", test_window_fork },
	{ "window_sigbus", test_window_sigbus },
	{ "window_race", test_window_race },
	{ "unbind_result", test_unbind_result },
	{ "unbind_start", test_unbind_start },
	{ "unbind_transfer", test_unbind_transfer },
	{ "unbind_poll", test_unbind_poll },
	{ "unbind_open_file", test_unbind_open_file },
	{ "unbind_cycles", test_unbind_cycles },
	{ "unbind_computing", test_unbind_computing },
	{ "rmmod", test_rmmod },
	{ "line_interrupt", test_line_interrupt },
	{ "stalled_argument", test_stalled_argument },
	{ "stalled_buffer", test_stalled_buffer },
	{ "unbind_load", test_unbind_load },
	{ "unplug_sleepers", test_unplug_sleepers },
	{ "unplug_load", test_unplug_load },
	{ "probe_fails", test_probe_fails },
	{ "probe_fails_by_name", test_probe_fails_by_name },
	{ "open_fails", test_open_fails },
	{ "transfer_fails", test_transfer_fails },
};

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

/* A process that not even SIGKILL ends: the kernel's fault, and the end of all tests. */
static void kill_test(pid_t pid)
{
	long long end = now_ms() + LIMIT_MS;

	kill(pid, SIGKILL);
	while (!waitpid(pid, NULL, WNOHANG)) {
		if (now_ms() > end) {
			puts("Bail out! A test cannot be killed");
			exit(EXIT_FAILURE);
		}
		usleep(10000);
	}
}

static int end_of_test(pid_t pid)
{
	long long end = now_ms() + TEST_LIMIT_MS;
	int status;

	while (!waitpid(pid, &status, WNOHANG)) {
		if (now_ms() > end) {
			note("it hangs\n");
			kill_test(pid);
			return TEST_FAILED;
		}
		usleep(1000);
	}
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

	if (!devices_restore()) {
		note("the devices do not come back\n");
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

	for (size_t i = 0; i < ARRAY_SIZE(tests); i++)
		count += is_wanted(&tests[i], names);
	return count;
}

int main(int argc, char **argv)
{
	char **names = argv + (argc > 0);
	int number = 0, passed = 0;

	setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
	printf("KTAP version 1\n1..%d\n", count_wanted(names));
	if (!devices_find()) {
		puts("Bail out! There must be two edu devices, with their driver loaded");
		return EXIT_FAILURE;
	}
	for (size_t i = 0; i < ARRAY_SIZE(tests); i++) {
		if (is_wanted(&tests[i], names))
			passed += run_test(&tests[i], ++number);
	}
	return number && passed == number ? EXIT_SUCCESS : EXIT_FAILURE;
}

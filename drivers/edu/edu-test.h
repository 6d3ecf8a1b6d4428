/* SPDX-License-Identifier: GPL-2.0 */
/*
 * edu-test: what its parts share.
 *
 * Each test runs in a process of its own, so that what it leaves behind when it fails
 * (threads, open files, mappings) ends with it, and one that hangs can be killed.
 */
#ifndef _EDU_TEST_H
#define _EDU_TEST_H

/* Of the C library, everything it has; so this header comes before its own. */
#define _GNU_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#include "edu_uapi.h"

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))
#define PAGE		4096
/* Nothing that is tested takes so long. */
#define LIMIT_MS	20000

/* Reporting, edu-test.c. A check that fails is reported, and the test goes on. */

#define check(condition)						\
	check_that(condition, #condition, __FILE__, __LINE__)
#define check_equal(got, expected)					\
	check_same(got, expected, #got, __FILE__, __LINE__)
/* The call returns -1 and errno is this one. */
#define check_errno(call, expected)					\
({									\
	errno = 0;							\
	check_failed((long)(call), expected, #call, __FILE__, __LINE__);	\
})
/* Without which the test makes no sense: it ends if this fails. */
#define need(condition)							\
do {									\
	if (!check(condition))						\
		give_up();						\
} while (0)
/* Looks again and again, until it is so or the limit has passed. */
#define wait_for(condition)						\
({									\
	long long __end = now_ms() + LIMIT_MS;				\
	bool __so;							\
									\
	while (!(__so = (condition)) && now_ms() < __end)		\
		usleep(500);						\
	__so;								\
})

bool check_that(bool ok, const char *what, const char *file, int line);
bool check_same(long long got, long long expected, const char *what, const char *file, int line);
bool check_failed(long ret, int expected, const char *what, const char *file, int line);
void give_up(void);
/* Ends the test: this machine cannot run it. */
void skip(const char *why);
#define note(...)	printf("# " __VA_ARGS__)
long long now_ms(void);

/* The devices under test, edu-test-device.c. */

struct device {
	char		address[16];	/* on the PCI bus */
	const char	*host_name;	/* what the machine's host calls it */
};

extern struct device devices[2];

/* False unless there are two. */
bool devices_find(void);
/* Both plugged, bound, interrupting by messages: for the next test. */
bool devices_restore(void);

/* 0 or errno. */
int device_unbind(const struct device *dev);
int device_bind(const struct device *dev);
bool device_present(const struct device *dev);
/* Puts "eduN" there. False if the device has no node. */
bool device_node(const struct device *dev, char *name, size_t size);
/* -1 and errno if there is no node, or it cannot be opened. */
int device_open(const struct device *dev, int flags);
int need_open(const struct device *dev, int flags);
bool device_ready(const struct device *dev);
/* Fills in the path of an attribute of the device. */
const char *device_attribute(const struct device *dev, const char *name, char *path, size_t size);

/* 0 or errno. */
int read_file(const char *path, char *text, size_t size);
int write_file(const char *path, const char *text);
/* True if it ends well. @object may be NULL. */
bool run_program(const char *name, const char *verb, const char *object);
/* Asks the machine's host to "unplug" or "plug" a device; true if it did. */
bool host_ask(const char *request, const char *name);
/* Is it the layer with fault points? Then so is the kernel, and all is slow. */
bool layer_is_debug(void);
/* How often to unbind where @many times are affordable with a stock kernel. */
int unbind_rounds(int many);

/* System calls that sleep, in a thread of their own, edu-test-call.c. */

struct call {
	long		args[7];	/* the number first */
	long		ret;
	int		error;		/* errno */
	atomic_int	tid;
	atomic_bool	ended;
	pthread_t	thread;
};

void call_begin(struct call *call, const long *args, size_t count);
#define call_start(call, ...)						\
	call_begin(call, (const long[]){ __VA_ARGS__ },			\
		   sizeof((const long[]){ __VA_ARGS__ }) / sizeof(long))
/* Waits until it sleeps in the kernel. False if it ended instead. */
bool call_sleeps(struct call *call);
/* Sends it a signal, whose handler says by SA_RESTART or 0 what becomes of the call. */
void call_signal(struct call *call, int flags);
/* Waits for its end, for which nothing else has to happen; ends the test if it does not. */
void call_end(struct call *call);
/* And it returned this. */
#define call_check(call, expected)					\
({									\
	call_end(call);							\
	errno = (call)->error;						\
	check_same((call)->ret, expected, #call, __FILE__, __LINE__);	\
})
#define call_check_errno(call, expected)				\
({									\
	call_end(call);							\
	errno = (call)->error;						\
	check_failed((call)->ret, expected, #call, __FILE__, __LINE__);	\
})

/* Factorials and memory, edu-test-io.c. */

__u32 factorial(__u32 n);
/* Computes one and checks the result. */
bool check_factorial(int fd, __u32 n);
void fill_pattern(unsigned char *bytes, size_t len, unsigned int seed);
bool is_pattern(const unsigned char *bytes, size_t len, unsigned int seed);

/* The window, edu-test-mmap.c. */

unsigned char *map_window(int fd);
/* False if that is SIGBUS. */
bool touch(const unsigned char *at);

/* The tests. */

void test_ident(void);
void test_factorial(void);
void test_threads(void);
void test_memory_ends(void);
void test_positions(void);
void test_vectors(void);
void test_open_modes(void);
void test_stats(void);

void test_ioctl_numbers(void);
void test_ioctl_pointers(void);
void test_buffer_pointers(void);
void test_copy_arguments(void);
void test_compat_ioctl(void);
void test_fresh_memory(void);
void test_discarded_memory(void);

void test_nonblock(void);
void test_poll(void);
void test_epoll(void);
void test_unit_handover(void);
void test_signal_factorial(void);
void test_signal_restart(void);
void test_signal_transfer(void);
void test_signal_queue(void);
void test_signal_poll(void);

void test_window(void);
void test_window_refused(void);
void test_window_fork(void);
void test_window_sigbus(void);
void test_window_race(void);

void test_unbind_result(void);
void test_unbind_start(void);
void test_unbind_transfer(void);
void test_unbind_poll(void);
void test_unbind_open_file(void);
void test_unbind_cycles(void);
void test_unbind_computing(void);
void test_rmmod(void);
void test_line_interrupt(void);
void test_stalled_argument(void);
void test_stalled_buffer(void);

void test_unbind_load(void);
void test_unplug_sleepers(void);
void test_unplug_load(void);

void test_probe_fails(void);
void test_probe_fails_by_name(void);
void test_open_fails(void);
void test_transfer_fails(void);

#endif /* _EDU_TEST_H */

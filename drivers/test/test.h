/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The frame of a driver's test program.
 *
 * Each test runs in a process of its own, so that what it leaves behind when it fails
 * (threads, open files, mappings) ends with it, and one that hangs can be killed.
 */
#ifndef _TEST_H
#define _TEST_H

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

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))
/* Nothing that is tested takes so long. */
#define LIMIT_MS	20000

/* Reporting, run.c. A check that fails is reported, and the test goes on. */

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

/* Running, run.c. */

struct test {
	const char	*name;
	void		(*run)(void);
};

/* A program's tests, and what it does for all of them; it defines this one. */
extern const struct test_program {
	const struct test	*tests;
	size_t			count;
	/* Before the first one: false if there is nothing to test, which @needs says. */
	bool			(*begin)(void);
	const char		*needs;
	/* After each: false if what it left cannot be put right for the next. */
	bool			(*restore)(void);
} test_program;

/* Files, modules and programs, file.c. 0 or errno, where it is an int. */

/* Reads the first line. */
int read_file(const char *path, char *text, size_t size);
int write_file(const char *path, const char *text);
/* True if it ends well. @verb and @object may be NULL. */
bool run_program(const char *name, const char *verb, const char *object);
/* As rmmod; never waits. -1 and errno if that fails. */
int remove_module(const char *name);
/* Is it the layer with fault points? Then so is the kernel, and all is slow. */
bool layer_is_debug(void);
/* Are things to be done as often as ever sensible? */
bool is_full_run(void);

/* The layer's faults, fault.c. */

#define LIVE_SIZE	16384
#define ANY_POINT	"\n"

/* Skips the test if the layer has none. */
void need_faults(void);
/* The @nth acquisition from now at this point fails. */
void set_fault(const char *point, int nth);
void no_fault(void);
/* How many acquisitions there are until then; 0: it has happened, or was not asked for. */
int pending_fault(void);
/* What the layer says is live. */
void read_live(char text[LIVE_SIZE]);

/* Contents, pattern.c. */

void fill_pattern(unsigned char *bytes, size_t len, unsigned int seed);
/* Notes the first byte that is not. */
bool is_pattern(const unsigned char *bytes, size_t len, unsigned int seed);

/* Mapped memory, touch.c. */

/* False if that is SIGBUS. */
bool touch(const unsigned char *at);

/* System calls that sleep, in a thread of their own, call.c. */

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

#endif /* _TEST_H */

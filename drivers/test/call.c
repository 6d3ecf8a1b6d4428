// SPDX-License-Identifier: GPL-2.0
/* System calls that sleep: made in a thread, watched from outside. */
#include "test.h"

#include <signal.h>
#include <time.h>

static void *call_thread(void *data)
{
	struct call *call = data;
	long *a = call->args;

	call->tid = gettid();
	call->ret = syscall(a[0], a[1], a[2], a[3], a[4], a[5], a[6]);
	call->error = errno;
	call->ended = true;
	return NULL;
}

void call_begin(struct call *call, const long *args, size_t count)
{
	*call = (struct call){ };
	memcpy(call->args, args, count * sizeof(*args));
	need(!pthread_create(&call->thread, NULL, call_thread, call));
}

/* The kernel names the call that a thread sleeps in, with its arguments. */
static bool is_asleep(struct call *call)
{
	unsigned long first;
	char path[64], text[256];
	long nr;

	snprintf(path, sizeof(path), "/proc/self/task/%d/syscall", call->tid);
	return !read_file(path, text, sizeof(text)) && sscanf(text, "%ld %lx", &nr, &first) == 2 &&
	       nr == call->args[0] && first == (unsigned long)call->args[1];
}

bool call_sleeps(struct call *call)
{
	return wait_for(call->ended || (call->tid && is_asleep(call))) && !call->ended;
}

static void ignore_signal(int sig)
{
	(void)sig;
}

void call_signal(struct call *call, int flags)
{
	struct sigaction action = { .sa_handler = ignore_signal, .sa_flags = flags };

	need(!sigaction(SIGUSR1, &action, NULL));
	need(!pthread_kill(call->thread, SIGUSR1));
}

void call_end(struct call *call)
{
	need(wait_for(call->ended));
	need(!pthread_join(call->thread, NULL));
}

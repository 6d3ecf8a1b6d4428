// SPDX-License-Identifier: GPL-2.0
/* Memory that may not be there any more. */
#include "test.h"

#include <setjmp.h>
#include <signal.h>

static __thread sigjmp_buf fault;

static void on_fault(int sig)
{
	siglongjmp(fault, sig);
}

bool touch(const unsigned char *at)
{
	struct sigaction action = { .sa_handler = on_fault };

	need(!sigaction(SIGBUS, &action, NULL));
	if (sigsetjmp(fault, 1))
		return false;
	asm volatile("" : : "r" (*at));
	return true;
}

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Threads that do what may wait, while the test looks on: it sees whether they sleep, sends
 * them a signal, and asks what they returned. None outlives the test.
 */
#ifndef _KUNIT_TEST_THREAD_H
#define _KUNIT_TEST_THREAD_H

#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>

#define TEST_THREAD_LIMIT_MS	10000

struct test_thread {
	struct task_struct	*task;
	int			(*fn)(void *arg);
	void			*arg;
	bool			began;
	struct completion	ended;
	int			ret;
};

static inline int test_thread_main(void *arg)
{
	struct test_thread *t = arg;

	allow_signal(SIGINT);
	WRITE_ONCE(t->began, true);
	t->ret = t->fn(t->arg);
	complete_all(&t->ended);
	return 0;
}

static inline void test_thread_signal(struct test_thread *t)
{
	send_sig(SIGINT, t->task, 1);
}

/* The signal ends the waits that a test which failed half way left behind. */
static inline void test_thread_free(struct kunit_resource *res)
{
	struct test_thread *t = res->data;

	if (!completion_done(&t->ended))
		test_thread_signal(t);
	kthread_stop(t->task);
	put_task_struct(t->task);
	kfree(t);
}

static inline int test_thread_init(struct kunit_resource *res, void *context)
{
	struct test_thread *t = kmemdup(context, sizeof(*t), GFP_KERNEL);

	if (!t)
		return -ENOMEM;
	init_completion(&t->ended);
	t->task = kthread_create(test_thread_main, t, "ferrule-test");
	if (IS_ERR(t->task)) {
		int ret = PTR_ERR(t->task);

		kfree(t);
		return ret;
	}
	get_task_struct(t->task);
	res->data = t;
	wake_up_process(t->task);
	return 0;
}

static inline struct test_thread *test_thread(struct kunit *test, int (*fn)(void *arg), void *arg)
{
	struct test_thread plan = { .fn = fn, .arg = arg };
	struct test_thread *t;

	t = kunit_alloc_resource(test, test_thread_init, test_thread_free, GFP_KERNEL, &plan);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, t);
	return t;
}

/* Waits until the thread waits for something that a signal can end. */
static inline bool test_thread_sleeps(struct test_thread *t)
{
	int ms;

	for (ms = 0; ms < TEST_THREAD_LIMIT_MS; ms++) {
		if (READ_ONCE(t->began) &&
		    READ_ONCE(t->task->__state) == TASK_INTERRUPTIBLE)
			return true;
		usleep_range(1000, 1100);
	}
	return false;
}

/* Is it still at it, after some time? For what must not have ended. */
static inline bool test_thread_goes_on(struct test_thread *t)
{
	return !wait_for_completion_timeout(&t->ended, msecs_to_jiffies(20));
}

/* What it returned; -ETIME if it does not end. */
static inline int test_thread_result(struct test_thread *t)
{
	if (!wait_for_completion_timeout(&t->ended, msecs_to_jiffies(TEST_THREAD_LIMIT_MS)))
		return -ETIME;
	return t->ret;
}

#endif /* _KUNIT_TEST_THREAD_H */

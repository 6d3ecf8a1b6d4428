// SPDX-License-Identifier: GPL-2.0
/* layer: the real one */
/* A thread's sleep where nothing may sleep, and other ways to get a thread wrong. */
#include <ferrule/lock.h>
#include <ferrule/miscdev.h>
#include <ferrule/platform.h>
#include <ferrule/thread.h>
#include <ferrule/timer.h>

struct load {
	u32 percent;
};

FE_SPINLOCK(load_lock, struct load);

struct pump {
	struct load_lock	load;
	struct fe_timer		tick;
	struct fe_thread	thread;
	struct fe_thread	spare;			/* note: unacquired-handle */
	struct fe_miscdev	node;
};

struct pump_file {
	struct fe_file		fe;
};

static void pump_run(const struct pump *pump)
{
	int ret;

	do {
		struct load *load __fe_unlock(load_lock) = fe_lock(&pump->load);	/* note: sleep-in-atomic */

		ret = fe_thread_sleep(&pump->thread, load->percent);	/* error: sleep-in-atomic */
	} while (!ret);
}

FE_THREAD(pump, thread, pump_run);

static void pump_never_asks(const struct pump *pump)
{
	int ret;

	for (;;)
		ret = fe_thread_sleep(&pump->thread, 10);	/* error: ignored-error */
}

FE_THREAD(pump, spare, pump_never_asks);

static u64 pump_tick(const struct pump *pump)
{
	return fe_thread_sleep(&pump->thread, 0) ? 0 : 1000;	/* error: sleep-in-atomic */
}

FE_TIMER(pump, tick, pump_tick);			/* note: sleep-in-atomic */

static int pump_open(const struct pump *pump, struct pump_file *file)
{
	return fe_thread_sleep(&pump->thread, 10);	/* error: wait-in-open */
}

FE_MISCDEV(pump, node, pump_file, .open = pump_open);	/* note: wait-in-open */

static int woken_by_hand(const struct pump *pump)
{
	return wake_up_process(pump->thread.task);	/* error: foreign-symbol, error: private-field */
}

static int a_second_handle(const struct pump *pump)
{
	struct fe_thread thread = pump->thread;		/* error: misplaced-pinned */

	return fe_thread_sleep(&thread, 10);
}

static int pump_probe(struct fe_dev *dev, struct pump *pump)	/* error: unacquired-handle */
{
	fe_lock_init(&pump->load);
	return pump_tick_declare(dev, pump) ?: pump_thread_declare(dev, pump) ?:
	       pump_node_declare(dev, pump, "pump");
}

static int pump_start(const struct pump *pump)
{
	return fe_thread_sleep(&pump->spare, 1);
}

FE_PLATFORM_DRIVER(pump, .probe = pump_probe, .start = pump_start);

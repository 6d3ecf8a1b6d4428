// SPDX-License-Identifier: GPL-2.0
/* layer: the real one */
/* A thread that sleeps, waits and locks, and files in debugfs. */
#include <ferrule/completion.h>
#include <ferrule/debugfs.h>
#include <ferrule/lock.h>
#include <ferrule/platform.h>
#include <ferrule/thread.h>
#include <ferrule/wait.h>

struct load {
	u32 percent;
	u32 strokes;
};

FE_MUTEX(load_lock, struct load);

struct pump {
	struct load_lock	load;
	struct fe_completion	primed;
	struct fe_waitq		changed;
	struct fe_thread	thread;
	struct fe_thread	guard;
	struct fe_debugfs	debugfs;
};

static u32 pump_stroke(const struct pump *pump)
{
	struct load *load __fe_unlock(load_lock) = fe_lock(&pump->load);

	load->strokes++;
	return load->percent;
}

static void pump_run(const struct pump *pump)
{
	if (fe_wait(&pump->primed))
		return;
	while (!fe_thread_sleep(&pump->thread, pump_stroke(pump)))
		fe_wake(&pump->changed);
}

FE_THREAD(pump, thread, pump_run);

/* It computes, and asks now and then. */
static void pump_watch(const struct pump *pump)
{
	u32 n = 0;

	while (n < 100000)
		if (!(++n % 64) && fe_thread_sleep(&pump->guard, 0))
			break;
}

FE_THREAD(pump, guard, pump_watch);

static int pump_show_strokes(const struct pump *pump, struct fe_text_out *text)
{
	struct load *load __fe_unlock(load_lock) = fe_lock_interruptible(&pump->load);

	if (IS_ERR(load))
		return PTR_ERR(load);
	fe_text_add(text, "%u\n", load->strokes);
	return 0;
}

static int pump_set_percent(const struct pump *pump, struct fe_text_in *text)
{
	u64 percent;
	int ret = fe_text_number(text, &percent) ?: fe_text_end(text);

	if (ret || percent > 100)
		return ret ?: -ERANGE;

	struct load *load __fe_unlock(load_lock) = fe_lock(&pump->load);

	load->percent = percent;
	return 0;
}

FE_DEBUGFS(pump, debugfs,
	   FE_DEBUGFS_FILE(percent, pump_show_strokes, pump_set_percent),
	   FE_DEBUGFS_FILE_RO(strokes, pump_show_strokes));

static int pump_probe(struct fe_dev *dev, struct pump *pump)
{
	fe_lock_init(&pump->load);
	return fe_completion_init(dev, &pump->primed) ?:
	       fe_waitq_init(dev, &pump->changed) ?:
	       pump_thread_declare(dev, pump) ?:
	       pump_guard_declare(dev, pump) ?:
	       pump_debugfs_declare(dev, pump);
}

static int pump_start(const struct pump *pump)
{
	fe_complete(&pump->primed);
	return 0;
}

FE_PLATFORM_DRIVER(pump, .probe = pump_probe, .start = pump_start);

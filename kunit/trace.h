/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What happened, in order, as one line of words: a test compares it as a whole, so that
 * what happened twice, too early or not at all shows.
 */
#ifndef _KUNIT_TRACE_H
#define _KUNIT_TRACE_H

#include <linux/kernel.h>
#include <linux/spinlock.h>
#include <linux/string.h>

struct trace {
	spinlock_t	lock;	/* protects what follows */
	size_t		len;
	char		text[1024];
};

#define DEFINE_TRACE(name)						\
	struct trace name = { .lock = __SPIN_LOCK_UNLOCKED("trace") }

static inline void trace_clear(struct trace *t)
{
	unsigned long flags;

	spin_lock_irqsave(&t->lock, flags);
	t->len = 0;
	t->text[0] = '\0';
	spin_unlock_irqrestore(&t->lock, flags);
}

/* Any context. */
static inline __printf(2, 3) void trace(struct trace *t, const char *fmt, ...)
{
	unsigned long flags;
	va_list args;

	spin_lock_irqsave(&t->lock, flags);
	if (t->len)
		t->len += scnprintf(t->text + t->len, sizeof(t->text) - t->len, " ");
	va_start(args, fmt);
	t->len += vscnprintf(t->text + t->len, sizeof(t->text) - t->len, fmt, args);
	va_end(args);
	spin_unlock_irqrestore(&t->lock, flags);
}

#endif /* _KUNIT_TRACE_H */

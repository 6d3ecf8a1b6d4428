/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The file "live" of the layer in debugfs, as a user reads it: only a read() from user space
 * gets through debugfs, so a program copies it to where the kernel can read it.
 */
#ifndef _KUNIT_LIVE_H
#define _KUNIT_LIVE_H

#include <kunit/test.h>
#include <linux/ctype.h>
#include <linux/umh.h>

#include "test_file.h"

#define LIVE_COPY	"/tmp/ferrule-live"
#define LIVE_MAX	16384

static inline int live_copy(void)
{
	char *argv[4] = {
		"/bin/sh", "-c", "cat /sys/kernel/debug/ferrule/live >" LIVE_COPY, NULL
	};
	char *envp[2] = { "PATH=/bin:/sbin", NULL };

	return call_usermodehelper(argv[0], argv, envp, UMH_WAIT_PROC);
}

/* What is live, as text. */
static inline char *live_text(struct kunit *test)
{
	char *text = kunit_kzalloc(test, LIVE_MAX, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, text);
	KUNIT_ASSERT_EQ(test, live_copy(), 0);
	KUNIT_ASSERT_GE(test, test_file_read(LIVE_COPY, text, LIVE_MAX), 0);
	return text;
}

/* How many lines begin with this word? */
static inline int live_count(struct kunit *test, const char *word)
{
	char *text = live_text(test), *line;
	size_t len = strlen(word);
	int n = 0;

	while ((line = strsep(&text, "\n"))) {
		line = skip_spaces(line);
		n += !strncmp(line, word, len) && isspace(line[len]);
	}
	return n;
}

#endif /* _KUNIT_LIVE_H */

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The file "live" of the layer in debugfs. The kernel cannot read() what debugfs has, so what
 * the file is made of is asked itself.
 */
#ifndef _KUNIT_LIVE_H
#define _KUNIT_LIVE_H

#include <kunit/test.h>
#include <linux/ctype.h>
#include <linux/seq_file.h>
#include <linux/uio.h>

#include "test_file.h"

#define LIVE		"/sys/kernel/debug/ferrule/live"
#define LIVE_MAX	16384

/* What is live, as text. */
static inline char *live_text(struct kunit *test)
{
	struct kvec vec = { .iov_len = LIVE_MAX - 1 };
	struct iov_iter iter;
	struct kiocb iocb;
	struct file *filp;

	vec.iov_base = kunit_kzalloc(test, LIVE_MAX, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, vec.iov_base);
	filp = filp_open(LIVE, O_RDONLY, 0);
	KUNIT_ASSERT_FALSE(test, IS_ERR(filp));
	init_sync_kiocb(&iocb, filp);
	iov_iter_kvec(&iter, READ, &vec, 1, vec.iov_len);
	KUNIT_EXPECT_GE(test, seq_read_iter(&iocb, &iter), 0);
	test_file_close(filp);
	return vec.iov_base;
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

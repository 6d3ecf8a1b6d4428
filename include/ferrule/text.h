/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Text that a user wrote to a control of the driver's, or reads from it: taken from the front,
 * a word or a number at a time, and added to at the end. No pointer into it is needed.
 */
#ifndef _FERRULE_TEXT_H
#define _FERRULE_TEXT_H

#include <linux/errno.h>
#include <linux/types.h>

#include <ferrule/annotate.h>
#include <ferrule/compat.h>

/**
 * struct fe_text_in - what a user wrote, as far as it was not taken yet
 *
 * Invariants: @at is terminated by a zero byte; it exists only during the call.
 */
struct __fe_token fe_text_in {
	const char		*at __fe_private;
};

/**
 * struct fe_text_out - what a user is going to read
 *
 * Invariants: @len is less than PAGE_SIZE, the size of @page; it exists only during the call.
 */
struct __fe_token fe_text_out {
	char			*page __fe_private;
	size_t			len __fe_private;
};

/**
 * fe_text_skip() - take a character, if it is the next one
 * @text: what the user wrote
 * @c: the character, not zero
 *
 * Context: any.
 * Return: whether it was.
 */
static inline bool fe_text_skip(struct fe_text_in *text, char c)
{
	if (!c || *text->at != c)
		return false;
	text->at++;
	return true;
}

/**
 * fe_text_expect() - take a character, which must be the next one
 * @text: what the user wrote
 * @c: the character, not zero
 *
 * Context: any.
 * Return: 0, or -EINVAL, and nothing was taken.
 */
static inline int __fe_must_check fe_text_expect(struct fe_text_in *text, char c)
{
	return fe_text_skip(text, c) ? 0 : -EINVAL;
}

/**
 * fe_text_number() - take a decimal number
 * @text: what the user wrote
 * @value: the number; untouched on error
 *
 * Context: any.
 * Return: 0; -EINVAL if there is no digit; -ERANGE if it does not fit. On error nothing was taken.
 */
int __fe_must_check fe_text_number(struct fe_text_in *text, u64 *value);

/**
 * fe_text_end() - is everything taken?
 * @text: what the user wrote
 *
 * Context: any.
 * Return: 0 if nothing but a newline is left, or -EINVAL.
 */
int __fe_must_check fe_text_end(const struct fe_text_in *text);

/**
 * fe_text_add() - add to what the user is going to read
 * @text: the text
 * @fmt: as printk()
 *
 * What a page has no room for is cut off.
 *
 * Context: any. See vscnprintf().
 */
__printf(2, 3) void fe_text_add(struct fe_text_out *text, const char *fmt, ...);

/* All that was written counts: nothing is hidden behind a zero byte. */
__fe_private bool fe_text_is_whole(const char *page, size_t len);

/*
 * The driver's part of showing and of storing a file of a device, for thunks in the driver's unit
 * that are in the gate. Yields what the file operation returns.
 */
#define __FE_TEXT_SHOW(state_t, show_, state, page_) ({			\
	static int (*const __fe_show)(const state_t *, struct fe_text_out *) \
		__fe_sleeps __fe_bound = show_;				\
	struct fe_text_out __fe_text = { .page = page_ };		\
	int __fe_ret = __fe_show(state, &__fe_text);			\
									\
	__fe_ret < 0 ? __fe_ret : (ssize_t)__fe_text.len;		\
})

#define __FE_TEXT_SET(state_t, set_, state, page_, len) ({		\
	static int (*const __fe_set)(const state_t *, struct fe_text_in *) \
		__fe_sleeps __fe_bound = set_;				\
	struct fe_text_in __fe_text = { .at = page_ };			\
	int __fe_ret = __fe_set(state, &__fe_text);			\
									\
	__fe_ret < 0 ? __fe_ret : (ssize_t)(len);			\
})

#endif /* _FERRULE_TEXT_H */

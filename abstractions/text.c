// SPDX-License-Identifier: GPL-2.0
/* Text of controls. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/overflow.h>
#include <linux/string.h>

#include <ferrule/text.h>

int fe_text_number(struct fe_text_in *text, u64 *value)
{
	const char *at = text->at;
	u64 found = 0;

	for (; *at >= '0' && *at <= '9'; at++)
		if (check_mul_overflow(found, 10ULL, &found) ||
		    check_add_overflow(found, (u64)(*at - '0'), &found))
			return -ERANGE;
	if (at == text->at)
		return -EINVAL;
	text->at = at;
	*value = found;
	return 0;
}
EXPORT_SYMBOL_GPL(fe_text_number);

int fe_text_end(const struct fe_text_in *text)
{
	return sysfs_streq(text->at, "") ? 0 : -EINVAL;
}
EXPORT_SYMBOL_GPL(fe_text_end);

void fe_text_add(struct fe_text_out *text, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	text->len += vscnprintf(text->page + text->len, PAGE_SIZE - text->len, fmt, args);
	va_end(args);
}
EXPORT_SYMBOL_GPL(fe_text_add);

bool fe_text_is_whole(const char *page, size_t len)
{
	return strlen(page) == len;
}
EXPORT_SYMBOL_GPL(fe_text_is_whole);

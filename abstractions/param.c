// SPDX-License-Identifier: GPL-2.0
/* Fields that a user sets: from text to a checked value, and back. */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/string.h>

#include <ferrule/param.h>

/* Odd is true. kstrtobool() looks at the first character only: for it, 10 is true. */
static const char *const fe_field_words[] = { "0", "1", "n", "y", "N", "Y", "off", "on" };

static int fe_field_parse(const struct fe_field *field, const char *text, u64 *value)
{
	int word;

	if (field->kind != FE_FIELD_BOOL)
		return kstrtou64(text, 0, value);
	word = sysfs_match_string(fe_field_words, text);
	if (word < 0)
		return -EINVAL;
	*value = word & 1;
	return 0;
}

int fe_field_set(const struct fe_field *field, void *config, const char *text)
{
	void *where = config + field->offset;
	u64 value;
	int ret;

	ret = fe_field_parse(field, text, &value);
	if (ret)
		return ret;
	if (value < field->min || value > field->max)
		return -ERANGE;
	if (field->fits && !field->fits(value))
		return -EINVAL;
	switch (field->kind) {
	case FE_FIELD_BOOL:
		WRITE_ONCE(*(bool *)where, value);
		break;
	case FE_FIELD_U32:
		WRITE_ONCE(*(u32 *)where, value);
		break;
	case FE_FIELD_U64:
		WRITE_ONCE(*(u64 *)where, value);
		break;
	}
	return 0;
}
EXPORT_SYMBOL_GPL(fe_field_set);

static u64 fe_field_get(const struct fe_field *field, const void *config)
{
	const void *where = config + field->offset;

	switch (field->kind) {
	case FE_FIELD_BOOL:
		return READ_ONCE(*(const bool *)where);
	case FE_FIELD_U32:
		return READ_ONCE(*(const u32 *)where);
	case FE_FIELD_U64:
		return READ_ONCE(*(const u64 *)where);
	}
	return 0;
}

int fe_field_show(const struct fe_field *field, const void *config, char *page)
{
	return scnprintf(page, PAGE_SIZE, "%llu\n", fe_field_get(field, config));
}
EXPORT_SYMBOL_GPL(fe_field_show);

/*
 * SAFETY: parse_args() calls this while the module loads, before its init and before what it
 * writes is made read-only; the permissions of 0444 keep sysfs from it afterwards.
 */
static int fe_param_set(const char *text, const struct kernel_param *kp)
{
	const struct fe_param *param = kp->arg;
	const struct fe_field *field = param->field;
	int ret = -EINVAL;

	if (!text && field->kind == FE_FIELD_BOOL)
		text = "1";
	if (text)
		ret = fe_field_set(field, param->config, text);
	if (ret == -ERANGE)
		pr_err("%s: %s=%s is out of range: %llu to %llu\n", module_name(kp->mod),
		       field->name, text, field->min, field->max);
	else if (ret)
		pr_err("%s: %s=%s is no good value\n", module_name(kp->mod), field->name,
		       text ?: "");
	return ret ? -EINVAL : 0;
}

static int fe_param_get(char *page, const struct kernel_param *kp)
{
	const struct fe_param *param = kp->arg;

	return fe_field_show(param->field, param->config, page);
}

const struct kernel_param_ops fe_param_ops = {
	.flags	= KERNEL_PARAM_OPS_FL_NOARG,
	.set	= fe_param_set,
	.get	= fe_param_get,
};
EXPORT_SYMBOL_GPL(fe_param_ops);

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Attributes: what a device shows of itself in its directory in sysfs, and what it takes.
 *
 * They are declared in probe, are there when the device works, and go before anything that their
 * handlers use: a handler that runs at unbind is waited for, and what it waits for ends with
 * -ENODEV, as does reading a file that is still open.
 */
#ifndef _FERRULE_ATTRS_H
#define _FERRULE_ATTRS_H

#include <linux/sysfs.h>

#include <ferrule/bound.h>
#include <ferrule/each.h>
#include <ferrule/text.h>

/**
 * struct fe_attrs - the attributes of a bound device
 *
 * Invariants: in sysfs from after probe until unbind.
 */
struct __fe_pinned fe_attrs {
	struct fe_res			fe __fe_private;
	const struct attribute *const	*list __fe_private;
};

/* For FE_ATTRS(). */
int __fe_must_check fe_attrs_declare(struct fe_dev *dev, struct fe_attrs *attrs __fe_acquire,
				     const struct attribute *const *list);

/**
 * FE_ATTR() - a row of FE_ATTRS(): a file that is read and written
 * @name: of the file
 * @show_: int (const struct state_ *, struct fe_text_out *): 0 or a negative errno
 * @set_: int (const struct state_ *, struct fe_text_in *): 0 or a negative errno
 *
 * Both may sleep, and several may run at once. A text with a zero byte in it is refused with
 * -EINVAL.
 */
#define FE_ATTR(name, show_, set_)	(RW, name, show_, set_)

/**
 * FE_ATTR_RO() - a row of FE_ATTRS(): a file that is read
 * @name: of the file
 * @show_: as for FE_ATTR()
 */
#define FE_ATTR_RO(name, show_)		(RO, name, show_)

/**
 * FE_ATTRS() - define the attributes of a device
 * @state_: tag of the driver's state
 * @field: the struct fe_attrs in it
 * @...: rows: FE_ATTR(), FE_ATTR_RO()
 *
 * Once in each source file. Defines state_field_declare(dev, state), to be called in probe; it
 * returns 0 or what fe_res_check() says. The binding fails with -EEXIST if the device has a file
 * of one of the names. See sysfs_create_file().
 */
#define FE_ATTRS(state_, field, ...)					\
	typedef struct state_ __fe_attrs_state_t;			\
	FE_EACH(__FE_ATTR, __VA_ARGS__)					\
									\
	static const struct attribute *const __fe_##state_##_##field##_list[] = { \
		FE_EACH(__FE_ATTR_REF, __VA_ARGS__)			\
		NULL,							\
	};								\
									\
	static int __fe_must_check					\
	state_##_##field##_declare(struct fe_dev *dev, struct state_ *state) \
	{								\
		return fe_attrs_declare(dev, &state->field,		\
					__fe_##state_##_##field##_list); \
	}								\
	struct __fe_semicolon

#define __FE_ATTR_REF(row)		__FE_ATTR_REF_IS row
#define __FE_ATTR_REF_IS(kind, name, ...)	&__fe_attr_##name.attr,

#define __FE_ATTR(row)			__FE_ATTR_IS row
#define __FE_ATTR_IS(kind, name, ...)	__FE_ATTR_##kind(name, __VA_ARGS__)

#define __FE_ATTR_RO(name, show_)					\
	__FE_ATTR_SHOW(name, show_)					\
	static struct device_attribute __fe_attr_##name =		\
		__ATTR(name, 0444, __fe_attr_show_##name, NULL);

#define __FE_ATTR_RW(name, show_, set_)					\
	__FE_ATTR_SHOW(name, show_)					\
	__FE_ATTR_STORE(name, set_)					\
	static struct device_attribute __fe_attr_##name =		\
		__ATTR(name, 0644, __fe_attr_show_##name, __fe_attr_store_##name);

/*
 * SAFETY: of the driver's data: the files are made after it was set, and sysfs waits for those in
 * them before it is forgotten.
 */
#define __FE_ATTR_SHOW(name, show_)					\
	static ssize_t __fe_attr_show_##name(struct device *dev, struct device_attribute *attr, \
					     char *page)		\
	{								\
		struct fe_bound *bound = dev_get_drvdata(dev);		\
		ssize_t ret;						\
		int gate = fe_gate_enter(bound);			\
									\
		if (gate < 0)						\
			return gate;					\
		ret = __FE_TEXT_SHOW(__fe_attrs_state_t, show_,		\
				     fe_bound_state(bound), page);	\
		fe_gate_exit(bound, gate);				\
		return ret;						\
	}

#define __FE_ATTR_STORE(name, set_)					\
	static ssize_t __fe_attr_store_##name(struct device *dev, struct device_attribute *attr, \
					      const char *page, size_t len) \
	{								\
		struct fe_bound *bound = dev_get_drvdata(dev);		\
		ssize_t ret;						\
		int gate;						\
									\
		if (!fe_text_is_whole(page, len))			\
			return -EINVAL;					\
		gate = fe_gate_enter(bound);				\
		if (gate < 0)						\
			return gate;					\
		ret = __FE_TEXT_SET(__fe_attrs_state_t, set_,		\
				    fe_bound_state(bound), page, len);	\
		fe_gate_exit(bound, gate);				\
		return ret;						\
	}

#endif /* _FERRULE_ATTRS_H */

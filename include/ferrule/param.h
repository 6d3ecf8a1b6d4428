/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a user sets: module parameters, and the configuration of a device.
 *
 * A driver has no globals, so a parameter is declared with all there is to know about it, and
 * read by a function of its name:
 *
 *	FE_PARAM(nr_devices, u32, 1, 0, 64, "devices made at load");
 *
 *	for (i = 0; i < nr_devices(); i++)
 *
 * What one device is configured with is a plain structure, each field of which gets a row of
 * the same form. Each row is a module parameter as well: what new devices begin with.
 *
 *	struct nullb_config {
 *		u32	blocksize;
 *		bool	memory_backed;
 *	};
 *
 *	FE_CONFIG(nullb_config,
 *		  FE_NUMBER(blocksize, 512, 512, 4096, "bytes of a block", fe_power_of_2),
 *		  FE_FLAG(memory_backed, false, "keep what is written"));
 *
 * A module with a parameter that is malformed or out of its range does not load. Loaded, its
 * parameters do not change: they are in memory that is read-only from then on.
 */
#ifndef _FERRULE_PARAM_H
#define _FERRULE_PARAM_H

#include <linux/build_bug.h>
#include <linux/cache.h>
#include <linux/log2.h>
#include <linux/moduleparam.h>
#include <linux/stddef.h>
#include <linux/types.h>

#include <ferrule/annotate.h>
#include <ferrule/compat.h>
#include <ferrule/each.h>

enum fe_field_kind {
	FE_FIELD_BOOL,
	FE_FIELD_U32,
	FE_FIELD_U64,
};

/* A field that a user may set: for FE_PARAM() and FE_CONFIG(). */
struct fe_field {
	const char		*name;
	enum fe_field_kind	kind;
	size_t			offset;		/* in its structure */
	u64			min, max;
	bool			(*fits)(u64 value);	/* or NULL */
};

/* A module parameter: a field, and the structure that it is in. */
struct fe_param {
	const struct fe_field	*field;
	void			*config;
};

/* What FE_CONFIG() says of a structure. */
struct fe_config {
	size_t			size;
	const void		*defaults;
};

/* Sets and shows a struct fe_param. A bool may be given without a value, and is then true. */
extern const struct kernel_param_ops fe_param_ops __fe_private;

/**
 * fe_field_set() - set a field to what a user wrote
 * @field: which
 * @config: the structure
 * @text: a number, as kstrtou64() takes it, or a truth value: 0, 1, n, y, N, Y, off or on; a
 *	newline may follow
 *
 * Context: any; the caller keeps others from writing at the same time.
 * Return: 0; -EINVAL if @text is malformed or its value does not fit; -ERANGE; on error the
 * field is what it was.
 */
__fe_private int __fe_must_check fe_field_set(const struct fe_field *field, void *config,
					      const char *text);

/**
 * fe_field_show() - a field as text
 * @field: which
 * @config: the structure
 * @page: of PAGE_SIZE
 *
 * Context: any; others may be writing the field. See scnprintf().
 * Return: the length.
 */
__fe_private int fe_field_show(const struct fe_field *field, const void *config, char *page);

/**
 * fe_power_of_2() - a check for a number that must be a power of two
 * @value: the number
 *
 * Context: any. See is_power_of_2().
 * Return: whether it is; 0 is none.
 */
static inline bool fe_power_of_2(u64 value)
{
	return is_power_of_2(value);
}

#define __fe_field_kind(x) _Generic((x),				\
	bool : FE_FIELD_BOOL,						\
	u32 : FE_FIELD_U32,						\
	u64 : FE_FIELD_U64)

#define __FE_OR_NULL(...)	__FE_OR_NULL_IS(_, ##__VA_ARGS__, NULL)
#define __FE_OR_NULL_IS(_, first, ...)	first

#define __FE_FIELD_CHECK(type, def, min_, max_)				\
	static_assert((type)(min_) == (min_) && (type)(max_) == (max_) && \
		       (def) >= (min_) && (def) <= (max_),		\
		       "the range does not fit the type, or the default not the range")

/**
 * FE_PARAM() - define a module parameter
 * @name_: of the parameter, and of the function that reads it
 * @type: bool, u32 or u64
 * @def: its value if the user says nothing
 * @min_: the least value; of a bool, false
 * @max_: the greatest value; of a bool, true
 * @what: its description, for modinfo, which adds default and range
 * @...: a check, if the range does not say all: bool (u64 value), such as fe_power_of_2
 *
 * Defines type name_(void), which may be called anywhere. At load a bad value is refused with
 * -EINVAL and a line in the log. See module_param_cb().
 */
#define FE_PARAM(name_, type, def, min_, max_, what, ...)		\
	__FE_FIELD_CHECK(type, def, min_, max_);			\
	static type name_##__fe_value __ro_after_init = (def);		\
	static const struct fe_field name_##__fe_field = {		\
		.name	= #name_,					\
		.kind	= __fe_field_kind((type)0),			\
		.min	= (min_),					\
		.max	= (max_),					\
		.fits	= __FE_OR_NULL(__VA_ARGS__),			\
	};								\
	static const struct fe_param name_##__fe_param = {		\
		.field	= &name_##__fe_field,				\
		.config	= &name_##__fe_value,				\
	};								\
	module_param_cb(name_, &fe_param_ops, (void *)&name_##__fe_param, 0444); \
	MODULE_PARM_DESC(name_, what " (default " #def ", " #min_ " to " #max_ ")"); \
									\
	static inline type name_(void)					\
	{								\
		return name_##__fe_value;				\
	}								\
	struct __fe_semicolon

/**
 * FE_NUMBER() - a row of FE_CONFIG(): a number
 * @field: of the structure: u32, u64 or an enum; also the name that users see
 * @def: its value if the user says nothing
 * @min_: the least value
 * @max_: the greatest value
 * @what: its description, to which default and range are added
 * @...: a check, if the range does not say all: bool (u64 value), such as fe_power_of_2
 */
#define FE_NUMBER(field, def, min_, max_, what, ...)			\
	(VALUE, field, #field, def, min_, max_, __FE_OR_NULL(__VA_ARGS__), \
	 what " (default " #def ", " #min_ " to " #max_ ")")

/**
 * FE_FLAG() - a row of FE_CONFIG(): yes or no
 * @field: of the structure: a bool; also the name that users see
 * @def: its value if the user says nothing
 * @what: its description, to which the default is added
 */
#define FE_FLAG(field, def, what)					\
	(VALUE, field, #field, def, false, true, NULL, what " (default " #def ")")

/**
 * FE_CONFIG() - declare what a user may set of a device's configuration
 * @config_: tag of the structure; fields without a row are zero
 * @...: FE_NUMBER() or FE_FLAG() for each field
 *
 * Each row is a module parameter, see FE_PARAM(): the value that new devices begin with. One
 * in each source file; with <ferrule/configfs.h> use FE_CONFIGFS() instead.
 */
#define FE_CONFIG(config_, ...)						\
	typedef struct config_ __fe_config_t;				\
	static __fe_config_t __fe_defaults __ro_after_init = {		\
		FE_EACH(__FE_ROW_DEFAULT, __VA_ARGS__)			\
	};								\
	FE_EACH(__FE_ROW_FIELD, __VA_ARGS__)				\
	static const struct fe_config config_##__fe_config = {		\
		.size		= sizeof(struct config_),		\
		.defaults	= &__fe_defaults,			\
	}

/* A row begins with its kind: <ferrule/configfs.h> has another one. */
#define __FE_ROW_DEFAULT(row)	__FE_ROW_DEFAULT_OF row
#define __FE_ROW_DEFAULT_OF(row_kind, ...)	__FE_ROW_DEFAULT_##row_kind(__VA_ARGS__)
#define __FE_ROW_DEFAULT_VALUE(field_, str, def, min_, max_, fits_, what) \
	.field_ = (def),

#define __FE_ROW_FIELD(row)	__FE_ROW_FIELD_OF row
#define __FE_ROW_FIELD_OF(row_kind, ...)	__FE_ROW_FIELD_##row_kind(__VA_ARGS__)
#define __FE_ROW_FIELD_VALUE(field_, str, def, min_, max_, fits_, what)	\
	__FE_FIELD_CHECK(typeof(((__fe_config_t *)0)->field_), def, min_, max_); \
	static const struct fe_field __fe_field_##field_ = {		\
		.name	= str,						\
		.kind	= __fe_field_kind(((__fe_config_t *)0)->field_), \
		.offset	= offsetof(__fe_config_t, field_),		\
		.min	= (min_),					\
		.max	= (max_),					\
		.fits	= fits_,					\
	};								\
	static const struct fe_param __fe_param_##field_ = {		\
		.field	= &__fe_field_##field_,				\
		.config	= &__fe_defaults,				\
	};								\
	module_param_cb(field_, &fe_param_ops, (void *)&__fe_param_##field_, 0444); \
	MODULE_PARM_DESC(field_, what);

#endif /* _FERRULE_PARAM_H */

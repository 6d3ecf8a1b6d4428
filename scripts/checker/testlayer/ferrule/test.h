/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the tests take for the layer: small, without the kernel's headers, so that the
 * suites run in seconds. The real headers are tested by building everything with them.
 */
#ifndef _FERRULE_TEST_H
#define _FERRULE_TEST_H

#define __must_check	__attribute__((warn_unused_result))

#include <linux/kernel.h>

#include <ferrule/annotate.h>

/* A box: made, used, and dropped at the end of its scope. */
struct test_box {
	int	value;
	int	secret __fe_private;
};

struct test_box *test_box_new(void) __fe_gives_sure;
struct test_box *test_box_try(void) __fe_gives;
void test_box_drop(struct test_box **box __fe_drop);
void test_use(const struct test_box *box);

#define __fe_test_box	__attribute__((cleanup(test_box_drop)))

/* Somebody forgot to say from whom the result borrows. */
const struct test_box *test_unclear(const struct test_box *a, const struct test_box *b);
const struct test_box *test_clear(const struct test_box *a, const struct test_box *b)
	__fe_borrows(1, 2);

/* The driver's view of a device. */
struct __fe_token test_dev {
	struct device	*dev __fe_private;
};

static inline const char *test_name(const struct test_dev *dev)
{
	return dev->dev->name;
}

/* For the layer itself. */
static inline __fe_private struct device *test_dev_raw(const struct test_dev *dev)
{
	return dev->dev;
}

void test_dev_end(struct test_dev *dev) __fe_private;
int __fe_test_internal(const struct test_dev *dev);
extern int test_debug __fe_private;

#define test_check(dev)	__fe_test_internal(dev)

#define test_info(x, fmt, ...)	_printk("%s: " fmt, (x)->dev->name, ##__VA_ARGS__)

/* A resource: lives where it was made. */
struct __fe_pinned test_irq {
	int	number __fe_private;
};

/* A cell: written through const. */
struct __fe_cell test_atomic {
	int	value __fe_private;
};

static inline __fe_trusted void test_set(const struct test_atomic *a, int value)
{
	*(int *)&a->value = value;
}

#define test_get(a)	((a)->value)

/* Declares a structure and a variable on the driver's behalf. */
#define TEST_REGS(name)							\
	struct name {							\
		unsigned long base __fe_private;			\
	};								\
	static int name##_count;					\
	static inline u32 name##_read(const struct name *regs)		\
	{								\
		u32 value;						\
									\
		asm volatile("mov %1, %0" : "=r"(value) : "r"(regs->base)); \
		return value + name##_count;				\
	}

/* Copies between user space and a variable. */
int test_user_put(const void *from __fe_to_user, size_t n) __fe_must_check;
int test_user_get(void *to __fe_from_user, size_t n) __fe_must_check;

#define test_put(value)	test_user_put(&(value), sizeof(value))
#define test_get_user(value)	test_user_get(&(value), sizeof(value))

/* Gives a driver its state, typed. */
#define TEST_STATE(state, field)					\
	static inline const struct state *state##_of(const struct test_irq *irq) \
	{								\
		return container_of(irq, struct state, field);		\
	}

#endif /* _FERRULE_TEST_H */

// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>

static void calls_the_kernel(void)
{
	msleep(1);			/* error: foreign-symbol */
}

static void through_a_macro(int n)
{
	pr_info("%d\n", n);		/* error: foreign-symbol */
}

#define LOG(n)	_printk("%d\n", n)

static void through_an_own_macro(int n)
{
	LOG(n);				/* error: foreign-symbol */
}

static unsigned long reads_a_variable(void)
{
	return jiffies;			/* error: foreign-symbol */
}

static void (*const table)(unsigned int) = msleep;	/* error: foreign-symbol */

static void takes_the_address(void)
{
	void (*sleep)(unsigned int);

	sleep = msleep;			/* error: foreign-symbol */
	sleep(1);
}

static void inline_function(const struct device *dev)
{
	dev_get_drvdata(dev);		/* error: foreign-symbol */
}

void printk_flush(void);		/* note: foreign-symbol */

static void declared_by_hand(void)
{
	printk_flush();			/* error: foreign-symbol */
}

static void variable_by_hand(void)
{
	extern int panic_timeout;	/* note: foreign-symbol */

	panic_timeout = 1;		/* error: foreign-symbol */
}

static void copies_bytes(struct test_box *to, const struct test_box *from)
{
	memcpy(to, from, sizeof(*to));	/* error: foreign-symbol */
}

static void builtin(void)
{
	__builtin_trap();		/* error: foreign-symbol */
}

static void as_an_argument(const struct test_dev *dev)
{
	test_info(dev, "%lu\n", jiffies);	/* error: foreign-symbol */
}

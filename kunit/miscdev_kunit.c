// SPDX-License-Identifier: GPL-2.0
/* Character devices: their names and numbers, when they open, and what they do by default. */
#include <kunit/test.h>

#include <ferrule/miscdev.h>
#include <ferrule/platform.h>
#include <ferrule/user.h>

#include "node.h"
#include "test_device.h"

#define BOOTH_NAME	"ferrule-booth"
/* As long as a name can be: with one digit it fills the handle. */
#define LONGEST_NAME	"ferrule-and-22-charact"

/* A driver whose first node has no operation; the others read and write all that is asked. */
struct booth {
	struct fe_miscdev	node;
	struct fe_miscdev	sized;
	struct fe_miscdev	stream;
};

struct booth_file {
	struct fe_file		fe;
};

/* What probe, start and the operations of the next test do, and saw. */
static struct booth_plan {
	const char	*name;
	bool		declares_all;
	long		opened_in_start;
	int		calls;
	loff_t		pos;
	size_t		left;
} booth_plan;

static void booth_note(loff_t pos, size_t left)
{
	booth_plan.calls++;
	booth_plan.pos = pos;
	booth_plan.left = left;
}

static ssize_t booth_read(const struct booth *booth, const struct booth_file *file,
			  struct fe_writer *to)
{
	u8 byte = 0x5a;
	int ret = 0;

	booth_note(fe_pos(to), fe_left(to));
	while (!ret && fe_left(to))
		ret = fe_put(to, byte);
	return ret ?: booth_plan.left;
}

static ssize_t booth_write(const struct booth *booth, const struct booth_file *file,
			   struct fe_reader *from)
{
	int ret = 0;
	u8 byte;

	booth_note(fe_pos(from), fe_left(from));
	while (!ret && fe_left(from))
		ret = fe_get(from, byte);
	return ret ?: booth_plan.left;
}

FE_MISCDEV(booth, node, booth_file);
FE_MISCDEV(booth, sized, booth_file, .size = 100, .read = booth_read, .write = booth_write);
FE_MISCDEV(booth, stream, booth_file, .read = booth_read, .write = booth_write);

static int booth_probe(struct fe_dev *dev, struct booth *booth)
{
	int ret = booth_node_declare(dev, booth, booth_plan.name);

	if (ret || !booth_plan.declares_all)
		return ret;
	return booth_sized_declare(dev, booth, "ferrule-sized") ?:
	       booth_stream_declare(dev, booth, "ferrule-stream");
}

static int booth_start(const struct booth *booth)
{
	struct file *filp = node_open(booth->node.name, O_RDONLY);

	booth_plan.opened_in_start = PTR_ERR_OR_ZERO(filp);
	if (!IS_ERR(filp))
		test_file_close(filp);
	return 0;
}

FE_PLATFORM_DRIVER_ONLY(booth, .probe = booth_probe, .start = booth_start);

static int booth_try(struct device *dev, const char *name)
{
	booth_plan.name = name;
	return test_bind(dev, &booth__fe_driver.fe);
}

static struct device *booth_bind(struct kunit *test)
{
	struct device *dev = test_device(test);

	KUNIT_ASSERT_EQ(test, booth_try(dev, BOOTH_NAME), 0);
	return dev;
}

static const char *booth_name(struct device *dev)
{
	return ((struct booth *)test_state(dev))->node.name;
}

static void a_node_opens_after_start(struct kunit *test)
{
	booth_bind(test);
	KUNIT_EXPECT_EQ(test, booth_plan.opened_in_start, -ENOENT);
	test_open(test, BOOTH_NAME "0", O_RDWR);
}

static void a_node_closes_with_the_device(struct kunit *test)
{
	test_unbind(booth_bind(test));
	KUNIT_EXPECT_EQ(test, PTR_ERR(node_open(BOOTH_NAME "0", O_RDWR)), -ENOENT);
}

static void a_node_belongs_to_its_device(struct kunit *test)
{
	struct device *dev = booth_bind(test);
	const struct booth *booth = test_state(dev);

	KUNIT_EXPECT_PTR_EQ(test, booth->node.misc.this_device->parent, dev);
}

static void nodes_of_a_driver_are_numbered(struct kunit *test)
{
	struct device *dev[4];
	int i;

	for (i = 0; i < 3; i++)
		dev[i] = booth_bind(test);
	KUNIT_EXPECT_STREQ(test, booth_name(dev[0]), BOOTH_NAME "0");
	KUNIT_EXPECT_STREQ(test, booth_name(dev[1]), BOOTH_NAME "1");
	KUNIT_EXPECT_STREQ(test, booth_name(dev[2]), BOOTH_NAME "2");
	/* The first free number is used again. */
	test_unbind(dev[1]);
	dev[3] = booth_bind(test);
	KUNIT_EXPECT_STREQ(test, booth_name(dev[3]), BOOTH_NAME "1");
}

static void each_kind_of_node_is_numbered_by_itself(struct kunit *test)
{
	struct device *dev = test_device(test);

	booth_bind(test);
	booth_plan.declares_all = true;
	KUNIT_ASSERT_EQ(test, booth_try(dev, BOOTH_NAME), 0);
	KUNIT_EXPECT_STREQ(test, booth_name(dev), BOOTH_NAME "1");
	test_open(test, "ferrule-sized0", O_RDWR);
}

static void a_name_that_is_too_long_is_refused(struct kunit *test)
{
	struct device *dev = test_device(test);

	KUNIT_EXPECT_EQ(test, booth_try(dev, LONGEST_NAME "x"), -ENAMETOOLONG);
	/* It kept no number. */
	KUNIT_ASSERT_EQ(test, booth_try(dev, LONGEST_NAME), 0);
	KUNIT_EXPECT_STREQ(test, booth_name(dev), LONGEST_NAME "0");
}

static const struct file_operations squatter_fops = { .owner = THIS_MODULE };

static void a_name_that_is_taken_is_refused(struct kunit *test)
{
	struct miscdevice squatter = {
		.minor	= MISC_DYNAMIC_MINOR,
		.name	= BOOTH_NAME "0",
		.fops	= &squatter_fops,
	};
	struct device *dev = test_device(test);

	KUNIT_ASSERT_EQ(test, misc_register(&squatter), 0);
	KUNIT_EXPECT_EQ(test, booth_try(dev, BOOTH_NAME), -EEXIST);
	misc_deregister(&squatter);
	KUNIT_EXPECT_EQ(test, booth_try(dev, BOOTH_NAME), 0);
	KUNIT_EXPECT_STREQ(test, booth_name(dev), BOOTH_NAME "0");
}

/* Declares the same handle twice, with operations of its own. */
static int stutter_probe(struct fe_dev *dev, void *state)
{
	struct booth *booth = state;
	int ret = booth_node_declare(dev, booth, BOOTH_NAME);

	return ret ?: booth_node_declare(dev, booth, BOOTH_NAME);
}

static void a_node_is_declared_once(struct kunit *test)
{
	static const struct fe_driver stutter = {
		.name = "stutter", .state_size = sizeof(struct booth), .probe = stutter_probe,
	};

	KUNIT_EXPECT_EQ(test, test_bind(test_device(test), &stutter), -EBUSY);
	/* The first declaration was undone, its number included. */
	KUNIT_EXPECT_STREQ(test, booth_name(booth_bind(test)), BOOTH_NAME "0");
}

static void operations_that_a_node_does_not_have(struct kunit *test)
{
	struct file *filp;
	loff_t pos = 0;
	char byte = 0;

	booth_bind(test);
	filp = test_open(test, BOOTH_NAME "0", O_RDWR);
	KUNIT_EXPECT_EQ(test, kernel_read(filp, &byte, 1, &pos), -EINVAL);
	KUNIT_EXPECT_EQ(test, kernel_write(filp, &byte, 1, &pos), -EINVAL);
	KUNIT_EXPECT_EQ(test, vfs_ioctl(filp, 0, 0), -ENOTTY);
	KUNIT_EXPECT_EQ(test, vfs_llseek(filp, 0, SEEK_SET), -ESPIPE);
	KUNIT_EXPECT_EQ(test, (__force int)vfs_poll(filp, NULL), (__force int)DEFAULT_POLLMASK);
}

static void a_node_with_a_size_has_a_position(struct kunit *test)
{
	struct device *dev = test_device(test);
	struct file *filp;

	booth_plan.declares_all = true;
	KUNIT_ASSERT_EQ(test, booth_try(dev, BOOTH_NAME), 0);
	filp = test_open(test, "ferrule-sized0", O_RDWR);
	KUNIT_EXPECT_EQ(test, vfs_llseek(filp, 10, SEEK_SET), 10);
	KUNIT_EXPECT_EQ(test, vfs_llseek(filp, -1, SEEK_CUR), 9);
	KUNIT_EXPECT_EQ(test, vfs_llseek(filp, 0, SEEK_END), 100);
	KUNIT_EXPECT_EQ(test, vfs_llseek(filp, 1, SEEK_END), -EINVAL);
	KUNIT_EXPECT_EQ(test, vfs_llseek(filp, -1, SEEK_SET), -EINVAL);
}

static const struct span_case {
	loff_t	pos;
	size_t	len;
	ssize_t	read, write;	/* what these return … */
	size_t	left;		/* … and what the handler saw; 0: it was not called */
} span_cases[] = {
	{ 0, 1, 1, 1, 1 },
	{ 0, 100, 100, 100, 100 },
	{ 0, 101, 100, 100, 100 },
	{ 99, 1, 1, 1, 1 },
	{ 99, 200, 1, 1, 1 },
	{ 100, 1, 0, -ENOSPC, 0 },
	{ 101, 1, 0, -ENOSPC, 0 },
	{ LLONG_MAX - 200, 200, 0, -ENOSPC, 0 },
	{ 0, 0, 0, 0, 0 },
	{ 100, 0, 0, 0, 0 },
};

static void span_case_name(const struct span_case *c, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%zu bytes at %lld", c->len, c->pos);
}

KUNIT_ARRAY_PARAM(span, span_cases, span_case_name);

static void expect_span(struct kunit *test, const struct span_case *c, ssize_t got, ssize_t want,
			loff_t pos)
{
	KUNIT_EXPECT_EQ(test, got, want);
	KUNIT_EXPECT_EQ(test, booth_plan.calls, !!c->left);
	if (c->left) {
		KUNIT_EXPECT_EQ(test, booth_plan.pos, c->pos);
		KUNIT_EXPECT_EQ(test, booth_plan.left, c->left);
	}
	KUNIT_EXPECT_EQ(test, pos, c->pos + max_t(ssize_t, want, 0));
	booth_plan.calls = 0;
}

static void calls_are_kept_within_the_size(struct kunit *test)
{
	const struct span_case *c = test->param_value;
	struct device *dev = test_device(test);
	loff_t pos = c->pos;
	u8 bytes[200] = { };
	struct file *filp;
	ssize_t ret;

	booth_plan.declares_all = true;
	KUNIT_ASSERT_EQ(test, booth_try(dev, BOOTH_NAME), 0);
	filp = test_open(test, "ferrule-sized0", O_RDWR);
	ret = kernel_read(filp, bytes, c->len, &pos);
	expect_span(test, c, ret, c->read, pos);
	pos = c->pos;
	ret = kernel_write(filp, bytes, c->len, &pos);
	expect_span(test, c, ret, c->write, pos);
}

static void a_stream_has_no_end(struct kunit *test)
{
	struct device *dev = test_device(test);
	u8 bytes[200] = { };
	struct file *filp;

	booth_plan.declares_all = true;
	KUNIT_ASSERT_EQ(test, booth_try(dev, BOOTH_NAME), 0);
	filp = test_open(test, "ferrule-stream0", O_RDWR);
	KUNIT_EXPECT_EQ(test, vfs_llseek(filp, 0, SEEK_SET), -ESPIPE);
	KUNIT_EXPECT_EQ(test, kernel_read(filp, bytes, sizeof(bytes), NULL), sizeof(bytes));
	KUNIT_EXPECT_EQ(test, bytes[199], 0x5a);
	KUNIT_EXPECT_EQ(test, kernel_write(filp, bytes, sizeof(bytes), NULL), sizeof(bytes));
	KUNIT_EXPECT_EQ(test, booth_plan.left, sizeof(bytes));
}

static int miscdev_test_init(struct kunit *test)
{
	booth_plan = (struct booth_plan){ };
	return 0;
}

static struct kunit_case miscdev_test_cases[] = {
	KUNIT_CASE(a_node_opens_after_start),
	KUNIT_CASE(a_node_closes_with_the_device),
	KUNIT_CASE(a_node_belongs_to_its_device),
	KUNIT_CASE(nodes_of_a_driver_are_numbered),
	KUNIT_CASE(each_kind_of_node_is_numbered_by_itself),
	KUNIT_CASE(a_name_that_is_too_long_is_refused),
	KUNIT_CASE(a_name_that_is_taken_is_refused),
	KUNIT_CASE(a_node_is_declared_once),
	KUNIT_CASE(operations_that_a_node_does_not_have),
	KUNIT_CASE(a_node_with_a_size_has_a_position),
	KUNIT_CASE_PARAM(calls_are_kept_within_the_size, span_gen_params),
	KUNIT_CASE(a_stream_has_no_end),
	{}
};

static struct kunit_suite miscdev_test_suite = {
	.name		= "miscdev",
	.init		= miscdev_test_init,
	.test_cases	= miscdev_test_cases,
};

kunit_test_suite(miscdev_test_suite);

MODULE_DESCRIPTION("KUnit tests of Ferrule's character devices");
MODULE_LICENSE("GPL");

// SPDX-License-Identifier: GPL-2.0
/*
 * The ioctl router, as far as it can be seen without user memory: which command reaches which
 * handler, what checks say, and what happens to an argument that cannot be copied.
 */
#include <kunit/test.h>
#include <linux/cred.h>

#include <ferrule/ioctl.h>
#include <ferrule/miscdev.h>
#include <ferrule/platform.h>

#include "node.h"
#include "test_device.h"
#include "trace.h"

#define SWITCHBOARD	"ferrule-switchboard0"

static DEFINE_TRACE(events);

struct switchboard {
	struct fe_miscdev	node;
};

struct switchboard_file {
	struct fe_file		fe;
};

struct nothing { };

#define IOC_CALL	_IO('s', 0)
#define IOC_WRITERS	_IO('s', 1)
#define IOC_ADMINS	_IO('s', 2)
#define IOC_FRIENDS	_IO('s', 3)
#define IOC_BOTH	_IO('s', 4)
#define IOC_GET		_IOR('s', 5, u64)
#define IOC_SET		_IOW('s', 6, u64)

static int call_ret, friends_ret;

static int switchboard_call(const struct switchboard *s, const struct switchboard_file *file,
			    struct nothing *arg)
{
	trace(&events, "call");
	return call_ret;
}

static int switchboard_number(const struct switchboard *s, const struct switchboard_file *file,
			      u64 *arg)
{
	trace(&events, "number:%llu", *arg);
	return call_ret;
}

static int switchboard_friends(const struct switchboard *s, const struct switchboard_file *file)
{
	trace(&events, "friends");
	return friends_ret;
}

FE_IOCTLS(switchboard_ioctl, switchboard, switchboard_file,
	  (IOC_CALL, struct nothing, switchboard_call),
	  (IOC_WRITERS, struct nothing, switchboard_call, FE_NEED_WRITE),
	  (IOC_ADMINS, struct nothing, switchboard_call, FE_NEED_CAP(CAP_SYS_ADMIN)),
	  (IOC_FRIENDS, struct nothing, switchboard_call, FE_NEED(switchboard_friends)),
	  (IOC_BOTH, struct nothing, switchboard_call,
	   FE_BOTH(FE_NEED_WRITE, FE_NEED(switchboard_friends))),
	  (IOC_GET, u64, switchboard_number),
	  (IOC_SET, u64, switchboard_number));

FE_MISCDEV(switchboard, node, switchboard_file, .ioctl = switchboard_ioctl);

static int switchboard_probe(struct fe_dev *dev, struct switchboard *s)
{
	return switchboard_node_declare(dev, s, "ferrule-switchboard");
}

FE_PLATFORM_DRIVER_ONLY(switchboard, .probe = switchboard_probe);

static struct file *switchboard_open(struct kunit *test, int flags)
{
	KUNIT_ASSERT_EQ(test, test_bind(test_device(test), &switchboard__fe_driver.fe), 0);
	return test_open(test, SWITCHBOARD, flags);
}

static void a_command_reaches_its_handler(struct kunit *test)
{
	struct file *filp = switchboard_open(test, O_RDWR);

	KUNIT_EXPECT_EQ(test, vfs_ioctl(filp, IOC_CALL, 0), 0);
	call_ret = 12345;
	KUNIT_EXPECT_EQ(test, vfs_ioctl(filp, IOC_CALL, 0), 12345);
	call_ret = -EXDEV;
	KUNIT_EXPECT_EQ(test, vfs_ioctl(filp, IOC_CALL, 0), -EXDEV);
	KUNIT_EXPECT_STREQ(test, events.text, "call call call");
}

static const unsigned int strangers[] = {
	0, UINT_MAX, _IO('s', 7), _IO('t', 0), _IOR('s', 0, u64), _IOW('s', 5, u64),
	_IOWR('s', 5, u64), _IOR('s', 5, u32), _IOR('s', 6, u64), _IOW('s', 6, u8),
};

static void stranger_name(const unsigned int *cmd, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%#x", *cmd);
}

KUNIT_ARRAY_PARAM(stranger, strangers, stranger_name);

static void number_size_and_direction_must_be_the_commands(struct kunit *test)
{
	struct file *filp = switchboard_open(test, O_RDWR);

	KUNIT_EXPECT_EQ(test, vfs_ioctl(filp, *(const unsigned int *)test->param_value, 0),
			-ENOTTY);
	KUNIT_EXPECT_STREQ(test, events.text, "");
}

static void an_argument_that_cannot_be_read_reaches_no_handler(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, vfs_ioctl(switchboard_open(test, O_RDWR), IOC_SET, 0), -EFAULT);
	KUNIT_EXPECT_STREQ(test, events.text, "");
}

static void an_argument_that_is_only_read_begins_zeroed(struct kunit *test)
{
	/* … and cannot be written to the address 0. */
	KUNIT_EXPECT_EQ(test, vfs_ioctl(switchboard_open(test, O_RDWR), IOC_GET, 0), -EFAULT);
	KUNIT_EXPECT_STREQ(test, events.text, "number:0");
}

static void an_error_is_not_hidden_by_the_copy(struct kunit *test)
{
	call_ret = -EXDEV;
	KUNIT_EXPECT_EQ(test, vfs_ioctl(switchboard_open(test, O_RDWR), IOC_GET, 0), -EXDEV);
}

static void a_command_for_writers_needs_an_open_for_writing(struct kunit *test)
{
	struct file *reader = switchboard_open(test, O_RDONLY);
	struct file *writer = test_open(test, SWITCHBOARD, O_WRONLY);

	KUNIT_EXPECT_EQ(test, vfs_ioctl(reader, IOC_WRITERS, 0), -EBADF);
	KUNIT_EXPECT_STREQ(test, events.text, "");
	KUNIT_EXPECT_EQ(test, vfs_ioctl(writer, IOC_WRITERS, 0), 0);
}

static long ioctl_without_capability(struct file *filp, unsigned int cmd, int cap)
{
	struct cred *cred = prepare_creds();
	const struct cred *old;
	long ret;

	if (!cred)
		return -ENOMEM;
	cap_lower(cred->cap_effective, cap);
	old = override_creds(cred);
	ret = vfs_ioctl(filp, cmd, 0);
	revert_creds(old);
	put_cred(cred);
	return ret;
}

static void a_command_can_need_a_capability(struct kunit *test)
{
	struct file *filp = switchboard_open(test, O_RDWR);

	KUNIT_EXPECT_EQ(test, vfs_ioctl(filp, IOC_ADMINS, 0), 0);
	KUNIT_EXPECT_EQ(test, ioctl_without_capability(filp, IOC_ADMINS, CAP_SYS_ADMIN), -EPERM);
	KUNIT_EXPECT_EQ(test, ioctl_without_capability(filp, IOC_ADMINS, CAP_NET_ADMIN), 0);
	KUNIT_EXPECT_STREQ(test, events.text, "call call");
}

static void a_command_can_need_what_the_driver_says(struct kunit *test)
{
	struct file *filp = switchboard_open(test, O_RDWR);

	KUNIT_EXPECT_EQ(test, vfs_ioctl(filp, IOC_FRIENDS, 0), 0);
	friends_ret = -EKEYREJECTED;
	KUNIT_EXPECT_EQ(test, vfs_ioctl(filp, IOC_FRIENDS, 0), -EKEYREJECTED);
	KUNIT_EXPECT_STREQ(test, events.text, "friends call friends");
}

static void the_first_of_two_checks_comes_first(struct kunit *test)
{
	struct file *reader = switchboard_open(test, O_RDONLY);
	struct file *writer = test_open(test, SWITCHBOARD, O_WRONLY);

	friends_ret = -EKEYREJECTED;
	KUNIT_EXPECT_EQ(test, vfs_ioctl(reader, IOC_BOTH, 0), -EBADF);
	KUNIT_EXPECT_STREQ(test, events.text, "");
	KUNIT_EXPECT_EQ(test, vfs_ioctl(writer, IOC_BOTH, 0), -EKEYREJECTED);
	friends_ret = 0;
	KUNIT_EXPECT_EQ(test, vfs_ioctl(writer, IOC_BOTH, 0), 0);
	KUNIT_EXPECT_STREQ(test, events.text, "friends friends call");
}

static int ioctl_test_init(struct kunit *test)
{
	call_ret = 0;
	friends_ret = 0;
	trace_clear(&events);
	return 0;
}

static struct kunit_case ioctl_test_cases[] = {
	KUNIT_CASE(a_command_reaches_its_handler),
	KUNIT_CASE_PARAM(number_size_and_direction_must_be_the_commands, stranger_gen_params),
	KUNIT_CASE(an_argument_that_cannot_be_read_reaches_no_handler),
	KUNIT_CASE(an_argument_that_is_only_read_begins_zeroed),
	KUNIT_CASE(an_error_is_not_hidden_by_the_copy),
	KUNIT_CASE(a_command_for_writers_needs_an_open_for_writing),
	KUNIT_CASE(a_command_can_need_a_capability),
	KUNIT_CASE(a_command_can_need_what_the_driver_says),
	KUNIT_CASE(the_first_of_two_checks_comes_first),
	{}
};

static struct kunit_suite ioctl_test_suite = {
	.name		= "ioctl",
	.init		= ioctl_test_init,
	.test_cases	= ioctl_test_cases,
};

kunit_test_suite(ioctl_test_suite);

MODULE_DESCRIPTION("KUnit tests of Ferrule's ioctl router");
MODULE_LICENSE("GPL");

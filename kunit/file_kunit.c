// SPDX-License-Identifier: GPL-2.0
/*
 * Open files: what each operation answers before, during and after unbind, and that the
 * driver's release runs once, whichever of close and unbind is first.
 */
#include <kunit/test.h>

#include <ferrule/atomic.h>
#include <ferrule/miscdev.h>
#include <ferrule/platform.h>
#include <ferrule/user.h>
#include <ferrule/wait.h>

#include "fault.h"
#include "node.h"
#include "test_device.h"
#include "test_thread.h"
#include "trace.h"

#define DESK	"ferrule-desk0"

static DEFINE_TRACE(events);

/* A driver whose read waits for fe_count(&desk->letters). */
struct desk {
	struct fe_counter	letters;
	struct fe_counter	opens;
	struct fe_waitq		arrival;
	struct fe_miscdev	node;
};

struct desk_file {
	struct fe_file		fe;
	u32			dirt[8];
	u64			number;
};

/* What the handlers of the next test do. */
static struct desk_plan {
	int			open_ret;
	int			read_ret;	/* instead of waiting */
	struct completion	*opening;	/* open says that it runs, … */
	struct completion	*may_open;	/* … and goes on when it may */
} desk_plan;

static int desk_open(const struct desk *desk, struct desk_file *file)
{
	trace(&events, "open");
	if (memchr_inv(file->dirt, 0, sizeof(file->dirt)))
		trace(&events, "dirty");
	memset(file->dirt, 0xff, sizeof(file->dirt));
	if (desk_plan.opening) {
		complete(desk_plan.opening);
		wait_for_completion(desk_plan.may_open);
	}
	file->number = fe_count_next(&desk->opens);
	return desk_plan.open_ret;
}

static void desk_release(const struct desk *desk, struct desk_file *file)
{
	if (fe_nonblock(&file->fe))
		trace(&events, "nonblock");
	trace(&events, "release:%llu", file->number);
}

static void desk_drop(struct desk_file *file __fe_drop)
{
	trace(&events, "drop:%llu", file->number);
}

static int desk_look(const struct desk *desk)
{
	return READ_ONCE(desk_plan.read_ret) ?: fe_counted(&desk->letters) ? 0 : -EAGAIN;
}

static ssize_t desk_read(const struct desk *desk, const struct desk_file *file,
			 struct fe_writer *to)
{
	u32 number = file->number;
	int ret;

	ret = fe_retry(&desk->arrival, &file->fe, desk_look(desk)) ?: fe_put(to, number);
	return ret ?: sizeof(number);
}

static ssize_t desk_write(const struct desk *desk, const struct desk_file *file,
			  struct fe_reader *from)
{
	u32 letter;
	int ret = fe_get(from, letter);

	if (ret)
		return ret;
	fe_count_by(&desk->letters, letter);
	fe_wake(&desk->arrival);
	return sizeof(letter);
}

static __poll_t desk_poll(const struct desk *desk, const struct desk_file *file,
			  struct fe_poll *p)
{
	fe_poll_wait(p, &desk->arrival);
	return fe_counted(&desk->letters) ? EPOLLIN : 0;
}

FE_MISCDEV(desk, node, desk_file,
	   .size	= 100,
	   .open	= desk_open,
	   .release	= desk_release,
	   .drop	= desk_drop,
	   .read	= desk_read,
	   .write	= desk_write,
	   .poll	= desk_poll);

static int desk_probe(struct fe_dev *dev, struct desk *desk)
{
	int ret = fe_waitq_init(dev, &desk->arrival);

	return ret ?: desk_node_declare(dev, desk, "ferrule-desk");
}

static void desk_quiesce(struct desk *desk)
{
	trace(&events, "quiesce");
}

FE_PLATFORM_DRIVER_ONLY(desk, .probe = desk_probe, .quiesce = desk_quiesce);

static struct device *desk_bind(struct kunit *test)
{
	return test_device_of(test, &desk__fe_driver.fe);
}

static ssize_t read_number(struct file *filp)
{
	u32 number = 0;
	loff_t pos = 0;
	ssize_t ret = kernel_read(filp, &number, sizeof(number), &pos);

	if (ret < 0)
		return ret;
	return ret == sizeof(number) && pos == ret ? number : -EIO;
}

static int read_number_thread(void *filp)
{
	return read_number(filp);
}

static ssize_t send_letter(struct file *filp)
{
	u32 letter = 1;
	loff_t pos = 0;

	return kernel_write(filp, &letter, sizeof(letter), &pos);
}

static void close_runs_release_then_drop(struct kunit *test)
{
	struct file *filp;

	desk_bind(test);
	filp = test_open(test, DESK, O_RDWR);
	test_close(test, filp);
	KUNIT_EXPECT_STREQ(test, events.text, "open release:1 drop:1");
}

static void each_open_begins_with_a_zeroed_state_of_its_own(struct kunit *test)
{
	struct file *one, *other;

	desk_bind(test);
	one = test_open(test, DESK, O_RDWR);
	other = test_open(test, DESK, O_RDWR);
	KUNIT_EXPECT_EQ(test, send_letter(one), sizeof(u32));
	KUNIT_EXPECT_EQ(test, read_number(one), 1);
	KUNIT_EXPECT_EQ(test, read_number(other), 2);
	test_close(test, one);
	test_open(test, DESK, O_RDWR);
	KUNIT_EXPECT_STREQ(test, events.text, "open open release:1 drop:1 open");
}

static void a_failed_open_is_dropped_and_not_released(struct kunit *test)
{
	struct device *dev = desk_bind(test);

	desk_plan.open_ret = -EBADMSG;
	KUNIT_EXPECT_EQ(test, PTR_ERR(node_open(DESK, O_RDWR)), -EBADMSG);
	KUNIT_EXPECT_STREQ(test, events.text, "open drop:1");
	test_unbind(dev);
	KUNIT_EXPECT_STREQ(test, events.text, "open drop:1 quiesce");
}

static void a_fault_in_open_reaches_no_handler(struct kunit *test)
{
	desk_bind(test);
	fault_set(test, "file", 1);
	KUNIT_EXPECT_EQ(test, PTR_ERR(node_open(DESK, O_RDWR)), -ENOMEM);
	KUNIT_EXPECT_TRUE(test, fault_was_hit());
	KUNIT_EXPECT_STREQ(test, events.text, "");
	test_open(test, DESK, O_RDWR);
}

static void unbind_releases_every_open_file_once(struct kunit *test)
{
	struct device *dev = desk_bind(test);
	struct file *one, *other;

	one = test_open(test, DESK, O_RDWR);
	other = test_open(test, DESK, O_RDWR);
	trace_clear(&events);
	test_unbind(dev);
	KUNIT_EXPECT_STREQ(test, events.text, "release:1 drop:1 release:2 drop:2 quiesce");
	test_close(test, one);
	test_close(test, other);
	KUNIT_EXPECT_STREQ(test, events.text, "release:1 drop:1 release:2 drop:2 quiesce");
}

/* At unbind the file may be closed, and gone, while its release runs. */
static void release_does_not_look_at_the_file(struct kunit *test)
{
	struct device *dev = desk_bind(test);
	struct file *filp = test_open(test, DESK, O_RDWR | O_NONBLOCK);

	test_open(test, DESK, O_RDWR | O_NONBLOCK);
	trace_clear(&events);
	test_close(test, filp);
	KUNIT_EXPECT_STREQ(test, events.text, "release:1 drop:1");
	test_unbind(dev);
	KUNIT_EXPECT_STREQ(test, events.text, "release:1 drop:1 release:2 drop:2 quiesce");
}

static void after_unbind_every_operation_answers_enodev(struct kunit *test)
{
	struct device *dev = desk_bind(test);
	struct file *filp = test_open(test, DESK, O_RDWR);

	test_unbind(dev);
	KUNIT_EXPECT_EQ(test, read_number(filp), -ENODEV);
	KUNIT_EXPECT_EQ(test, send_letter(filp), -ENODEV);
	KUNIT_EXPECT_EQ(test, vfs_ioctl(filp, 0, 0), -ENODEV);
	KUNIT_EXPECT_EQ(test, vfs_llseek(filp, 0, SEEK_SET), -ENODEV);
	KUNIT_EXPECT_EQ(test, (__force int)vfs_poll(filp, NULL),
			(__force int)(EPOLLHUP | EPOLLERR));
	KUNIT_EXPECT_EQ(test, PTR_ERR(node_open(DESK, O_RDWR)), -ENOENT);
}

static void memory_and_device_stay_until_the_last_close(struct kunit *test)
{
	struct device *dev = test_device(test);
	unsigned int refs = kref_read(&dev->kobj.kref);
	int pins = module_refcount(THIS_MODULE);
	struct file *one, *other;

	KUNIT_ASSERT_EQ(test, test_bind(dev, &desk__fe_driver.fe), 0);
	one = test_open(test, DESK, O_RDWR);
	other = test_open(test, DESK, O_RDWR);
	test_unbind(dev);
	KUNIT_EXPECT_EQ(test, module_refcount(THIS_MODULE), pins + 2);
	KUNIT_EXPECT_EQ(test, kref_read(&dev->kobj.kref), refs + 1);
	test_close(test, one);
	KUNIT_EXPECT_EQ(test, read_number(other), -ENODEV);
	KUNIT_EXPECT_EQ(test, kref_read(&dev->kobj.kref), refs + 1);
	test_close(test, other);
	KUNIT_EXPECT_EQ(test, kref_read(&dev->kobj.kref), refs);
	KUNIT_EXPECT_EQ(test, module_refcount(THIS_MODULE), pins);
}

static void an_old_file_does_not_reach_a_new_binding(struct kunit *test)
{
	struct device *dev = desk_bind(test);
	struct file *old = test_open(test, DESK, O_RDWR);
	struct file *new;

	test_unbind(dev);
	KUNIT_ASSERT_EQ(test, test_bind(dev, &desk__fe_driver.fe), 0);
	new = test_open(test, DESK, O_RDWR);
	KUNIT_EXPECT_EQ(test, send_letter(old), -ENODEV);
	KUNIT_EXPECT_EQ(test, send_letter(new), sizeof(u32));
	KUNIT_EXPECT_EQ(test, read_number(new), 1);
	trace_clear(&events);
	test_close(test, old);
	KUNIT_EXPECT_STREQ(test, events.text, "");
}

static void a_sleeping_reader_is_woken_by_unbind(struct kunit *test)
{
	struct device *dev = desk_bind(test);
	struct file *filp = test_open(test, DESK, O_RDWR);
	struct test_thread *reader = test_thread(test, read_number_thread, filp);
	struct test_thread *unbinding;

	KUNIT_EXPECT_TRUE(test, test_thread_sleeps(reader));
	unbinding = test_unbind_thread(test, dev);
	KUNIT_EXPECT_EQ(test, test_thread_result(reader), -ENODEV);
	KUNIT_EXPECT_EQ(test, test_thread_result(unbinding), 0);
}

static void a_sleeping_reader_is_woken_by_what_it_waits_for(struct kunit *test)
{
	struct file *filp;
	struct test_thread *reader;

	desk_bind(test);
	filp = test_open(test, DESK, O_RDWR);
	reader = test_thread(test, read_number_thread, filp);
	KUNIT_EXPECT_TRUE(test, test_thread_sleeps(reader));
	KUNIT_EXPECT_EQ(test, send_letter(filp), sizeof(u32));
	KUNIT_EXPECT_EQ(test, test_thread_result(reader), 1);
}

static void a_signal_ends_a_sleeping_read(struct kunit *test)
{
	struct test_thread *reader;

	desk_bind(test);
	reader = test_thread(test, read_number_thread, test_open(test, DESK, O_RDWR));
	KUNIT_EXPECT_TRUE(test, test_thread_sleeps(reader));
	test_thread_signal(reader);
	KUNIT_EXPECT_EQ(test, test_thread_result(reader), -ERESTARTSYS);
}

static void a_file_that_must_not_wait_is_told_apart(struct kunit *test)
{
	struct file *filp;

	desk_bind(test);
	filp = test_open(test, DESK, O_RDWR | O_NONBLOCK);
	KUNIT_EXPECT_EQ(test, read_number(filp), -EAGAIN);
	KUNIT_EXPECT_EQ(test, send_letter(filp), sizeof(u32));
	KUNIT_EXPECT_EQ(test, read_number(filp), 1);
}

static void a_failed_attempt_ends_a_sleeping_read(struct kunit *test)
{
	struct device *dev = desk_bind(test);
	const struct desk *desk = test_state(dev);
	struct test_thread *reader;

	reader = test_thread(test, read_number_thread, test_open(test, DESK, O_RDWR));
	KUNIT_EXPECT_TRUE(test, test_thread_sleeps(reader));
	WRITE_ONCE(desk_plan.read_ret, -EIO);
	fe_wake(&desk->arrival);
	KUNIT_EXPECT_EQ(test, test_thread_result(reader), -EIO);
	/* Nor does one begin. */
	KUNIT_EXPECT_EQ(test, read_number(test_open(test, DESK, O_RDWR)), -EIO);
}

/* Polls as select() does; tells whether the poll was woken since by looking at pwq. */
static __poll_t poll_begin(struct file *filp, struct poll_wqueues *pwq)
{
	poll_initwait(pwq);
	return vfs_poll(filp, &pwq->pt);
}

static void poll_sees_what_the_driver_says(struct kunit *test)
{
	struct poll_wqueues *pwq = kunit_kzalloc(test, sizeof(*pwq), GFP_KERNEL);
	struct file *filp;

	desk_bind(test);
	filp = test_open(test, DESK, O_RDWR);
	KUNIT_EXPECT_EQ(test, (__force int)poll_begin(filp, pwq), 0);
	KUNIT_EXPECT_FALSE(test, pwq->triggered);
	KUNIT_EXPECT_EQ(test, send_letter(filp), sizeof(u32));
	KUNIT_EXPECT_TRUE(test, pwq->triggered);
	KUNIT_EXPECT_EQ(test, (__force int)vfs_poll(filp, NULL), (__force int)EPOLLIN);
	poll_freewait(pwq);
}

static void unbind_wakes_a_poller(struct kunit *test)
{
	struct poll_wqueues *pwq = kunit_kzalloc(test, sizeof(*pwq), GFP_KERNEL);
	struct device *dev = desk_bind(test);
	struct file *filp = test_open(test, DESK, O_RDWR);

	KUNIT_EXPECT_EQ(test, (__force int)poll_begin(filp, pwq), 0);
	test_unbind(dev);
	KUNIT_EXPECT_TRUE(test, pwq->triggered);
	/* The queues that the poll waits on are memory of the state: still there. */
	poll_freewait(pwq);
}

/* As epoll with EPOLLEXCLUSIVE: who was woken, and took it. */
static atomic_t hangups;

static int hangup_taken(struct wait_queue_entry *entry, unsigned int mode, int flags, void *key)
{
	atomic_inc(&hangups);
	return 1;
}

static void unbind_wakes_every_exclusive_poller(struct kunit *test)
{
	struct wait_queue_entry *entry = kunit_kcalloc(test, 2, sizeof(*entry), GFP_KERNEL);
	struct device *dev = desk_bind(test);
	struct fe_bound *bound = test_bound(dev);
	int i;

	KUNIT_ASSERT_NOT_NULL(test, entry);
	/* Its file keeps the queue. */
	test_open(test, DESK, O_RDWR);
	atomic_set(&hangups, 0);
	for (i = 0; i < 2; i++) {
		init_waitqueue_func_entry(&entry[i], hangup_taken);
		add_wait_queue_exclusive(&bound->hangup, &entry[i]);
	}
	test_unbind(dev);
	KUNIT_EXPECT_EQ(test, atomic_read(&hangups), 2);
	for (i = 0; i < 2; i++)
		remove_wait_queue(&bound->hangup, &entry[i]);
}

static int open_thread(void *arg)
{
	struct file *filp = node_open(DESK, O_RDWR);
	struct file **result = arg;

	*result = filp;
	return PTR_ERR_OR_ZERO(filp);
}

static void unbind_waits_for_an_open_and_ends_its_file(struct kunit *test)
{
	DECLARE_COMPLETION_ONSTACK(opening);
	DECLARE_COMPLETION_ONSTACK(may_open);
	struct device *dev = desk_bind(test);
	struct test_thread *opener, *unbinding;
	struct file *filp = NULL;

	desk_plan.opening = &opening;
	desk_plan.may_open = &may_open;
	opener = test_thread(test, open_thread, &filp);
	KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&opening, 10 * HZ));
	unbinding = test_unbind_thread(test, dev);
	KUNIT_EXPECT_TRUE(test, test_thread_goes_on(unbinding));
	complete(&may_open);
	KUNIT_EXPECT_EQ(test, test_thread_result(unbinding), 0);
	KUNIT_EXPECT_EQ(test, test_thread_result(opener), 0);
	KUNIT_EXPECT_STREQ(test, events.text, "open release:1 drop:1 quiesce");
	KUNIT_EXPECT_EQ(test, send_letter(filp), -ENODEV);
	test_file_close(filp);
	KUNIT_EXPECT_STREQ(test, events.text, "open release:1 drop:1 quiesce");
}

static void a_close_during_unbind_leaves_release_to_unbind(struct kunit *test)
{
	struct device *dev = desk_bind(test);
	struct file *filp = test_open(test, DESK, O_RDWR);
	struct fe_bound *bound = test_bound(dev);
	struct test_thread *unbinding;
	int gate = fe_gate_enter(bound);

	KUNIT_ASSERT_GE(test, gate, 0);
	trace_clear(&events);
	unbinding = test_unbind_thread(test, dev);
	KUNIT_EXPECT_TRUE(test, test_is_dead_soon(bound));
	test_close(test, filp);
	KUNIT_EXPECT_STREQ(test, events.text, "");
	fe_gate_exit(bound, gate);
	KUNIT_EXPECT_EQ(test, test_thread_result(unbinding), 0);
	KUNIT_EXPECT_STREQ(test, events.text, "release:1 drop:1 quiesce");
}

static int file_test_init(struct kunit *test)
{
	desk_plan = (struct desk_plan){ };
	trace_clear(&events);
	return 0;
}

static void file_test_exit(struct kunit *test)
{
	fault_clear();
}

static struct kunit_case file_test_cases[] = {
	KUNIT_CASE(close_runs_release_then_drop),
	KUNIT_CASE(each_open_begins_with_a_zeroed_state_of_its_own),
	KUNIT_CASE(a_failed_open_is_dropped_and_not_released),
	KUNIT_CASE(a_fault_in_open_reaches_no_handler),
	KUNIT_CASE(unbind_releases_every_open_file_once),
	KUNIT_CASE(release_does_not_look_at_the_file),
	KUNIT_CASE(after_unbind_every_operation_answers_enodev),
	KUNIT_CASE(memory_and_device_stay_until_the_last_close),
	KUNIT_CASE(an_old_file_does_not_reach_a_new_binding),
	KUNIT_CASE(a_sleeping_reader_is_woken_by_unbind),
	KUNIT_CASE(a_sleeping_reader_is_woken_by_what_it_waits_for),
	KUNIT_CASE(a_signal_ends_a_sleeping_read),
	KUNIT_CASE(a_file_that_must_not_wait_is_told_apart),
	KUNIT_CASE(a_failed_attempt_ends_a_sleeping_read),
	KUNIT_CASE(poll_sees_what_the_driver_says),
	KUNIT_CASE(unbind_wakes_a_poller),
	KUNIT_CASE(unbind_wakes_every_exclusive_poller),
	KUNIT_CASE(unbind_waits_for_an_open_and_ends_its_file),
	KUNIT_CASE(a_close_during_unbind_leaves_release_to_unbind),
	{}
};

static struct kunit_suite file_test_suite = {
	.name		= "file",
	.init		= file_test_init,
	.exit		= file_test_exit,
	.test_cases	= file_test_cases,
};

kunit_test_suite(file_test_suite);

MODULE_DESCRIPTION("KUnit tests of Ferrule's open files");
MODULE_LICENSE("GPL");

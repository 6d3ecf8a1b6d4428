// SPDX-License-Identifier: GPL-2.0
/* Faux devices that a user makes, through the file system that the user sees. */
#include <kunit/test.h>
#include <linux/completion.h>

#include <ferrule/atomic.h>
#include <ferrule/configfs.h>

#include "directory.h"
#include "fault.h"
#include "test_file.h"
#include "test_thread.h"
#include "trace.h"

#define STALLS	"/sys/kernel/config/stall/"

static DEFINE_TRACE(events);

struct stall_config {
	u32	seats;
	u64	rent;
	bool	lit;
};

static bool stall_rent_fits(u64 value)
{
	return value % 5 == 0;
}

struct stall {
	unsigned int		index;
	struct fe_counter	sold;
};

static struct completion *stall_till;	/* who uses the till waits for it */

static int stall_show_till(const struct stall *stall, struct fe_text_out *text)
{
	fe_text_add(text, "%llu sold\n", fe_counted(&stall->sold));
	return 0;
}

static int stall_set_till(const struct stall *stall, struct fe_text_in *text)
{
	u64 n;
	int ret;

	ret = fe_text_expect(text, '+') ?: fe_text_number(text, &n) ?: fe_text_end(text);
	if (ret)
		return ret;
	if (stall_till)
		wait_for_completion(stall_till);
	while (n--)
		fe_count(&stall->sold);
	return 0;
}

FE_CONFIGFS(stall_config,
	    FE_NUMBER(seats, 4, 2, 64, "seats of a stall", fe_power_of_2),
	    FE_NUMBER(rent, 10, 0, U64_MAX, "rent of a stall", stall_rent_fits),
	    FE_FLAG(lit, true, "light"),
	    FE_CONTROL(stall, till, stall_show_till, stall_set_till));

static int stall_fails_with;
static struct completion *stall_gate;	/* probe waits for it */
static DECLARE_COMPLETION(stall_waits);

static int stall_probe(struct fe_faux_dev *fdev, const struct stall_config *config,
		       struct stall *stall)
{
	struct completion *gate = stall_gate;

	stall->index = fe_faux_index(fdev);
	trace(&events, "%u:%u:%llu:%u", stall->index, config->seats, config->rent, config->lit);
	if (gate) {
		complete(&stall_waits);
		wait_for_completion(gate);
	}
	return stall_fails_with;
}

static void stall_quiesce(struct stall *stall)
{
	trace(&events, "end:%u", stall->index);
}

static u32 stall_initial;

static u32 stall_devices(void)
{
	return stall_initial;
}

FE_CONFIGFS_DRIVER_ONLY(stall, stall_config, .probe = stall_probe, .quiesce = stall_quiesce,
			.devices = stall_devices);

static int stall_write(const char *file, const char *text)
{
	char path[128];

	snprintf(path, sizeof(path), STALLS "%s", file);
	return test_file_write(path, text);
}

static const char *stall_read(struct kunit *test, const char *file)
{
	char *text = kunit_kzalloc(test, PAGE_SIZE, GFP_KERNEL);
	char path[128];
	ssize_t ret;

	KUNIT_ASSERT_NOT_NULL(test, text);
	snprintf(path, sizeof(path), STALLS "%s", file);
	ret = test_file_read(path, text, PAGE_SIZE);
	return ret < 0 ? "(cannot be read)" : text;
}

static int stall_make(const char *name)
{
	char path[128];

	snprintf(path, sizeof(path), STALLS "%s", name);
	return directory_make(path);
}

static int stall_remove(const char *name)
{
	return directory_remove(STALLS, name);
}

static void a_directory_begins_with_the_defaults(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, stall_make("one"), 0);
	KUNIT_EXPECT_STREQ(test, stall_read(test, "one/seats"), "4\n");
	KUNIT_EXPECT_STREQ(test, stall_read(test, "one/rent"), "10\n");
	KUNIT_EXPECT_STREQ(test, stall_read(test, "one/lit"), "1\n");
	KUNIT_EXPECT_STREQ(test, stall_read(test, "one/power"), "0\n");
	KUNIT_EXPECT_STREQ(test, stall_read(test, "features"), "power,seats,rent,lit,till\n");
	KUNIT_EXPECT_EQ(test, stall_make("one"), -EEXIST);
	KUNIT_EXPECT_STREQ(test, events.text, "");
}

static const struct stall_input {
	const char	*file, *text;
	int		ret;
	const char	*then;
} stall_inputs[] = {
	{ "one/seats", "8", 0, "8\n" },
	{ "one/seats", "0x10\n", 0, "16\n" },
	{ "one/seats", "64\n", 0, "64\n" },
	{ "one/seats", "1", -ERANGE, "4\n" },
	{ "one/seats", "128", -ERANGE, "4\n" },
	{ "one/seats", "4294967300", -ERANGE, "4\n" },
	{ "one/seats", "6", -EINVAL, "4\n" },
	{ "one/seats", "-8", -EINVAL, "4\n" },
	{ "one/seats", "8 8", -EINVAL, "4\n" },
	{ "one/seats", "eight", -EINVAL, "4\n" },
	{ "one/seats", "\n", -EINVAL, "4\n" },
	{ "one/rent", "18446744073709551615", 0, "18446744073709551615\n" },
	{ "one/rent", "18446744073709551616", -ERANGE, "10\n" },
	{ "one/rent", "11", -EINVAL, "10\n" },
	{ "one/lit", "0", 0, "0\n" },
	{ "one/lit", "off\n", 0, "0\n" },
	{ "one/lit", "Y", 0, "1\n" },
	{ "one/lit", "01", -EINVAL, "1\n" },
	{ "one/lit", "2", -EINVAL, "1\n" },
	{ "one/power", "on\n", 0, "1\n" },
	{ "one/power", "2", -EINVAL, "0\n" },
};

static void stall_input_name(const struct stall_input *input, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%s: %s", input->file, input->text);
	strreplace(desc, '\n', '$');
}

KUNIT_ARRAY_PARAM(stall_input, stall_inputs, stall_input_name);

static void a_bad_value_is_refused_and_changes_nothing(struct kunit *test)
{
	const struct stall_input *input = test->param_value;

	KUNIT_ASSERT_EQ(test, stall_make("one"), 0);
	KUNIT_EXPECT_EQ(test, stall_write(input->file, input->text), input->ret);
	KUNIT_EXPECT_STREQ(test, stall_read(test, input->file), input->then);
}

static void what_follows_a_zero_byte_is_not_ignored(struct kunit *test)
{
	struct file *filp;
	loff_t pos = 0;

	KUNIT_ASSERT_EQ(test, stall_make("one"), 0);
	filp = filp_open(STALLS "one/seats", O_WRONLY, 0);
	KUNIT_ASSERT_FALSE(test, IS_ERR(filp));
	KUNIT_EXPECT_EQ(test, kernel_write(filp, "8\0x", 3, &pos), -EINVAL);
	test_file_close(filp);
	filp = filp_open(STALLS "one/power", O_WRONLY, 0);
	KUNIT_ASSERT_FALSE(test, IS_ERR(filp));
	KUNIT_EXPECT_EQ(test, kernel_write(filp, "1\0", 2, &pos), -EINVAL);
	test_file_close(filp);
	KUNIT_EXPECT_STREQ(test, stall_read(test, "one/seats"), "4\n");
	KUNIT_EXPECT_STREQ(test, stall_read(test, "one/power"), "0\n");
}

static void power_makes_a_device_and_ends_it(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, stall_make("one"), 0);
	KUNIT_ASSERT_EQ(test, stall_write("one/rent", "25"), 0);
	KUNIT_EXPECT_EQ(test, stall_write("one/power", "1"), 0);
	KUNIT_EXPECT_EQ(test, stall_write("one/power", "1"), 0);
	KUNIT_EXPECT_STREQ(test, stall_read(test, "one/power"), "1\n");
	/* The configuration stays, until the device ended. */
	KUNIT_EXPECT_EQ(test, stall_write("one/seats", "8"), -EBUSY);
	KUNIT_EXPECT_STREQ(test, stall_read(test, "one/seats"), "4\n");
	KUNIT_EXPECT_EQ(test, stall_write("one/power", "0"), 0);
	KUNIT_EXPECT_EQ(test, stall_write("one/power", "0"), 0);
	KUNIT_EXPECT_EQ(test, stall_write("one/seats", "8"), 0);
	KUNIT_EXPECT_EQ(test, stall_write("one/power", "1"), 0);
	KUNIT_EXPECT_STREQ(test, events.text, "0:4:25:1 end:0 0:8:25:1");
}

static void a_device_that_fails_leaves_its_directory_as_it_was(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, stall_make("one"), 0);
	stall_fails_with = -EDOM;
	KUNIT_EXPECT_EQ(test, stall_write("one/power", "1"), -EDOM);
	KUNIT_EXPECT_STREQ(test, stall_read(test, "one/power"), "0\n");
	stall_fails_with = 0;
	fault_set(test, "faux", 1);
	KUNIT_EXPECT_EQ(test, stall_write("one/power", "1"), -ENOMEM);
	KUNIT_EXPECT_STREQ(test, stall_read(test, "one/power"), "0\n");
	KUNIT_EXPECT_EQ(test, stall_write("one/seats", "8"), 0);
	KUNIT_EXPECT_EQ(test, stall_write("one/power", "1"), 0);
	KUNIT_EXPECT_STREQ(test, events.text, "0:4:10:1 0:8:10:1");
}

static void removing_a_directory_ends_its_device(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, stall_make("one"), 0);
	KUNIT_ASSERT_EQ(test, stall_write("one/power", "1"), 0);
	KUNIT_EXPECT_EQ(test, stall_remove("one"), 0);
	KUNIT_EXPECT_STREQ(test, events.text, "0:4:10:1 end:0");
	KUNIT_EXPECT_EQ(test, stall_write("one/power", "1"), -ENOENT);
	KUNIT_EXPECT_EQ(test, stall_remove("one"), -ENOENT);
}

static void an_open_file_does_nothing_once_its_directory_is_gone(struct kunit *test)
{
	struct file *filp;
	loff_t pos = 0;

	KUNIT_ASSERT_EQ(test, stall_make("one"), 0);
	filp = filp_open(STALLS "one/power", O_RDWR, 0);
	KUNIT_ASSERT_FALSE(test, IS_ERR(filp));
	KUNIT_EXPECT_EQ(test, stall_remove("one"), 0);
	KUNIT_EXPECT_EQ(test, kernel_write(filp, "1", 1, &pos), -ENOENT);
	test_file_close(filp);
	KUNIT_EXPECT_STREQ(test, events.text, "");
}

static void a_directory_may_have_a_long_name(struct kunit *test)
{
	const char *name = "the-one-at-the-far-end-of-the-market-under-the-chestnut";

	KUNIT_EXPECT_EQ(test, stall_make(name), 0);
	KUNIT_EXPECT_EQ(test, stall_remove(name), 0);
}

static void a_device_that_a_user_unbound_ends_like_others(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, stall_make("one"), 0);
	KUNIT_ASSERT_EQ(test, stall_write("one/power", "1"), 0);
	KUNIT_EXPECT_EQ(test, test_file_write("/sys/bus/ferrule/drivers/stall/unbind", "stall.0"),
			0);
	/* It is there still, and can be bound again with what it was made with. */
	KUNIT_EXPECT_STREQ(test, stall_read(test, "one/power"), "1\n");
	KUNIT_EXPECT_EQ(test, stall_write("one/seats", "8"), -EBUSY);
	KUNIT_EXPECT_EQ(test, stall_write("one/power", "0"), 0);
	KUNIT_EXPECT_EQ(test, test_file_write("/sys/bus/ferrule/drivers/stall/bind", "stall.0"),
			-ENODEV);
	KUNIT_EXPECT_STREQ(test, events.text, "0:4:10:1 end:0");
}

static void a_directory_pins_the_module(struct kunit *test)
{
	int before = module_refcount(THIS_MODULE);

	KUNIT_ASSERT_EQ(test, stall_make("one"), 0);
	KUNIT_EXPECT_GT(test, module_refcount(THIS_MODULE), before);
	KUNIT_EXPECT_EQ(test, stall_remove("one"), 0);
	KUNIT_EXPECT_EQ(test, module_refcount(THIS_MODULE), before);
}

static void a_control_is_asked_of_the_device(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, stall_make("one"), 0);
	KUNIT_EXPECT_EQ(test, stall_write("one/till", "+1"), -ENODEV);
	KUNIT_EXPECT_STREQ(test, stall_read(test, "one/till"), "(cannot be read)");
	KUNIT_ASSERT_EQ(test, stall_write("one/power", "1"), 0);
	KUNIT_EXPECT_STREQ(test, stall_read(test, "one/till"), "0 sold\n");
	KUNIT_EXPECT_EQ(test, stall_write("one/till", "+3"), 0);
	KUNIT_EXPECT_EQ(test, stall_write("one/till", "+4\n"), 0);
	KUNIT_EXPECT_EQ(test, stall_write("one/till", "4"), -EINVAL);
	KUNIT_EXPECT_EQ(test, stall_write("one/till", "+4+"), -EINVAL);
	KUNIT_EXPECT_STREQ(test, stall_read(test, "one/till"), "7 sold\n");
	KUNIT_EXPECT_EQ(test, test_file_write("/sys/bus/ferrule/drivers/stall/unbind", "stall.0"),
			0);
	KUNIT_EXPECT_EQ(test, stall_write("one/till", "+1"), -ENODEV);
	KUNIT_EXPECT_EQ(test, stall_write("one/power", "0"), 0);
	KUNIT_EXPECT_EQ(test, stall_write("one/till", "+1"), -ENODEV);
}

static int stall_till_main(void *text)
{
	return stall_write("one/till", text);
}

static int stall_power_main(void *text)
{
	return stall_write("one/power", text);
}

static void a_device_ends_when_nobody_is_in_its_controls(struct kunit *test)
{
	DECLARE_COMPLETION_ONSTACK(till);
	struct test_thread *buys, *off;

	KUNIT_ASSERT_EQ(test, stall_make("one"), 0);
	KUNIT_ASSERT_EQ(test, stall_write("one/power", "1"), 0);
	stall_till = &till;
	buys = test_thread(test, stall_till_main, "+1");
	KUNIT_EXPECT_TRUE(test, test_thread_goes_on(buys));
	off = test_thread(test, stall_power_main, "0");
	KUNIT_EXPECT_TRUE(test, test_thread_goes_on(off));
	KUNIT_EXPECT_STREQ(test, events.text, "0:4:10:1");
	complete_all(&till);
	KUNIT_EXPECT_EQ(test, test_thread_result(buys), 0);
	KUNIT_EXPECT_EQ(test, test_thread_result(off), 0);
	stall_till = NULL;
	KUNIT_EXPECT_STREQ(test, events.text, "0:4:10:1 end:0");
}

/* While a device is being made, its directory can be looked at, and who waits be stopped. */
static void only_who_changes_a_directory_waits_for_its_device(struct kunit *test)
{
	DECLARE_COMPLETION_ONSTACK(gate);
	struct test_thread *on, *off;

	KUNIT_ASSERT_EQ(test, stall_make("one"), 0);
	KUNIT_ASSERT_EQ(test, stall_make("two"), 0);
	stall_gate = &gate;
	on = test_thread(test, stall_power_main, "1");
	KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&stall_waits, 10 * HZ));
	stall_gate = NULL;
	off = test_thread(test, stall_power_main, "0");
	KUNIT_EXPECT_TRUE(test, test_thread_sleeps(off));
	KUNIT_EXPECT_STREQ(test, stall_read(test, "one/power"), "0\n");
	KUNIT_EXPECT_EQ(test, stall_write("two/power", "1"), 0);
	test_thread_signal(off);
	KUNIT_EXPECT_EQ(test, test_thread_result(off), -ERESTARTSYS);
	complete_all(&gate);
	KUNIT_EXPECT_EQ(test, test_thread_result(on), 0);
	KUNIT_EXPECT_STREQ(test, stall_read(test, "one/power"), "1\n");
	KUNIT_EXPECT_STREQ(test, events.text, "0:4:10:1 1:4:10:1");
}

static void devices_made_at_load_and_by_users_have_one_numbering(struct kunit *test)
{
	fe_configfs_unregister(&stall__fe_configfs);
	stall_initial = 2;
	KUNIT_ASSERT_EQ(test, fe_configfs_register(&stall__fe_configfs, NULL), 0);
	KUNIT_ASSERT_EQ(test, stall_make("one"), 0);
	KUNIT_EXPECT_EQ(test, stall_write("one/power", "1"), 0);
	KUNIT_EXPECT_STREQ(test, events.text, "0:4:10:1 1:4:10:1 2:4:10:1");
}

static void a_name_that_is_taken_leaves_no_driver_behind(struct kunit *test)
{
	static const struct config_item_type type = { .ct_owner = THIS_MODULE };
	static struct configfs_subsystem other;

	fe_configfs_unregister(&stall__fe_configfs);
	config_group_init_type_name(&other.su_group, "stall", &type);
	mutex_init(&other.su_mutex);
	KUNIT_ASSERT_EQ(test, configfs_register_subsystem(&other), 0);
	stall_initial = 1;
	KUNIT_EXPECT_EQ(test, fe_configfs_register(&stall__fe_configfs, NULL), -EEXIST);
	KUNIT_EXPECT_STREQ(test, events.text, "0:4:10:1 end:0");
	configfs_unregister_subsystem(&other);
	KUNIT_ASSERT_EQ(test, fe_configfs_register(&stall__fe_configfs, NULL), 0);
}

#define STALL_THREADS	4
#define STALL_ROUNDS	12

static const char *const stall_names[] = { "one", "two" };

/* All do everything to the same directories: it may fail, but only in ways that are known. */
static int stall_race_main(void *arg)
{
	long seed = (long)arg;
	char file[32];
	int round, ret;

	for (round = 0; round < STALL_ROUNDS; round++) {
		const char *name = stall_names[(round + seed) % ARRAY_SIZE(stall_names)];

		ret = stall_make(name);
		if (ret && ret != -EEXIST)
			return ret;
		snprintf(file, sizeof(file), "%s/power", name);
		ret = stall_write(file, "1");
		if (ret && ret != -ENOENT)
			return ret;
		snprintf(file, sizeof(file), "%s/seats", name);
		ret = stall_write(file, "8");
		if (ret && ret != -ENOENT && ret != -EBUSY)
			return ret;
		snprintf(file, sizeof(file), "%s/till", name);
		ret = stall_write(file, "+1");
		if (ret && ret != -ENOENT && ret != -ENODEV)
			return ret;
		snprintf(file, sizeof(file), "%s/power", name);
		if ((round + seed) % 3)
			ret = stall_write(file, "0");
		else
			ret = stall_remove(name);
		if (ret && ret != -ENOENT && ret != -EBUSY)
			return ret;
	}
	return 0;
}

static int stall_count(const char *what)
{
	const char *at = events.text;
	int n = 0;

	while ((at = strstr(at, what))) {
		at++;
		n++;
	}
	return n;
}

static void threads_that_make_power_and_remove_get_along(struct kunit *test)
{
	struct test_thread *t[STALL_THREADS];
	long i;

	for (i = 0; i < STALL_THREADS; i++)
		t[i] = test_thread(test, stall_race_main, (void *)i);
	for (i = 0; i < STALL_THREADS; i++)
		KUNIT_EXPECT_EQ(test, test_thread_result(t[i]), 0);
	/* Nothing is left that was not counted: the first index is free again. */
	stall_remove("one");
	stall_remove("two");
	trace_clear(&events);
	KUNIT_ASSERT_EQ(test, stall_make("one"), 0);
	KUNIT_EXPECT_EQ(test, stall_write("one/power", "1"), 0);
	KUNIT_EXPECT_EQ(test, stall_count("0:4:10:1"), 1);
}

static int configfs_test_init(struct kunit *test)
{
	stall_fails_with = 0;
	stall_gate = NULL;
	reinit_completion(&stall_waits);
	stall_till = NULL;
	stall_initial = 0;
	trace_clear(&events);
	/* Without an owner, as faux_kunit.c. */
	return fe_configfs_register(&stall__fe_configfs, NULL);
}

static void configfs_test_exit(struct kunit *test)
{
	fault_clear();
	stall_remove("one");
	stall_remove("two");
	fe_configfs_unregister(&stall__fe_configfs);
}

static struct kunit_case configfs_test_cases[] = {
	KUNIT_CASE(a_directory_begins_with_the_defaults),
	KUNIT_CASE_PARAM(a_bad_value_is_refused_and_changes_nothing, stall_input_gen_params),
	KUNIT_CASE(what_follows_a_zero_byte_is_not_ignored),
	KUNIT_CASE(power_makes_a_device_and_ends_it),
	KUNIT_CASE(a_device_that_fails_leaves_its_directory_as_it_was),
	KUNIT_CASE(removing_a_directory_ends_its_device),
	KUNIT_CASE(an_open_file_does_nothing_once_its_directory_is_gone),
	KUNIT_CASE(a_directory_may_have_a_long_name),
	KUNIT_CASE(a_device_that_a_user_unbound_ends_like_others),
	KUNIT_CASE(a_directory_pins_the_module),
	KUNIT_CASE(a_control_is_asked_of_the_device),
	KUNIT_CASE(a_device_ends_when_nobody_is_in_its_controls),
	KUNIT_CASE(only_who_changes_a_directory_waits_for_its_device),
	KUNIT_CASE(devices_made_at_load_and_by_users_have_one_numbering),
	KUNIT_CASE(a_name_that_is_taken_leaves_no_driver_behind),
	KUNIT_CASE(threads_that_make_power_and_remove_get_along),
	{}
};

static struct kunit_suite configfs_test_suite = {
	.name		= "configfs",
	.init		= configfs_test_init,
	.exit		= configfs_test_exit,
	.test_cases	= configfs_test_cases,
};

kunit_test_suite(configfs_test_suite);

MODULE_DESCRIPTION("KUnit tests of Ferrule's devices in configfs");
MODULE_LICENSE("GPL");

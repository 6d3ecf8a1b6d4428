// SPDX-License-Identifier: GPL-2.0
/* Module parameters: what they are by default, what they can be set to, and when. */
#include <kunit/test.h>

#include <ferrule/param.h>

static bool shoe_fits(u64 value)
{
	return value != 43;
}

FE_PARAM(shoes, u32, 42, 36, 47, "size of shoes", shoe_fits);
FE_PARAM(steps, u64, 1ULL << 40, 0, U64_MAX, "steps to go");
FE_PARAM(laced, bool, true, false, true, "are they laced");

static void a_parameter_has_its_default(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, shoes(), 42);
	KUNIT_EXPECT_EQ(test, steps(), 1ULL << 40);
	KUNIT_EXPECT_TRUE(test, laced());
}

/* The same fields, in memory that can still be written. */
static u32 later_shoes;
static u64 later_steps;
static bool later_laced;

static const struct fe_param later[] = {
	{ .field = &shoes__fe_field, .config = &later_shoes },
	{ .field = &steps__fe_field, .config = &later_steps },
	{ .field = &laced__fe_field, .config = &later_laced },
};

static const struct param_input {
	unsigned int	which;
	const char	*text;
	int		ret;
	const char	*then;
} param_inputs[] = {
	{ 0, "36", 0, "36\n" },
	{ 0, "0x2f", 0, "47\n" },
	{ 0, "35", -EINVAL, "40\n" },
	{ 0, "48", -EINVAL, "40\n" },
	{ 0, "43", -EINVAL, "40\n" },
	{ 0, "4294967338", -EINVAL, "40\n" },
	{ 0, "forty", -EINVAL, "40\n" },
	{ 0, "", -EINVAL, "40\n" },
	{ 0, NULL, -EINVAL, "40\n" },
	{ 1, "18446744073709551615", 0, "18446744073709551615\n" },
	{ 1, "18446744073709551616", -EINVAL, "40\n" },
	{ 1, "-1", -EINVAL, "40\n" },
	{ 2, NULL, 0, "1\n" },
	{ 2, "y", 0, "1\n" },
	{ 2, "on", 0, "1\n" },
	{ 2, "2", -EINVAL, "0\n" },
	{ 2, "10", -EINVAL, "0\n" },
};

static void param_input_name(const struct param_input *input, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%s=%s", later[input->which].field->name,
		 input->text ?: "(nothing)");
}

KUNIT_ARRAY_PARAM(param_input, param_inputs, param_input_name);

static void a_bad_value_is_refused_and_changes_nothing(struct kunit *test)
{
	const struct param_input *input = test->param_value;
	const struct kernel_param kp = {
		.mod	= THIS_MODULE,
		.arg	= (void *)&later[input->which],
	};
	char *page = kunit_kzalloc(test, PAGE_SIZE, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, page);
	later_shoes = 40;
	later_steps = 40;
	later_laced = false;
	KUNIT_EXPECT_EQ(test, fe_param_ops.set(input->text, &kp), input->ret);
	KUNIT_EXPECT_EQ(test, fe_param_ops.get(page, &kp), strlen(input->then));
	KUNIT_EXPECT_STREQ(test, page, input->then);
}

static struct kunit_case param_test_cases[] = {
	KUNIT_CASE(a_parameter_has_its_default),
	KUNIT_CASE_PARAM(a_bad_value_is_refused_and_changes_nothing, param_input_gen_params),
	{}
};

static struct kunit_suite param_test_suite = {
	.name		= "param",
	.test_cases	= param_test_cases,
};

kunit_test_suite(param_test_suite);

MODULE_DESCRIPTION("KUnit tests of Ferrule's module parameters");
MODULE_LICENSE("GPL");

// SPDX-License-Identifier: GPL-2.0
/* layer: the real one */
/* The ways to user memory around the layer, and which rule stands in each. */
#include <ferrule/ioctl.h>
#include <ferrule/miscdev.h>

struct request {
	u64	address;
	u64	len;
};

struct with_pointer {
	u32 __user	*numbers;				/* note: unfit-for-user */
	u64		len;
};

struct dev {
	u64			last;
	const struct fe_reader	*kept;
};

struct open {
	struct fe_file fe;
};

static int number_to_pointer(const struct dev *dev, const struct open *open, struct request *arg)
{
	const u32 *numbers = (const u32 *)(uintptr_t)arg->address;	/* error: pointer-cast */

	arg->len = *numbers;
	return 0;
}

static int by_the_kernels_macro(const struct dev *dev, const struct open *open, struct request *arg)
{
	void __user *user = u64_to_user_ptr(arg->address);	/* error: pointer-cast */

	return copy_from_user(&arg->len, user, 8) ? -EFAULT : 0;	/* error: foreign-symbol */
}

static int pointer_in_the_argument(const struct dev *dev, const struct open *open,
				   struct with_pointer *arg)
{
	return 0;
}

FE_IOCTLS(open_ioctl, dev, open,		/* error: unfit-for-user */
	  (_IOWR('F', 1, struct request), struct request, number_to_pointer),
	  (_IOWR('F', 2, struct request), struct request, by_the_kernels_macro),
	  (_IOWR('F', 3, struct with_pointer), struct with_pointer, pointer_in_the_argument));

static int one_number(u32 __user *user)
{
	u32 value;

	return get_user(value, user) ? -EFAULT : value;	/* error: foreign-symbol */
}

static ssize_t around_the_reader(struct fe_reader *from)
{
	struct fe_user again = from->u;			/* error: private-field */
	u8 bytes[8];

	if (copy_from_iter(bytes, 8, from->u.iter) != 8)	/* error: foreign-symbol, error: private-field */
		return -EFAULT;
	return again.pos;				/* error: private-field */
}

static ssize_t begins_again(struct fe_reader *from)
{
	struct fe_reader copy = *from;			/* error: misplaced-pinned */
	u32 first = 0, second = 0;

	return fe_get(from, first) ?: fe_get(&copy, second);
}

static ssize_t kept_for_later(struct dev *dev, struct fe_reader *from)	/* note: use-outside-bound */
{
	dev->kept = from;				/* error: use-outside-bound */
	return 0;
}

static ssize_t a_pointer_from_the_user(struct fe_reader *from)
{
	const u32 *numbers = NULL;

	return fe_get(from, numbers) ?: *numbers;	/* error: unfit-for-user */
}

// SPDX-License-Identifier: GPL-2.0
/* options: role=kunit -fkeep-static-functions -Wno-unused-result */
/* Correct code in the shapes of kernel drivers: unwinding, loops, flags, results. */
#include <ferrule/flow.h>

static int early_return(int n)
{
	struct buf b;
	int ret = buf_alloc(&b, n);

	if (ret)
		return ret;
	buf_fill(&b, 3);
	buf_drop(&b);
	return 0;
}

static int goto_unwinding(int n)
{
	struct buf a, b;
	struct obj *o;
	int ret;

	ret = buf_alloc(&a, n);
	if (ret < 0)
		goto out;
	ret = buf_alloc(&b, n);
	if (ret)
		goto free_a;
	o = obj_open(n);
	if (IS_ERR(o)) {
		ret = PTR_ERR(o);
		goto free_b;
	}
	ret = obj_ping(o);
	if (ret)
		goto put;
	buf_fill(&a, 1);
	buf_fill(&b, 2);
put:
	obj_put(o);
free_b:
	buf_drop(&b);
free_a:
	buf_drop(&a);
out:
	return ret;
}

static int unwind_only_on_error(struct buf *out __fe_out, int n)
{
	struct buf a;
	struct obj *o;
	int ret;

	ret = buf_alloc(&a, n);
	if (ret)
		return ret;
	o = obj_open(n);
	if (IS_ERR(o)) {
		ret = PTR_ERR(o);
		goto err;
	}
	ret = obj_ping(o);
	obj_put(o);
	if (ret)
		goto err;
	*out = fe_move(a);
	return 0;
err:
	buf_drop(&a);
	return ret;
}

static int scoped(int n, int c)
{
	struct buf b __buf = {};
	int ret = buf_alloc(&b, n);

	if (ret || c > 3)
		return ret;
	if (c == 2)
		return -EINVAL;
	buf_consume(fe_move(b));
	return 0;
}

static int scoped_in_a_loop(int n)
{
	int i, sum = 0;

	for (i = 0; i < n; i++) {
		struct buf b __buf = {};

		if (buf_alloc(&b, n))
			continue;
		switch (i % 5) {
		case 0:
			buf_fill(&b, 0);
			break;
		case 1:
			buf_consume(fe_move(b));
			break;
		case 2:
			continue;
		case 3:
			return sum;
		default:
			sum += buf_len(&b);
		}
		if (sum > 100)
			break;
	}
	return sum;
}

static int early_drop_of_a_scoped_handle(int n)
{
	struct buf b __buf = {};
	int ret = buf_alloc(&b, n);

	if (ret)
		return ret;
	buf_drop(&b);
	test_sleep(n);
	return 0;
}

static int flag(int c, int n)
{
	struct buf b;
	bool have = false;
	int ret = 0;

	if (c & 1) {
		ret = buf_alloc(&b, n);
		if (ret)
			return ret;
		have = true;
	}
	ret = c > 3 ? -EIO : 0;
	if (have)
		buf_fill(&b, 2);
	if (have)
		buf_drop(&b);
	return ret;
}

static int flag_bits(int n)
{
	struct buf a, b;
	unsigned int have = 0;
	int ret = -EINVAL;

	if (n & 1) {
		if (buf_alloc(&a, 1))
			goto out;
		have |= 1;
	}
	if (n & 2) {
		if (buf_alloc(&b, 1))
			goto out;
		have |= 2;
	}
	ret = 0;
out:
	if (have & 2)
		buf_drop(&b);
	if (have & 1)
		buf_drop(&a);
	return ret;
}

static int null_means_none(int c)
{
	struct obj *o = NULL;
	int ret = 0;

	if (c) {
		o = obj_find(c);
		if (!o)
			return -ENODEV;
	}
	if (o)
		ret = obj_ping(o);
	if (o)
		obj_put(o);
	return ret;
}

static int conditional_initialiser(int c)
{
	struct obj *o __obj = c ? obj_find(c) : NULL;

	if (!o)
		return -ENODEV;
	return obj_ping(o);
}

static int error_in_a_bool(int n)
{
	struct buf b;
	int ret = buf_alloc(&b, n), err;
	bool ok = !ret;

	if (!ok)
		return ret;
	buf_drop(&b);
	ret = buf_alloc(&b, n);
	err = ret;
	if (err)
		return err;
	buf_drop(&b);
	return 0;
}

static int error_in_a_condition(int n)
{
	struct buf b;
	int ret;

	if ((ret = buf_alloc(&b, n)) < 0)
		return ret;
	buf_drop(&b);
	if (buf_alloc(&b, n) == 0) {
		buf_fill(&b, 1);
		buf_drop(&b);
	}
	if (unlikely(buf_alloc(&b, n)))
		return -EIO;
	buf_drop(&b);
	if (!buf_alloc(&b, n))
		buf_drop(&b);
	else
		return -EBUSY;
	return 0;
}

static int retry(int n)
{
	struct buf b;
	int ret;

	for (;;) {
		ret = buf_alloc(&b, n);
		if (ret == -EAGAIN)
			continue;
		if (ret == -EINTR)
			break;
		if (ret)
			return ret;
		buf_fill(&b, n);
		buf_drop(&b);
		if (n-- == 0)
			break;
	}
	do {
		ret = buf_alloc(&b, n);
	} while (ret == -EAGAIN);
	switch (ret) {
	case 0:
		break;
	case -ENOMEM:
		return -EIO;
	default:
		return ret;
	}
	buf_drop(&b);
	return 0;
}

static int retry_with_a_limit(int n)
{
	struct obj *o;
	int tries = 3;

	while (tries--) {
		o = obj_open(n);
		if (!IS_ERR(o))
			goto got;
		if (PTR_ERR(o) != -EAGAIN)
			return PTR_ERR(o);
	}
	return -ETIMEDOUT;
got:
	n = o->x;
	obj_put(o);
	return n;
}

static int replaced_in_a_loop(int n)
{
	struct obj *o = obj_find(0);
	int ret;

	while (o && n--) {
		obj_put(o);
		o = obj_find(n);
	}
	if (o)
		obj_put(o);
	o = obj_open(n);
	ret = PTR_ERR_OR_ZERO(o);
	if (ret)
		return ret;
	ret = o->x;
	obj_put(o);
	return ret;
}

static int state_machine(int n)
{
	struct buf b __buf = {};
	struct obj *o = NULL;
	int at = 0, ret = 0;

again:
	switch (at) {
	case 0:
		o = obj_open(n);
		if (IS_ERR(o)) {
			ret = PTR_ERR(o);
			o = NULL;
			goto done;
		}
		at = 1;
		goto again;
	case 1:
		ret = buf_alloc(&b, n);
		if (ret)
			goto done;
		at = 2;
		goto again;
	case 2:
		buf_fill(&b, 2);
		ret = obj_ping(o);
		break;
	}
done:
	if (o)
		obj_put(o);
	return ret;
}

static int two_correlated_results(int n)
{
	struct buf a, b;
	int r1 = buf_alloc(&a, n), r2 = buf_alloc(&b, n);

	if (r1 || r2)
		goto out;
	buf_fill(&a, 1);
	buf_fill(&b, 2);
out:
	if (!r1)
		buf_drop(&a);
	if (!r2)
		buf_drop(&b);
	return r1 ? r1 : r2;
}

static int result_chain(int n)
{
	struct buf b __buf = {};
	int ret = buf_alloc(&b, n);

	if (!ret)
		ret = obj_ping(NULL);
	if (!ret)
		ret = buf_submit(&b);
	return ret;
}

static int many_cleanups(int n)
{
	struct buf a __buf = {}, b __buf = {}, c __buf = {};
	int i;

	for (i = 0; i < n; i++) {
		struct buf t __buf = {};
		struct buf u __buf = {};

		if (buf_alloc(&t, i))
			return -ENOMEM;
		if (buf_alloc(&u, i))
			return -EIO;
		if (i == 3)
			continue;
		if (i == 5)
			break;
		if (i == 7)
			goto out;
		buf_consume(fe_move(t));
		if (n == 9)
			return 4;
	}
	if (buf_alloc(&a, n) || buf_alloc(&b, n))
		return -EIO;
	if (n == 3)
		return 2;
	if (buf_alloc(&c, n))
		goto out;
	buf_fill(&a, 1);
	buf_fill(&b, 1);
	buf_fill(&c, 1);
	return 0;
out:
	return -EBUSY;
}

static int assignment_tests(int c)
{
	struct obj *o, *q;
	int ret;

	if (!(o = obj_find(c)))
		return -ENODEV;
	q = o;
	q->x = 1;
	ret = obj_ping(q) + q->id;
	obj_put(q);
	o = c > 2 ? obj_find(1) : obj_find(2);
	if (!o)
		return ret;
	obj_put(o);
	q = obj_open(3);
	if (IS_ERR_OR_NULL(q))
		return q ? PTR_ERR(q) : -ENODEV;
	o = fe_move(q);
	if (o)
		obj_put(o);
	return ret;
}

static int out_pointer(int n)
{
	struct obj *o __obj = NULL;
	int ret = obj_get(&o, n);

	return ret ? ret : obj_ping(o);
}

static int out_pointer_without_scope(int n)
{
	struct obj *o;
	int ret = obj_get(&o, n);

	if (ret)
		return ret;
	ret = obj_ping(o);
	obj_put(o);
	return ret;
}

static int through_a_callback(int (*get)(struct buf *b __fe_out), void (*put)(struct buf b))
{
	struct buf b;
	int ret = get(&b);

	if (ret)
		return ret;
	put(fe_move(b));
	return 0;
}

static int computed_goto(int n)
{
	static const void *const labels[] = { &&one, &&two };
	struct buf b __buf = {};

	if (buf_alloc(&b, n))
		return -ENOMEM;
	goto *labels[n & 1];
one:
	buf_fill(&b, 1);
	return 1;
two:
	buf_fill(&b, 2);
	return 2;
}

static int large_ones_only(int n, unsigned int size)
{
	struct obj *o = NULL;
	int ret = 0;

	if (size > 64) {
		o = obj_open(n);
		if (IS_ERR(o))
			return PTR_ERR(o);
	}
	if (n == 3)
		ret = -EINVAL;
	if (size > 64)
		obj_put(o);
	return ret;
}

static int not_the_small_ones(int n, int size)
{
	struct obj *o;
	int ret;

	if (size >= 3) {
		o = obj_open(n);
		if (IS_ERR(o))
			return PTR_ERR(o);
	}
	ret = size > 100 ? -EINVAL : 0;
	if (size < 3)
		return 0;
	obj_put(o);
	return ret;
}

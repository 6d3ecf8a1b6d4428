// SPDX-License-Identifier: GPL-2.0
#include <ferrule/test.h>

struct other {
	int n;
	u8 bytes[4];
	struct other *next;
	void (*fn)(struct other *o);
};

static void takes_const(const struct other *o)
{
}
static void takes_void(const void *p)
{
}
static void takes_bytes(const u8 *bytes)
{
}

static void to_void(struct other *o)
{
	takes_void(o);
}

static void adds_const(struct other *o)
{
	takes_const(o);
}

static struct other *null(struct other *o)
{
	o->next = NULL;
	return o->next ?: 0;
}

static bool test(const struct other *o, const struct other *p)
{
	return o && !p && o != p && o->next == NULL;
}

static void signedness(const char *text)
{
	takes_bytes((const u8 *)text);
}

static void array(struct other *o)
{
	takes_bytes(o->bytes);
}

static void function(struct other *o)
{
	o->fn = NULL;
	o->fn(o);
}

static long error(const struct other *o)
{
	return IS_ERR(o) ? PTR_ERR(o) : 0;
}

static size_t sizes(const struct other *o)
{
	return sizeof(*o) + offsetof(struct other, bytes) + sizeof(((struct other *)0)->bytes);
}

static u32 numbers(u64 n)
{
	return (u32)n + (u8)(n >> 8);
}

static const char *const table[] = { "a", "b", NULL };

static int common_macro(int a, int b)
{
	return min(a, b);
}

static const struct other *an_error(const struct other *o)
{
	return o->n ? ERR_PTR(-EINVAL) : o;
}

static const struct other *another_error(const struct other *o, int n)
{
	if (n)
		return ERR_PTR(n);
	return o->next ? o : n > 3 ? ERR_PTR(-EIO) : NULL;
}

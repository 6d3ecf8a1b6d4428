/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the flow rules' tests take for the layer: one of each kind of contract.
 */
#ifndef _FERRULE_TEST_FLOW_H
#define _FERRULE_TEST_FLOW_H

#include <ferrule/test.h>
#include <ferrule/own.h>

#define ENOMEM		12
#define EAGAIN		11
#define EINTR		4
#define ENODEV		19
#define EBUSY		16
#define ETIMEDOUT	110

#define unlikely(x)	__builtin_expect(!!(x), 0)
#define likely(x)	__builtin_expect(!!(x), 1)

static inline bool IS_ERR_OR_NULL(const void *p)
{
	return !p || IS_ERR(p);
}

static inline int PTR_ERR_OR_ZERO(const void *p)
{
	return IS_ERR(p) ? PTR_ERR(p) : 0;
}

static inline void *ERR_CAST(const void *p)
{
	return (void *)p;
}

/* A handle: an owner that is a value. */
struct __fe_owned buf {
	void *p __fe_private;
};

int buf_alloc(struct buf *b __fe_out, size_t n) __fe_must_check __fe_sleeps;
int buf_alloc_atomic(struct buf *b __fe_out, size_t n) __fe_must_check;
void buf_drop(struct buf *b __fe_drop);
void buf_fill(struct buf *b, int c);
int buf_len(const struct buf *b);
u8 *buf_bytes(struct buf *b);
const u8 *buf_peek(const struct buf *b);
struct buf buf_make(size_t n) __fe_gives_sure;
bool buf_ok(const struct buf *b) __fe_tests;
void buf_consume(struct buf b);
void buf_swallow(struct buf *b __fe_take);
int buf_submit(struct buf *b __fe_take_ok) __fe_must_check;
void buf_two(const u8 *x, struct buf b);
void buf_copy(struct buf *to, const struct buf *from);

#define __buf	__attribute__((cleanup(buf_drop)))

/* An owned pointer; getting it may fail. */
struct obj {
	int id;
	int x;
};

struct obj *obj_open(int id) __fe_gives;
struct obj *obj_find(int id) __fe_gives __fe_nullable;
struct obj *obj_new(void) __fe_gives_sure;
void obj_put(struct obj *o __fe_take __fe_nullable);
void obj_keep(struct obj *o __fe_take);
int obj_give(struct obj *o __fe_take_ok) __fe_must_check;
int obj_ping(const struct obj *o);
int obj_change(struct obj *o);
int obj_get(struct obj **o __fe_out, int id) __fe_must_check;
int *obj_field(struct obj *o);
const int *obj_first(const struct obj *a, const struct obj *b) __fe_borrows(1, 2);

static inline void obj_end(struct obj **o __fe_drop)
{
	obj_put(*o);
}

#define __obj	__attribute__((cleanup(obj_end)))

/* Boxes of any type. */
void *box_alloc(size_t n) __fe_gives;
void box_drop(void *p __fe_take __fe_nullable);

static inline void box_end(void *p __fe_drop)
{
	box_drop(*(void **)p);
}

#define box_new(type)	((type *)box_alloc(sizeof(type)))
#define __box	__attribute__((cleanup(box_end)))

/* Something made of a handle: it must not outlive it. */
struct __fe_owned map {
	void *p __fe_private;
};

int map_make(struct map *m __fe_out, const struct buf *b) __fe_must_check __fe_borrows(2);
void map_drop(struct map *m __fe_drop);
int map_read(const struct map *m);

/* Memory that is the device's for a while. */
struct __fe_owned __fe_on_device mapping {
	void *p __fe_private;
};

int mapping_give(struct buf *b __fe_take_ok __fe_to_device, struct mapping *m __fe_out) __fe_must_check;
void mapping_start(struct buf *b __fe_take __fe_to_device);
struct buf mapping_take(struct mapping *m __fe_take) __fe_gives_sure;
void mapping_drop(struct mapping *m __fe_drop);

#define __mapping	__attribute__((cleanup(mapping_drop)))
#define __map	__attribute__((cleanup(map_drop)))

/* Locks that hold their data. */
struct __fe_pinned __fe_cell test_lock {
	int raw __fe_private;
};

struct __fe_pinned __fe_cell test_spin {
	int raw __fe_private;
};

struct __fe_pinned __fe_cell test_spin_irq {
	int raw __fe_private;
};

void *test_lock_take(const struct test_lock *l, const void *data)
	__fe_gives_guard(fe_mutex) __fe_borrows(1, 2) __fe_sleeps;
void *test_lock_try(const struct test_lock *l, const void *data)
	__fe_gives_guard(fe_mutex) __fe_borrows(1, 2) __fe_must_check;
void *test_spin_take(const struct test_spin *l, const void *data)
	__fe_gives_guard(fe_spin) __fe_borrows(1, 2);
void *test_spin_irq_take(const struct test_spin_irq *l, const void *data)
	__fe_gives_guard(fe_spin_irq) __fe_borrows(1, 2);
void *test_spin_irq_on_take(const struct test_spin_irq *l, const void *data)
	__fe_gives_guard(fe_spin_irq_on) __fe_borrows(1, 2) __fe_sleeps;
void test_lock_init(struct test_lock *l __fe_init);
void test_spin_init(struct test_spin *l __fe_init);
#define test_make(l)	test_lock_init(&(l)->lock)

#define test_kind_test_lock		fe_mutex
#define test_kind_test_spin		fe_spin
#define test_kind_test_spin_irq		fe_spin_irq
#define __test_ends(kind)		__fe_ends_guard(kind)
#define TEST_LOCK(name, type, raw_type)	__TEST_LOCK(name, type, raw_type,)
#define TEST_LOCK_RANKED(name, type, raw_type, n)			\
	__TEST_LOCK(name, type, raw_type, __fe_rank(n))
#define __TEST_LOCK(name, type, raw_type, rank)				\
	struct __fe_pinned __fe_cell rank name {			\
		struct raw_type lock __fe_private;			\
		type *guard[0] __fe_private;				\
		type data __fe_private;					\
	};								\
	void name##_unlock(type **guard __fe_drop) __test_ends(test_kind_##raw_type)

#define __test_unlock(name)	__attribute__((cleanup(name##_unlock)))
#define __test_take(l, take)						\
({									\
	typeof(l) __test_l = (l);					\
									\
	(typeof(&*__test_l->guard[0]))take(&__test_l->lock, &__test_l->data); \
})
#define test_acquire(l)							\
	__test_take(l, _Generic(&(l)->lock,				\
		const struct test_lock *: test_lock_take,		\
		struct test_lock *: test_lock_take,			\
		const struct test_spin *: test_spin_take,		\
		struct test_spin *: test_spin_take,			\
		const struct test_spin_irq *: test_spin_irq_take,	\
		struct test_spin_irq *: test_spin_irq_take))
#define test_try(l)	__test_take(l, test_lock_try)
#define test_acquire_irq(l)	__test_take(l, test_spin_irq_on_take)

struct counts {
	int runs, errors;
	struct obj *last __fe_own;
};

TEST_LOCK(count_lock, struct counts, test_lock);
TEST_LOCK(count_spin, struct counts, test_spin);
TEST_LOCK(count_spin_irq, struct counts, test_spin_irq);
void count_spin_irq_unlock_irq(struct counts **guard __fe_drop) __fe_ends_guard(fe_spin_irq_on);
#define __test_unlock_irq(name)	__attribute__((cleanup(name##_unlock_irq)))

/* Calls that sleep or wait. */
void test_sleep(int ms) __fe_sleeps;
int test_wait(const struct test_lock *l) __fe_sleeps __fe_waits __fe_must_check;
void test_wake(const struct test_lock *l) __fe_wakes;
int test_start(int n) __fe_must_check;

/* A condition that is looked at between going to sleep and sleeping. */
const void *test_look(const struct test_lock *l) __fe_gives_guard(fe_wait);
void test_looked(const void **look __fe_drop);

#define __test_looked	__attribute__((cleanup(test_looked)))
#define test_wait_until(l, condition)					\
({									\
	int __test_ret = test_wait(&(l)->lock);				\
									\
	while (!({							\
		const void *__test_look __test_looked =			\
			test_look(&(l)->lock);				\
		condition;						\
	}))								\
		;							\
	__test_ret;							\
})

/* Another cell, whose initialisation can fail. */
struct __fe_pinned __fe_cell test_done {
	int raw __fe_private;
};

int test_done_init(struct test_done *d __fe_init) __fe_must_check;
void test_signal(const struct test_done *d);

/* Handles that are acquired, one of a type of its own. */
struct __fe_pinned test_bar {
	int raw __fe_private;
};

#define TEST_BAR(name)							\
	struct __fe_pinned name {					\
		union {							\
			int		res __fe_private;		\
			struct test_bar bar __fe_private;		\
		};							\
	}

int test_bar_map(struct test_dev *dev, struct test_bar *bar __fe_acquire) __fe_must_check __fe_sleeps;
int test_irq_declare(struct test_dev *dev, struct test_irq *irq __fe_acquire) __fe_must_check;

int test_irq_ask(const struct test_irq *irq) __fe_must_check;
int test_bar_id(const struct test_bar *bar) __fe_must_check;

#define test_map(dev, b)	test_bar_map(dev, &(b)->bar)
#define test_id(b)		test_bar_id(&(b)->bar)

/* Callbacks. */
struct state;

struct test_driver {
	int id __fe_private;
};

int test_driver_register(const struct test_driver *drv) __fe_must_check __fe_sleeps;
void test_driver_unregister(const struct test_driver *drv) __fe_sleeps __fe_unbinds;

struct test_ops {
	int (*probe)(struct test_dev *dev, struct state *s __fe_init) __fe_sleeps;
	int (*open)(const struct state *s) __fe_opening;
	int (*irq)(const struct state *s) __fe_hardirq;
	void (*timer)(const struct state *s) __fe_atomic;
	int (*ioctl)(const struct state *s) __fe_sleeps;
	int (*read)(const struct state *s) __fe_sleeps __fe_bound;
	void (*quiesce)(struct state *s) __fe_sleeps;
};

/* Of what is opened, which is made for it. */
struct opened;

struct test_node {
	int (*open)(const struct state *s, struct opened *o __fe_init) __fe_opening;
	int (*read)(const struct state *s, const struct opened *o) __fe_sleeps;
};

typedef void (*test_work_fn)(const struct state *s);

int test_queue(const struct state *s, test_work_fn fn) __fe_must_check;

int test_register(const struct test_ops *ops);

/* Keeps what it is given: that must live as long. */
struct __fe_owned user {
	void *p __fe_private;
};

int user_init(struct user *u __fe_out, const struct obj *o __fe_outlives(1)) __fe_must_check;
void user_drop(struct user *u __fe_drop);

#endif /* _FERRULE_TEST_FLOW_H */

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Locks that hold their data.
 *
 * FE_MUTEX(), FE_SPINLOCK() and FE_SPINLOCK_IRQ() each name a type: a lock with data in it
 * that has no name without the lock. Taking the lock gives a pointer to the data: that
 * pointer is the guard. The scope that declares it ends it:
 *
 *	struct edu_job *job __fe_unlock(edu_job_lock) = fe_lock(&edu->job);
 *
 * The marker names the lock's type, so that it undoes just what taking it did. A lock that
 * an interrupt handler takes is an FE_SPINLOCK_IRQ(): taking it disables interrupts
 * wherever that happens; the other types cannot be taken in a handler. Where interrupts are
 * known to be on, because the code could sleep there, that is cheaper with
 *
 *	struct edu_job *job __fe_unlock_irq(edu_job_lock) = fe_lock_irq(&edu->job);
 *
 * which does not build anywhere else; see make explain RULE=wrong-unlock.
 *
 * Locks that are held together have an order, which their types declare: a number from 1, best
 * by a name in an enum of the driver, where the order is read from top to bottom:
 *
 *	enum { CACHE_RANK = 1, STORE_RANK };
 *	FE_MUTEX(disk_cache_lock, struct disk_cache, CACHE_RANK);
 *	FE_SPINLOCK(disk_store_lock, struct disk_store, STORE_RANK);
 *
 * A lock is taken while all that are held have lower ranks; see make explain RULE=lock-rank.
 * That is checked while the driver compiles, and lockdep sees what it does at run time.
 *
 * A lock is usable after fe_lock_init() only, which gives each one its own lockdep class: one
 * for each place in the source, so that the same lock of two devices is of one class.
 */
#ifndef _FERRULE_LOCK_H
#define _FERRULE_LOCK_H

#include <linux/err.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>

#include <ferrule/annotate.h>
#include <ferrule/compat.h>
#include <ferrule/each.h>

/**
 * struct fe_mutex - a mutex, without its data
 *
 * Invariants: initialised once, before its state is shared.
 */
struct __fe_pinned __fe_cell fe_mutex {
	struct mutex		lock __fe_private;
};

/**
 * struct fe_spinlock - a spinlock that no interrupt handler takes, without its data
 *
 * Invariants: as struct fe_mutex.
 */
struct __fe_pinned __fe_cell fe_spinlock {
	spinlock_t		lock __fe_private;
};

/**
 * struct fe_spinlock_irq - a spinlock for any context, without its data
 *
 * Invariants: as struct fe_mutex. @flags belongs to the holder.
 */
struct __fe_pinned __fe_cell fe_spinlock_irq {
	spinlock_t		lock __fe_private;
	unsigned long		flags __fe_private;
};

/*
 * SAFETY: of the cells: the lock is written through const because sharing it is its
 * purpose; it lives in memory that the layer allocated, which is never defined const.
 */
static inline __fe_private struct mutex *fe_mutex_raw(const struct fe_mutex *m)
{
	return (struct mutex *)&m->lock;
}

static inline __fe_private spinlock_t *fe_spinlock_raw(const struct fe_spinlock *s)
{
	return (spinlock_t *)&s->lock;
}

static inline __fe_private spinlock_t *fe_spinlock_irq_raw(const struct fe_spinlock_irq *s)
{
	return (spinlock_t *)&s->lock;
}

/*
 * A guard that is no error, which gcc learns here, so that ending it tests nothing. The kernel's
 * unreachable() would leave code.
 */
static __always_inline void *fe_guard_sure(const void *data)
{
	if (IS_ERR_OR_NULL(data))
		__builtin_unreachable();
	return (void *)data;
}

/*
 * SAFETY: of the locks. Initialised: one that is not is never published (uninitialised-cell), and
 * zeroed until then. Not twice by one task: double-lock, lock-rank. Unlocked once, by the task that
 * took it: a guard belongs to its scope and cannot leave it (guard-escapes); one that is an error
 * took nothing. The context is in each signature, as sleeping or as the kind of the guard: a mutex
 * only where sleeping is allowed, a plain spinlock in no interrupt handler (irq-lock). The lock
 * outlives its holders: it is in the state or an open file's, whose memory outlives every callback.
 */
static __always_inline __fe_trusted __fe_gives_guard(fe_mutex) __fe_borrows(1, 2) __fe_sleeps
void *fe_mutex_lock(const struct fe_mutex *m, const void *data)
{
	mutex_lock(fe_mutex_raw(m));
	return fe_guard_sure(data);
}

static __always_inline __fe_trusted __fe_gives_guard(fe_mutex) __fe_borrows(1, 2) __fe_must_check
__fe_sleeps
void *fe_mutex_lock_interruptible(const struct fe_mutex *m, const void *data)
{
	if (unlikely(mutex_lock_interruptible(fe_mutex_raw(m))))
		return ERR_PTR(-ERESTARTSYS);
	return fe_guard_sure(data);
}

static __always_inline __fe_trusted __fe_gives_guard(fe_mutex) __fe_borrows(1, 2) __fe_must_check
void *fe_mutex_trylock(const struct fe_mutex *m, const void *data)
{
	return mutex_trylock(fe_mutex_raw(m)) ? fe_guard_sure(data) : ERR_PTR(-EAGAIN);
}

static __always_inline __fe_trusted void fe_mutex_end(struct fe_mutex *m)
{
	mutex_unlock(&m->lock);
}

static __always_inline __fe_trusted __fe_gives_guard(fe_spin) __fe_borrows(1, 2)
void *fe_spin_lock(const struct fe_spinlock *s, const void *data)
{
	spin_lock(fe_spinlock_raw(s));
	return fe_guard_sure(data);
}

static __always_inline __fe_trusted __fe_gives_guard(fe_spin) __fe_borrows(1, 2) __fe_must_check
void *fe_spin_trylock(const struct fe_spinlock *s, const void *data)
{
	return likely(spin_trylock(fe_spinlock_raw(s))) ? fe_guard_sure(data) : ERR_PTR(-EAGAIN);
}

static __always_inline __fe_trusted void fe_spin_end(struct fe_spinlock *s)
{
	spin_unlock(&s->lock);
}

/*
 * SAFETY: as above. The flags are those of the CPU that holds the lock; they are written after
 * taking it and read before leaving it, so that no other holder sees or changes them.
 */
static __always_inline __fe_trusted __fe_gives_guard(fe_spin_irq) __fe_borrows(1, 2)
void *fe_spin_lock_irq(const struct fe_spinlock_irq *s, const void *data)
{
	unsigned long flags;

	spin_lock_irqsave(fe_spinlock_irq_raw(s), flags);
	((struct fe_spinlock_irq *)s)->flags = flags;
	return fe_guard_sure(data);
}

static __always_inline __fe_trusted __fe_gives_guard(fe_spin_irq) __fe_borrows(1, 2) __fe_must_check
void *fe_spin_trylock_irq(const struct fe_spinlock_irq *s, const void *data)
{
	unsigned long flags;

	if (!spin_trylock_irqsave(fe_spinlock_irq_raw(s), flags))
		return ERR_PTR(-EAGAIN);
	((struct fe_spinlock_irq *)s)->flags = flags;
	return fe_guard_sure(data);
}

static __always_inline __fe_trusted void fe_spin_irq_end(struct fe_spinlock_irq *s)
{
	spin_unlock_irqrestore(&s->lock, s->flags);
}

/*
 * SAFETY: that nothing here sleeps is not the point: where one may sleep, interrupts are on, and
 * may be turned on again without a look at what they were.
 */
static __always_inline __fe_trusted __fe_gives_guard(fe_spin_irq_on) __fe_borrows(1, 2) __fe_sleeps
void *fe_spin_lock_irq_on(const struct fe_spinlock_irq *s, const void *data)
{
	spin_lock_irq(fe_spinlock_irq_raw(s));
	return fe_guard_sure(data);
}

static __always_inline __fe_trusted void fe_spin_irq_on_end(struct fe_spinlock_irq *s)
{
	spin_unlock_irq(&s->lock);
}

/* With a rank or without one. */
#define __FE_RANK(...)		__FE_RANK_N(__FE_COUNT(none, ##__VA_ARGS__))(none, ##__VA_ARGS__)
#define __FE_RANK_N(n)		__FE_RANK_NAME(n)
#define __FE_RANK_NAME(n)	__FE_RANK_ ## n
#define __FE_RANK_1(none)
#define __FE_RANK_2(none, n)	__fe_rank(n)

/*
 * A lock type: its data, and the function that ends a guard of this kind. SAFETY: a guard points to
 * the data.
 */
#define __FE_LOCK(name, type, lock_type, kind, ...)			\
	struct __fe_pinned __fe_cell __FE_RANK(__VA_ARGS__) name {	\
		struct lock_type	lock __fe_private;		\
		typeof(type)		*guard[0] __fe_private;	/* a type */ \
		type			data __fe_private;		\
	};								\
	__FE_UNLOCK(name, _unlock, type, kind)				\
	struct __fe_semicolon

#define __FE_UNLOCK(name, suffix, type, kind)				\
	static __always_inline __fe_trusted __fe_ends_guard(kind)	\
	void name##suffix(type **guard __fe_drop)			\
	{								\
		if (!IS_ERR_OR_NULL(*guard))				\
			kind##_end(&container_of(*guard, struct name, data)->lock); \
	}

/**
 * FE_MUTEX() - name a mutex that holds data
 * @name: tag of the type; a field of it goes into the driver's state
 * @type: of the data, for example struct edu_job
 * @...: its rank, if it has a place in the order of locks: see above
 */
#define FE_MUTEX(name, type, ...)					\
	__FE_LOCK(name, type, fe_mutex, fe_mutex, ##__VA_ARGS__)

/**
 * FE_SPINLOCK() - name a spinlock that holds data and that no interrupt handler takes
 * @name: tag of the type
 * @type: of the data
 * @...: its rank, if it has one
 */
#define FE_SPINLOCK(name, type, ...)					\
	__FE_LOCK(name, type, fe_spinlock, fe_spin, ##__VA_ARGS__)

/**
 * FE_SPINLOCK_IRQ() - name a spinlock that holds data, for any context
 * @name: tag of the type
 * @type: of the data
 * @...: its rank, if it has one
 */
#define FE_SPINLOCK_IRQ(name, type, ...)				\
	__FE_LOCK(name, type, fe_spinlock_irq, fe_spin_irq, ##__VA_ARGS__); \
	__FE_UNLOCK(name, _unlock_irq, type, fe_spin_irq_on)		\
	struct __fe_semicolon

/**
 * FE_LOCK_DROP() - declare that a lock's data owns values
 * @name: tag of the lock's type
 * @type: tag of the data's type, for which FE_DROP() was used
 *
 * Defines name_drop(), for the FE_DROP() of what contains the lock.
 */
#define FE_LOCK_DROP(name, type)					\
	static inline void name##_drop(struct name *lock __fe_drop)	\
	{								\
		type##_drop(&lock->data);				\
	}								\
	struct __fe_semicolon

/* Ends a guard with the scope that declares it; the type of lock it came from. */
#define __fe_unlock(name)	__attribute__((__cleanup__(name##_unlock)))
/* The same for what fe_lock_irq() gave. */
#define __fe_unlock_irq(name)	__attribute__((__cleanup__(name##_unlock_irq)))

/**
 * fe_lock() - take a lock
 * @l: pointer to a lock, by const: sharing it is its purpose
 *
 * Context: FE_MUTEX(): may sleep. FE_SPINLOCK(): not in interrupt handlers; atomic until
 * the guard ends. FE_SPINLOCK_IRQ(): any; atomic, interrupts off until the guard ends. See
 * mutex_lock(), spin_lock() and spin_lock_irqsave().
 * Return: the guard: a pointer to the data; never an error. It borrows from the lock.
 */
#define fe_lock(l)							\
	__fe_take_lock(l, _Generic(__fe_lock_of(l),			\
		const struct fe_mutex * : fe_mutex_lock,		\
		const struct fe_spinlock * : fe_spin_lock,		\
		const struct fe_spinlock_irq * : fe_spin_lock_irq))

/**
 * fe_lock_irq() - take a lock where interrupts are on
 * @l: pointer to an FE_SPINLOCK_IRQ() lock
 *
 * As fe_lock(), which works anywhere and therefore has to look whether interrupts were on, and to
 * keep the answer. The guard is for __fe_unlock_irq(), which turns them on.
 *
 * Context: where the caller could sleep; atomic, interrupts off until the guard ends. See
 * spin_lock_irq().
 * Return: the guard: a pointer to the data; never an error. It borrows from the lock.
 */
#define fe_lock_irq(l)							\
	__fe_take_lock(l, _Generic(__fe_lock_of(l),			\
		const struct fe_spinlock_irq * : fe_spin_lock_irq_on))

/**
 * fe_lock_interruptible() - take a mutex, unless a signal comes first
 * @l: pointer to an FE_MUTEX() lock
 *
 * Context: may sleep. See mutex_lock_interruptible().
 * Return: the guard, or ERR_PTR(-ERESTARTSYS).
 */
#define fe_lock_interruptible(l)					\
	__fe_take_lock(l, _Generic(__fe_lock_of(l),			\
		const struct fe_mutex * : fe_mutex_lock_interruptible))

/**
 * fe_try_lock() - take a lock if nobody has it
 * @l: pointer to a lock
 *
 * Context: as fe_lock(), but does not sleep; process context for an FE_MUTEX(). See
 * mutex_trylock() and spin_trylock().
 * Return: the guard, or ERR_PTR(-EAGAIN).
 */
#define fe_try_lock(l)							\
	__fe_take_lock(l, _Generic(__fe_lock_of(l),			\
		const struct fe_mutex * : fe_mutex_trylock,		\
		const struct fe_spinlock * : fe_spin_trylock,		\
		const struct fe_spinlock_irq * : fe_spin_trylock_irq))

/* The lock in a lock type, by const, whatever the path to it is. */
#define __fe_lock_of(l)		(&((typeof(*(l)) const *)(l))->lock)

#define __fe_take_lock(l, take)						\
({									\
	typeof(l) __fe_l = (l);						\
									\
	(typeof(__fe_l->guard[0]))take(&__fe_l->lock, &__fe_l->data);	\
})

/**
 * fe_lock_init() - make a lock fit for use
 * @l: pointer to a lock in the driver's state, or in an open file's
 *
 * Context: probe, or open: nobody else has the lock yet. See __mutex_init() and spin_lock_init().
 */
#define fe_lock_init(l)							\
do {									\
	static struct lock_class_key __fe_key;				\
									\
	_Generic(&(l)->lock,						\
		struct fe_mutex * : fe_mutex_init,			\
		struct fe_spinlock * : fe_spinlock_init,		\
		struct fe_spinlock_irq * : fe_spinlock_irq_init)	\
			(&(l)->lock, #l, &__fe_key);			\
} while (0)

static inline void fe_mutex_init(struct fe_mutex *m __fe_init, const char *name,
				 struct lock_class_key *key)
{
	__mutex_init(&m->lock, name, key);
}

static inline void fe_raw_spinlock_init(spinlock_t *lock, const char *name,
					struct lock_class_key *key)
{
#ifdef CONFIG_DEBUG_SPINLOCK
	__raw_spin_lock_init(spinlock_check(lock), name, key, LD_WAIT_CONFIG);
#else
	*lock = __SPIN_LOCK_UNLOCKED(*lock);
#endif
}

static inline void fe_spinlock_init(struct fe_spinlock *s __fe_init, const char *name,
				    struct lock_class_key *key)
{
	fe_raw_spinlock_init(&s->lock, name, key);
}

static inline void fe_spinlock_irq_init(struct fe_spinlock_irq *s __fe_init, const char *name,
					struct lock_class_key *key)
{
	fe_raw_spinlock_init(&s->lock, name, key);
}

#endif /* _FERRULE_LOCK_H */

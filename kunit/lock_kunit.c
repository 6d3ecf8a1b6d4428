// SPDX-License-Identifier: GPL-2.0
/* Locks that hold their data: what is held in a guard's scope, and that it ends there. */
#include <kunit/test.h>

#include <ferrule/lock.h>

#include "test_thread.h"

struct gold {
	unsigned long	bars;
	int		drops;
};

static void gold_drop(struct gold *gold)
{
	gold->drops++;
}

FE_MUTEX(gold_mutex, struct gold);
FE_SPINLOCK(gold_spin, struct gold);
FE_SPINLOCK_IRQ(gold_irq, struct gold);
FE_LOCK_DROP(gold_mutex, gold);

/* The order in which they are taken. */
enum { GATE_RANK = 1, DOOR_RANK, CASE_RANK };

FE_MUTEX(gate_lock, struct gold, GATE_RANK);
FE_SPINLOCK(door_lock, struct gold, DOOR_RANK);
FE_SPINLOCK_IRQ(case_lock, struct gold, CASE_RANK);

struct museum {
	struct gate_lock	gate;
	struct door_lock	door;
	struct case_lock	glass;
};

struct vault {
	struct gold_mutex	mutex;
	struct gold_spin	spin;
	struct gold_irq		irq;
};

static struct vault *vault_new(struct kunit *test)
{
	struct vault *vault = kunit_kzalloc(test, sizeof(*vault), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, vault);
	fe_lock_init(&vault->mutex);
	fe_lock_init(&vault->spin);
	fe_lock_init(&vault->irq);
	return vault;
}

static bool mutex_held(struct vault *vault)
{
	return lockdep_is_held(&vault->mutex.lock.lock);
}

static bool spin_held(struct vault *vault)
{
	return lockdep_is_held(&vault->spin.lock.lock);
}

static bool irq_held(struct vault *vault)
{
	return lockdep_is_held(&vault->irq.lock.lock);
}

static void a_mutex_is_held_in_the_scope_of_its_guard(struct kunit *test)
{
	struct vault *vault = vault_new(test);

	{
		struct gold *gold __fe_unlock(gold_mutex) = fe_lock(&vault->mutex);

		KUNIT_EXPECT_TRUE(test, gold == &vault->mutex.data);
		KUNIT_EXPECT_TRUE(test, mutex_held(vault));
	}
	KUNIT_EXPECT_FALSE(test, mutex_held(vault));
}

static void a_spinlock_is_held_in_the_scope_of_its_guard(struct kunit *test)
{
	struct vault *vault = vault_new(test);
	bool held, atomic, data;

	{
		struct gold *gold __fe_unlock(gold_spin) = fe_lock(&vault->spin);

		data = gold == &vault->spin.data;
		held = spin_held(vault);
		atomic = preempt_count();
	}
	KUNIT_EXPECT_TRUE(test, data);
	KUNIT_EXPECT_TRUE(test, held);
	KUNIT_EXPECT_TRUE(test, atomic);
	KUNIT_EXPECT_FALSE(test, spin_held(vault));
	KUNIT_EXPECT_EQ(test, preempt_count(), 0);
}

static void an_irq_spinlock_disables_interrupts_for_its_guard(struct kunit *test)
{
	struct vault *vault = vault_new(test);
	bool held, off;

	{
		struct gold *gold __fe_unlock(gold_irq) = fe_lock(&vault->irq);

		gold->bars++;
		held = irq_held(vault);
		off = irqs_disabled();
	}
	KUNIT_EXPECT_TRUE(test, held);
	KUNIT_EXPECT_TRUE(test, off);
	KUNIT_EXPECT_FALSE(test, irq_held(vault));
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
}

static void a_lock_where_interrupts_are_on_turns_them_on_again(struct kunit *test)
{
	struct vault *vault = vault_new(test);
	bool inside;

	{
		struct gold *gold __fe_unlock_irq(gold_irq) = fe_lock_irq(&vault->irq);

		gold->bars++;
		inside = irq_held(vault) && irqs_disabled();
	}
	KUNIT_EXPECT_TRUE(test, inside);
	KUNIT_EXPECT_FALSE(test, irq_held(vault) || irqs_disabled());
}

static void an_irq_spinlock_leaves_interrupts_as_they_were(struct kunit *test)
{
	struct vault *vault = vault_new(test);
	bool off;

	local_irq_disable();
	{
		struct gold *gold __fe_unlock(gold_irq) = fe_lock(&vault->irq);

		gold->bars++;
	}
	off = irqs_disabled();
	local_irq_enable();
	KUNIT_EXPECT_TRUE(test, off);
}

static int take_and_return_early(struct vault *vault, bool early)
{
	struct gold *gold __fe_unlock(gold_mutex) = fe_lock(&vault->mutex);

	if (early)
		return -ECANCELED;
	gold->bars++;
	return 0;
}

static void a_guard_ends_on_every_path(struct kunit *test)
{
	struct vault *vault = vault_new(test);

	KUNIT_EXPECT_EQ(test, take_and_return_early(vault, true), -ECANCELED);
	KUNIT_EXPECT_FALSE(test, mutex_held(vault));
	KUNIT_EXPECT_EQ(test, take_and_return_early(vault, false), 0);
	KUNIT_EXPECT_FALSE(test, mutex_held(vault));
}

static void a_guard_that_was_never_taken_ends_nothing(struct kunit *test)
{
	struct vault *vault = vault_new(test);
	struct gold *outer __fe_unlock(gold_mutex) = fe_lock(&vault->mutex);

	{
		FE_UNSAFE("a lock that is held is tried again, to be refused");
		struct gold *none __fe_unlock(gold_mutex) = NULL;
		struct gold *failed __fe_unlock(gold_mutex) = fe_try_lock(&vault->mutex);

		KUNIT_EXPECT_NULL(test, none);
		KUNIT_EXPECT_EQ(test, PTR_ERR(failed), -EAGAIN);
	}
	KUNIT_EXPECT_TRUE(test, mutex_held(vault));
	outer->bars++;
}

static void trying_a_free_lock_takes_it(struct kunit *test)
{
	struct vault *vault = vault_new(test);
	bool mutex, spin, irq;

	{
		struct gold *m __fe_unlock(gold_mutex) = fe_try_lock(&vault->mutex);
		struct gold *s __fe_unlock(gold_spin) = fe_try_lock(&vault->spin);
		struct gold *i __fe_unlock(gold_irq) = fe_try_lock(&vault->irq);

		mutex = !IS_ERR(m) && mutex_held(vault);
		spin = !IS_ERR(s) && spin_held(vault);
		irq = !IS_ERR(i) && irq_held(vault) && irqs_disabled();
	}
	KUNIT_EXPECT_TRUE(test, mutex);
	KUNIT_EXPECT_TRUE(test, spin);
	KUNIT_EXPECT_TRUE(test, irq);
	KUNIT_EXPECT_FALSE(test, mutex_held(vault) || spin_held(vault) || irq_held(vault));
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
}

/* Somebody who has the mutex until told to leave. */
struct holder {
	struct vault		*vault;
	struct completion	has;
	struct completion	leave;
};

static int holder_main(void *arg)
{
	struct holder *h = arg;
	struct gold *gold __fe_unlock(gold_mutex) = fe_lock(&h->vault->mutex);

	complete(&h->has);
	wait_for_completion_interruptible(&h->leave);
	gold->bars++;
	return 0;
}

static struct test_thread *holder_new(struct kunit *test, struct holder *h)
{
	struct test_thread *thread;

	init_completion(&h->has);
	init_completion(&h->leave);
	thread = test_thread(test, holder_main, h);
	KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&h->has, 10 * HZ));
	return thread;
}

static void trying_a_lock_that_somebody_has_fails(struct kunit *test)
{
	struct holder *h = kunit_kzalloc(test, sizeof(*h), GFP_KERNEL);
	struct test_thread *thread;

	h->vault = vault_new(test);
	thread = holder_new(test, h);
	{
		struct gold *gold __fe_unlock(gold_mutex) = fe_try_lock(&h->vault->mutex);

		KUNIT_EXPECT_EQ(test, PTR_ERR(gold), -EAGAIN);
	}
	complete(&h->leave);
	KUNIT_EXPECT_EQ(test, test_thread_result(thread), 0);
	{
		struct gold *gold __fe_unlock(gold_mutex) = fe_try_lock(&h->vault->mutex);

		KUNIT_ASSERT_FALSE(test, IS_ERR(gold));
		KUNIT_EXPECT_EQ(test, gold->bars, 1);
	}
}

static void trying_a_spinlock_in_vain_changes_nothing(struct kunit *test)
{
	struct vault *vault = vault_new(test);
	long spin, irq;
	bool off;

	raw_spin_lock(&vault->spin.lock.lock.rlock);
	raw_spin_lock(&vault->irq.lock.lock.rlock);
	{
		struct gold *s __fe_unlock(gold_spin) = fe_try_lock(&vault->spin);
		struct gold *i __fe_unlock(gold_irq) = fe_try_lock(&vault->irq);

		spin = PTR_ERR(s);
		irq = PTR_ERR(i);
		off = irqs_disabled();
	}
	raw_spin_unlock(&vault->irq.lock.lock.rlock);
	raw_spin_unlock(&vault->spin.lock.lock.rlock);
	KUNIT_EXPECT_EQ(test, spin, -EAGAIN);
	KUNIT_EXPECT_EQ(test, irq, -EAGAIN);
	KUNIT_EXPECT_FALSE(test, off);
	KUNIT_EXPECT_EQ(test, preempt_count(), 0);
}

static int take_interruptibly(void *arg)
{
	struct vault *vault = arg;
	struct gold *gold __fe_unlock(gold_mutex) = fe_lock_interruptible(&vault->mutex);

	if (IS_ERR(gold))
		return PTR_ERR(gold);
	return mutex_held(vault) ? 0 : -ENOLCK;
}

static void a_signal_ends_waiting_for_a_mutex(struct kunit *test)
{
	struct holder *h = kunit_kzalloc(test, sizeof(*h), GFP_KERNEL);
	struct test_thread *holder, *waiter;

	h->vault = vault_new(test);
	holder = holder_new(test, h);
	waiter = test_thread(test, take_interruptibly, h->vault);
	KUNIT_EXPECT_TRUE(test, test_thread_sleeps(waiter));
	test_thread_signal(waiter);
	KUNIT_EXPECT_EQ(test, test_thread_result(waiter), -ERESTARTSYS);
	complete(&h->leave);
	KUNIT_EXPECT_EQ(test, test_thread_result(holder), 0);
	KUNIT_EXPECT_EQ(test, take_interruptibly(h->vault), 0);
}

#define ROUNDS	2000

/* Loses counts if two are in here at once. */
static int count_in_all(void *arg)
{
	struct vault *vault = arg;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		struct gold *m __fe_unlock(gold_mutex) = fe_lock(&vault->mutex);
		unsigned long bars = READ_ONCE(m->bars);

		cond_resched();
		WRITE_ONCE(m->bars, bars + 1);
	}
	for (i = 0; i < ROUNDS; i++) {
		struct gold *s __fe_unlock(gold_spin) = fe_lock(&vault->spin);
		unsigned long bars = READ_ONCE(s->bars);

		cpu_relax();
		WRITE_ONCE(s->bars, bars + 1);
	}
	for (i = 0; i < ROUNDS; i++) {
		struct gold *q __fe_unlock(gold_irq) = fe_lock(&vault->irq);
		unsigned long bars = READ_ONCE(q->bars);

		cpu_relax();
		WRITE_ONCE(q->bars, bars + 1);
	}
	return 0;
}

static void one_at_a_time_has_the_data(struct kunit *test)
{
	struct vault *vault = vault_new(test);
	struct test_thread *thread[4];
	int i;

	for (i = 0; i < ARRAY_SIZE(thread); i++)
		thread[i] = test_thread(test, count_in_all, vault);
	for (i = 0; i < ARRAY_SIZE(thread); i++)
		KUNIT_EXPECT_EQ(test, test_thread_result(thread[i]), 0);
	KUNIT_EXPECT_EQ(test, vault->mutex.data.bars, ROUNDS * ARRAY_SIZE(thread));
	KUNIT_EXPECT_EQ(test, vault->spin.data.bars, ROUNDS * ARRAY_SIZE(thread));
	KUNIT_EXPECT_EQ(test, vault->irq.data.bars, ROUNDS * ARRAY_SIZE(thread));
}

static void each_lock_has_a_class_of_its_own(struct kunit *test)
{
	struct vault *other = kunit_kzalloc(test, sizeof(*other), GFP_KERNEL);
	struct vault *vault = vault_new(test);

	fe_lock_init(&other->mutex);
	KUNIT_EXPECT_PTR_NE(test, vault->mutex.lock.lock.dep_map.key,
			    other->mutex.lock.lock.dep_map.key);
	KUNIT_EXPECT_PTR_NE(test, vault->spin.lock.lock.dep_map.key,
			    vault->irq.lock.lock.dep_map.key);
	KUNIT_EXPECT_STREQ(test, other->mutex.lock.lock.dep_map.name, "&other->mutex");
}

static struct museum *museum_new(struct kunit *test)
{
	struct museum *museum = kunit_kzalloc(test, sizeof(*museum), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, museum);
	fe_lock_init(&museum->gate);
	fe_lock_init(&museum->door);
	fe_lock_init(&museum->glass);
	return museum;
}

static void locks_with_ranks_are_held_together(struct kunit *test)
{
	struct museum *museum = museum_new(test);
	bool gate, door, glass;

	{
		struct gold *g __fe_unlock(gate_lock) = fe_lock(&museum->gate);
		struct gold *d __fe_unlock(door_lock) = fe_lock(&museum->door);
		struct gold *c __fe_unlock(case_lock) = fe_lock(&museum->glass);

		gate = lockdep_is_held(&museum->gate.lock.lock) && !g->bars;
		door = lockdep_is_held(&museum->door.lock.lock) && !d->bars;
		glass = lockdep_is_held(&museum->glass.lock.lock) && !c->bars;
	}
	KUNIT_EXPECT_TRUE(test, gate && door && glass);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
	KUNIT_EXPECT_EQ(test, preempt_count(), 0);
}

static void the_order_is_free_where_nobody_waits(struct kunit *test)
{
	struct museum *museum = museum_new(test);
	bool taken;

	{
		struct gold *d __fe_unlock(door_lock) = fe_lock(&museum->door);
		struct gold *g __fe_unlock(gate_lock) = fe_try_lock(&museum->gate);

		taken = !IS_ERR(g) && !d->bars;
	}
	KUNIT_EXPECT_TRUE(test, taken);
	KUNIT_EXPECT_TRUE(test, debug_locks);
}

static void one_lock_of_two_devices_is_one_class(struct kunit *test)
{
	struct museum *one = museum_new(test);
	struct museum *two = museum_new(test);

	KUNIT_EXPECT_PTR_EQ(test, one->gate.lock.lock.dep_map.key, two->gate.lock.lock.dep_map.key);
	KUNIT_EXPECT_PTR_NE(test, one->gate.lock.lock.dep_map.key, one->door.lock.lock.dep_map.key);
}

static void a_rank_needs_no_room(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, sizeof(struct gate_lock), sizeof(struct gold_mutex));
	KUNIT_EXPECT_EQ(test, sizeof(struct door_lock), sizeof(struct gold_spin));
	KUNIT_EXPECT_EQ(test, sizeof(struct case_lock), sizeof(struct gold_irq));
}

static void dropping_a_lock_drops_its_data(struct kunit *test)
{
	struct vault *vault = vault_new(test);

	gold_mutex_drop(&vault->mutex);
	KUNIT_EXPECT_EQ(test, vault->mutex.data.drops, 1);
}

static struct kunit_case lock_test_cases[] = {
	KUNIT_CASE(a_mutex_is_held_in_the_scope_of_its_guard),
	KUNIT_CASE(a_spinlock_is_held_in_the_scope_of_its_guard),
	KUNIT_CASE(an_irq_spinlock_disables_interrupts_for_its_guard),
	KUNIT_CASE(a_lock_where_interrupts_are_on_turns_them_on_again),
	KUNIT_CASE(an_irq_spinlock_leaves_interrupts_as_they_were),
	KUNIT_CASE(a_guard_ends_on_every_path),
	KUNIT_CASE(a_guard_that_was_never_taken_ends_nothing),
	KUNIT_CASE(trying_a_free_lock_takes_it),
	KUNIT_CASE(trying_a_lock_that_somebody_has_fails),
	KUNIT_CASE(trying_a_spinlock_in_vain_changes_nothing),
	KUNIT_CASE(a_signal_ends_waiting_for_a_mutex),
	KUNIT_CASE(one_at_a_time_has_the_data),
	KUNIT_CASE(each_lock_has_a_class_of_its_own),
	KUNIT_CASE(locks_with_ranks_are_held_together),
	KUNIT_CASE(the_order_is_free_where_nobody_waits),
	KUNIT_CASE(one_lock_of_two_devices_is_one_class),
	KUNIT_CASE(a_rank_needs_no_room),
	KUNIT_CASE(dropping_a_lock_drops_its_data),
	{}
};

static struct kunit_suite lock_test_suite = {
	.name		= "lock",
	.test_cases	= lock_test_cases,
};

kunit_test_suite(lock_test_suite);

MODULE_DESCRIPTION("KUnit tests of Ferrule's locks");
MODULE_LICENSE("GPL");

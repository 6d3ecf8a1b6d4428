// SPDX-License-Identifier: GPL-2.0
/* Guards: what may be done while one is held. */
#include "flow.h"

namespace ferrule {
namespace core {

namespace {

/* The holder of such a guard must not sleep. */
bool is_atomic(const std::string &kind)
{
	return kind.compare(0, 7, "fe_spin") == 0 || kind == "fe_rcu" || kind == "fe_wait";
}

} /* namespace */

lock_id flow::identify(place_id p, const type *lock) const
{
	lock_id l;

	if (lock) {
		l.type = lock->name;
		l.ranked = lock->rank;
	}
	if (p == NONE || places[p].inside)
		return l;
	l.root = places[p].var != NONE ? 2 * places[p].var : 2 * places[p].object + 1;
	if (places[p].object != NONE)
		l.param = places.info(places[p].object).param;
	l.path = places[p].path;
	return l;
}

/* What a call waits for, or wakes: a cell, by the structure that it is in. */
lock_id flow::event_of(const stmt &st, const std::vector<value> &args)
{
	const contract &c = *st.callee.contract;
	place_id p = args.empty() ? NONE : args[0].target;
	lock_id event;

	if (p == NONE || (!c.waits && !c.wakes && c.guard_kind != "fe_wait"))
		return event;

	const type *t = places[p].object != NONE ? places.info(places[p].object).type : fn.vars[places[p].var].type;

	event = identify(p, nullptr);
	event.type = t ? t->name : "";
	return event;
}

/* Notes the call for the effects, with the guards that are held. */
void flow::check_context(state &s, const stmt &st, const std::vector<value> &args)
{
	held now;

	for (const auto &[o, x] : s.objects) {
		if (x.live() && is_atomic(places.info(o).guard)) {
			now.atomic = x.made;
			now.kind = places.info(o).guard;
		}
		if (x.live() && places.info(o).rank > now.rank) {
			now.rank = places.info(o).rank;
			now.ranked = x.made;
		}
		if (x.live() && !places.info(o).lock_type.empty())
			now.locks.push_back({ identify(x.lock, nullptr), x.made });
		if (x.live() && !places.info(o).lock_type.empty()) {
			now.locks.back().first.type = places.info(o).lock_type;
			now.locks.back().first.ranked = places.info(o).rank;
		}
	}

	bool waits = st.callee.contract->waits_for_lock() && !args.empty() &&
		     st.callee.contract->guard_kind != "fe_rcu";
	std::vector<lock_id> given;

	if (st.callee.by_driver)
		for (const value &v : args) {
			given.push_back(identify(v.target, nullptr));
			if (object *x = find(s, places.object_of(v.target)))
				x->looked = true;	/* by the helper */
		}
	facts.call(fn, st, now, waits ? args[0].rank : 0,
		   waits ? identify(args[0].target, args[0].lock) : lock_id(), event_of(st, args), given);
}

/* Locks are taken in the order of their ranks; an attempt that does not wait may be any. */
void flow::check_rank(state &s, const stmt &st, object_id guard, const value &lock)
{
	places.info(guard).rank = lock.rank;
	if (!lock.rank || !st.callee.contract->waits_for_lock())
		return;
	for (const auto &[o, x] : s.objects) {
		int rank = places.info(o).rank;

		if (o == guard || !x.live() || rank < lock.rank)
			continue;
		report(rule::lock_rank, st.loc,
		       (lock.target == NONE ? "the lock" : "'" + name(s, lock.target) + "'") + " has rank " + std::to_string(lock.rank) +
		       ", and a lock of rank " + std::to_string(rank) + " is held",
		       { { x.made, "that lock was taken here" } },
		       "take the lock of the lower rank first; of one rank hold only one");
		return;
	}
}

/* A lock whose guard is live is taken again. */
void flow::check_lock(state &s, const stmt &st, object_id guard, const value &lock)
{
	if (lock.target == NONE || places[lock.target].inside) {
		check_rank(s, st, guard, lock);
		return;
	}
	for (const auto &[o, x] : s.objects)
		if (o != guard && x.live() && x.lock == lock.target) {
			report(rule::double_lock, st.loc,
			       "'" + name(s, lock.target) + "' is locked while its guard is still held",
			       { { x.made, "it was locked here" } },
			       "use the guard that is there, or end it first");
			s.objects[guard].lock = lock.target;
			places.info(guard).rank = lock.rank;
			return;
		}
	s.objects[guard].lock = lock.target;
	check_rank(s, st, guard, lock);
}

/* A guard of the lock is ended as what it is not, which turns interrupts on, or leaves them off. */
void flow::check_unlock(state &s, const stmt &st, const value &v)
{
	const std::string &kind = st.callee.contract->ends_guard;
	const value *held = kind.empty() || v.target == NONE ? nullptr : s.values.find(v.target);
	object_id o = held ? places.object_of(held->target) : NONE;
	const object *x = find(s, o);

	if (!x || !x->live() || places.info(o).guard.empty() || places.info(o).guard == kind ||
	    st.callee.name.compare(0, places.info(o).lock_type.size(), places.info(o).lock_type))
		return;		/* of another lock: forged-owner */
	report(rule::wrong_unlock, x->made,
	       "the guard in '" + name(s, v.target) + "' is of another kind than what ends it",
	       { { st.loc, st.callee.name + "() ends it here" } },
	       "__fe_unlock_irq() belongs to fe_lock_irq(), __fe_unlock() to the others");
}

} /* namespace core */
} /* namespace ferrule */

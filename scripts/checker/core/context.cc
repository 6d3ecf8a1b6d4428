// SPDX-License-Identifier: GPL-2.0
/* Guards: what may be done while one is held. */
#include "flow.h"

namespace ferrule {
namespace core {

namespace {

/* The holder of such a guard must not sleep. */
bool is_atomic(const std::string &kind)
{
	return kind.compare(0, 7, "fe_spin") == 0 || kind.compare(0, 6, "fe_rcu") == 0;
}

} /* namespace */

/* Notes the call for the effects, with the guards that are held. */
void flow::check_context(state &s, const stmt &st, const std::vector<value> &args)
{
	held now;

	for (const auto &[o, x] : s.objects) {
		if (x.live() && is_atomic(places.info(o).guard))
			now.atomic = x.made;
		if (x.live() && places.info(o).rank > now.rank) {
			now.rank = places.info(o).rank;
			now.ranked = x.made;
		}
	}
	facts.call(fn, st, now, st.callee.contract->waits_for_lock() && !args.empty() ? args[0].rank : 0);
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

} /* namespace core */
} /* namespace ferrule */

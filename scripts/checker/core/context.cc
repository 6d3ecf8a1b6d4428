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

/* Notes the call for the effects, with the atomic guard that is held, if there is one. */
void flow::check_context(state &s, const stmt &st)
{
	src_loc guard = 0;

	for (const auto &[o, x] : s.objects)
		if (x.live() && is_atomic(places.info(o).guard))
			guard = x.made;
	facts.call(fn, st, guard);
}

/* A lock whose guard is live is taken again. */
void flow::check_lock(state &s, const stmt &st, object_id guard, const value &lock)
{
	if (lock.target == NONE || places[lock.target].inside)
		return;
	for (const auto &[o, x] : s.objects)
		if (o != guard && x.live() && x.lock == lock.target) {
			report(rule::double_lock, st.loc,
			       "'" + name(s, lock.target) + "' is locked while its guard is still held",
			       { { x.made, "it was locked here" } },
			       "use the guard that is there, or end it first");
			break;
		}
	s.objects[guard].lock = lock.target;
}

} /* namespace core */
} /* namespace ferrule */

// SPDX-License-Identifier: GPL-2.0
/*
 * Owners in the data of a lock that some function of the file leaves empty. Another one that
 * takes the lock and uses such an owner, without a look at anything that the lock guards, cannot
 * know that there is one.
 */
#include "flow.h"

namespace ferrule {
namespace core {

namespace {

bool is_left_empty(const value &v)
{
	return v.gone == gone::NO && v.mask == ZERO && v.why == why::MOVED;
}

} /* namespace */

/* A part of a structure, whichever variable that is in. */
owner_id flow::owner_at(place_id p) const
{
	const type *t = places[p].object == NONE ? nullptr : places.info(places[p].object).type;

	return { t ? t->name : "", places[p].path };
}

/* A guard ends, or the function: nobody fills it any more. */
void flow::note_left_empty(place_id p, const value &v)
{
	if (fn.by_driver && !fn.is_test && is_left_empty(v) && owner_place(p) && !places[p].inside)
		facts.empties(owner_at(p), v.at);
}

/* What is decided by such a value may be whether there is an owner. */
void flow::note_looked(state &s, const value &v)
{
	object *x = v.origin == NONE || owner_place(v.origin) ? nullptr : find(s, places[v.origin].object);

	if (x)
		x->looked = true;
}

/* What the pointer at the place points to is used. It may be an owner's, or a copy of one. */
void flow::check_asked(const state &s, place_id p, src_loc at)
{
	if (const value *copy = s.values.find(p); copy && copy->origin != NONE)
		p = copy->origin;

	object_id o = places[p].object;
	const object *x = o == NONE ? nullptr : s.objects.find(o);

	if (!fn.by_driver || fn.is_test || !x || x->looked || places[p].inside || !x->live() ||
	    places.info(o).lock_type.empty() || !owner_place(p))
		return;
	if (const value *known = s.values.find(p); known && (known->why != why::NONE || !(known->mask & ZERO)))
		return;
	facts.if_emptied({ rule::unchecked_result, at,
			   "'" + name(s, p) + "' may be empty, and nobody looked",
			   { { x->made, "the lock was taken here" } },
			   "test it for NULL first, under the same guard" }, owner_at(p));
}

void effects::empties(const owner_id &owner, src_loc at)
{
	if (!owner.type.empty())
		emptied.emplace(owner, at);
}

void effects::if_emptied(const finding &f, const owner_id &owner)
{
	owner_doubts.emplace_back(f, owner);
}

void effects::check_emptied(reporter &out) const
{
	for (const auto &[f, owner] : owner_doubts) {
		auto at = emptied.find(owner);

		if (at == emptied.end())
			continue;

		finding said = f;

		said.notes.push_back({ at->second, "it is taken out here" });
		out.report(said);
	}
}

} /* namespace core */
} /* namespace ferrule */

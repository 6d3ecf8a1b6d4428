// SPDX-License-Identifier: GPL-2.0
/* Objects and places of a state: making, ending, forgetting and naming them. */
#include "flow.h"

namespace ferrule {
namespace core {

namespace {

/* So many values of one statement are told apart; older ones are merged. */
constexpr int MAX_GENERATIONS = 3;

} /* namespace */

/* How many places hold a pointer to the object. */
int flow::holders(const state &s, object_id o, place_id except) const
{
	int n = 0;

	for (const auto &[p, v] : s.values) {
		const place &at = places[p];

		if (p == except || v.gone != gone::NO || places.object_of(v.target) != o)
			continue;
		n += at.var == NONE || !fn.vars[at.var].block_local;
	}
	return n;
}

int flow::named_holders(const state &s, object_id o) const
{
	int n = 0;

	for (const auto &[p, v] : s.values)
		n += v.gone == gone::NO && places.object_of(v.target) == o && is_named(p);
	return n;
}

object_id flow::make(state &s, const void *site, int role, enum status st, src_loc at,
		     const std::string &made_by)
{
	for (int generation = 0;; generation++) {
		object_id o = places.object(site, role, generation);
		object *old = find(s, o);
		object fresh;

		fresh.status = st;
		fresh.made = at;
		places.info(o).made_by = made_by;
		if (!old) {
			forget_answers(s, places.of_object(o));
			s.objects[o] = fresh;
			return o;
		}
		if (old->status == status::INNER && !named_holders(s, o)) {
			absorb(s, o);
			s.objects[o] = fresh;
			return o;
		}
		if (generation < MAX_GENERATIONS - 1 && holders(s, o) &&
		    (old->live() || old->status == status::BORROWED))
			continue;
		if (old->status == status::OWNED && st == status::OWNED)
			report(ending_of(places.info(o).type).leak, at,
			       "the value from " + made_by + " is acquired again while the earlier one "
			       "is still owned",
			       { { old->made, "the earlier one was acquired here" } },
			       "drop it, or move it into a container, before the next one");
		for (auto &[p, v] : s.values) {
			if (places.object_of(v.target) != o)
				continue;
			v.target = NONE;
			if (old->status == status::MOVED || old->status == status::DROPPED) {
				v.gone = old->status == status::MOVED ? gone::MOVED : gone::DROPPED;
				v.at = old->ended;
			}
		}
		forget_parts(s, o);
		s.objects[o] = fresh;
		return o;
	}
}

/* Ends an object and everything in it, and the borrows from them. */
void flow::end(state &s, object_id o, enum status how, src_loc at)
{
	object *x = find(s, o);

	if (!x)
		return;
	x->status = how;
	x->ended = at;
	kill_loans(s, o, at, how == status::DROPPED ? gone::DROPPED : gone::MOVED);

	std::vector<object_id> inner;

	for (const auto &[id, child] : s.objects)
		if (child.status == status::INNER && child.parent == o)
			inner.push_back(id);
	for (object_id id : inner)
		end(s, id, how, at);
}

/*
 * Forgets the identity of an object inside another, a list element for example: from
 * now on it is a part of its owner.
 */
void flow::absorb(state &s, object_id o)
{
	object_id parent = find(s, o)->parent;

	for (auto &[p, v] : s.values)
		if (places.object_of(v.target) == o)
			v.target = parent != NONE && places[p].object == NONE ?
				   places.inside(places.of_object(parent)) : NONE;
	forget_parts(s, o);
	s.objects.erase(o);
	for (auto &[id, x] : s.objects) {
		if (x.parent == o)
			x.parent = parent;
		for (object_id &lender : x.lenders)
			if (lender == o)
				lender = parent;
		x.lenders.erase(std::remove(x.lenders.begin(), x.lenders.end(), NONE),
				x.lenders.end());
	}
}

void flow::forget_parts(state &s, object_id o)
{
	forget_answers(s, places.of_object(o));
	s.values.erase_if([&](const auto &e) { return places[e.first].object == o; });
}

/* Forgets what is known below a place; owners stay known. */
void flow::forget_below(state &s, place_id p, bool strictly)
{
	forget_fetches(s, p);
	forget_answers(s, p);
	s.values.erase_if([&](const auto &e) {
		if (!places.covers(p, e.first) || (strictly && e.first == p))
			return false;
		const object *x = find(s, places.object_of(e.second.target));

		return !(strictly && x && x->live()) &&
		       !(strictly && e.second.gone != gone::NO && !e.second.emptied &&
			 owner_place(e.first));
	});
	for (auto &[at, v] : s.values) {
		if (v.origin != NONE && places.covers(p, v.origin) && (!strictly || v.origin != p))
			v.origin = NONE;
		if (v.condition != NONE && mentions_below(v.condition, p))
			v.condition = NONE;
	}
}

/* The place changes: conditions on it and copies of it are about the past. */
void flow::forget_conditions(state &s, place_id p)
{
	for (auto &[at, v] : s.values) {
		if (v.origin == p)
			v.origin = NONE;
		if (v.condition != NONE && conditions.mentions(v.condition, p))
			v.condition = NONE;
	}
}

void flow::owner_paths(const type *t, std::vector<short> path,
		       std::vector<std::vector<short>> &out) const
{
	if (!t || !t->is_record())
		return;
	if (t->owned) {
		out.push_back(path);
		return;
	}
	if (!t->holds_owner() || t->foreign)
		return;
	for (size_t i = 0; i < t->fields().size(); i++) {
		const field &f = t->fields()[i];

		path.push_back(i);
		if (f.owner)
			out.push_back(path);
		else
			owner_paths(f.type, path, out);
		path.pop_back();
	}
}

/* A fresh allocation gets its type from the first pointer: its owners are empty. */
void flow::open_allocation(state &s, const value &v, const type *t, src_loc at)
{
	object_id o = places.object_of(v.target);
	object *x = find(s, o);

	if (!x || x->status != status::OWNED || x->opened || !places[v.target].whole() ||
	    !t->is_pointer() || !t->target() || !t->target()->is_record())
		return;
	if (!places.info(o).type)
		places.info(o).type = t->target();
	if (places.info(o).param != NONE || !places.info(o).guard.empty() || t->target()->owned ||
	    !t->target()->holds_owner())
		return;
	x->opened = true;

	std::vector<std::vector<short>> paths;

	owner_paths(t->target(), {}, paths);
	for (const auto &path : paths) {
		place_id p = places.below(v.target, path);

		if (!s.values.find(p))
			s.values[p] = empty(why::EMPTY, at);
	}
}

/* Remembers what the author calls an object: its variable may be out of scope first. */
void flow::remember_name(const state &s, place_id p, const value &v)
{
	object_id o = places.object_of(v.target);

	if (o == NONE || places[v.target].inside || (places[p].var != NONE && !is_named(p)))
		return;
	places.info(o).name = name(s, p);
}

bool flow::is_named(place_id p) const
{
	return places[p].var != NONE && !fn.vars[places[p].var].temporary;
}

bool flow::is_named_or_object(place_id p) const
{
	return places[p].object != NONE || is_named(p);
}

bool flow::is_global(place_id p) const
{
	return places[p].var != NONE && fn.vars[places[p].var].global;
}

/* Some element of an array, or a part of one. */
bool flow::is_element(place_id p) const
{
	if (p == NONE || !places[p].inside)
		return false;

	const type *t = type_at(const_cast<flow *>(this)->places.parent(p));

	return t && t->kind == type::ARRAY;
}

/* Part of something that this function did not make: its content is not known. */
bool flow::in_borrowed(const state &s, place_id p) const
{
	object_id o = places.object_of(p);
	const object *x = o == NONE ? nullptr : s.objects.find(o);

	return x && (x->status == status::BORROWED || !places.info(o).guard.empty() ||
		     places.info(o).param != NONE);
}

const type *flow::type_at(place_id p) const
{
	const place &at = places[p];
	const type *t = at.var != NONE ? fn.vars[at.var].type : places.info(at.object).type;

	for (short i : at.path) {
		if (!t || !t->is_record() || static_cast<size_t>(i) >= t->fields().size())
			return nullptr;
		t = t->fields()[i].type;
	}
	return at.inside ? nullptr : t;
}

const field *flow::field_at(place_id p) const
{
	const place &at = places[p];

	if (at.path.empty() || at.inside)
		return nullptr;

	const type *t = at.var != NONE ? fn.vars[at.var].type : places.info(at.object).type;

	for (size_t n = 0; n < at.path.size(); n++) {
		size_t i = at.path[n];

		if (!t || !t->is_record() || i >= t->fields().size())
			return nullptr;
		if (n + 1 == at.path.size())
			return &t->fields()[i];
		t = t->fields()[i].type;
	}
	return nullptr;
}

/* A place that owns: of an owned type, or an owning pointer of a structure. */
bool flow::owner_place(place_id p) const
{
	const field *f = field_at(p);
	const type *t = type_at(p);

	return (f && f->owner) || (t && t->owned);
}

std::string flow::name(const state &s, place_id p) const
{
	if (p == NONE)
		return "this value";

	const place &at = places[p];
	std::string text;
	const char *separator = ".";
	const type *t;

	if (at.var != NONE) {
		if (fn.vars[at.var].temporary && at.path.empty())
			return "this value";
		text = fn.vars[at.var].name;
		t = fn.vars[at.var].type;
	} else {
		t = places.info(at.object).type;
		for (const auto &[holder, v] : s.values)
			if (is_named(holder) && places.object_of(v.target) == at.object &&
			    places[v.target].whole()) {
				text = name(s, holder);
				break;
			}
		if (text.empty() && places.info(at.object).param != NONE)
			for (const variable &v : fn.vars)
				if (v.param == places.info(at.object).param)
					text = v.name;
		if (text.empty())
			text = places.info(at.object).name;
		if (text.empty())
			text = "the value from " + places.info(at.object).made_by;
		separator = "->";
	}
	for (short i : at.path) {
		if (!t || !t->is_record() || static_cast<size_t>(i) >= t->fields().size())
			break;
		text += separator + t->fields()[i].name;
		separator = ".";
		t = t->fields()[i].type;
	}
	return text;
}

/* What the author calls a value: where it came from, or what it points to. */
std::string flow::name_of(const state &s, const value &v, const operand *o) const
{
	if (o && o->kind == operand::READ && o->place.var != place_expr::UNKNOWN &&
	    o->place.path.empty() && !fn.vars[o->place.var].temporary)
		return fn.vars[o->place.var].name;
	if (v.origin != NONE && (places[v.origin].object != NONE || is_named(v.origin)))
		return name(s, v.origin);
	return name(s, v.target);
}

} /* namespace core */
} /* namespace ferrule */

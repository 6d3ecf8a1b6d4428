// SPDX-License-Identifier: GPL-2.0
/* Assignments: moves, owners that are overwritten, borrows that escape. */
#include "flow.h"

namespace ferrule {
namespace core {

namespace {

bool is_null(const value &v)
{
	return v.gone == gone::NO && v.exact && v.number == 0;
}

bool usable(const value &v)
{
	return v.gone == gone::NO && (v.mask & VALID);
}

} /* namespace */

/*
 * An owning field of a borrowed object was read and is now set to NULL: what was read
 * owns the value from here on, if there was one.
 */
void flow::take_out(state &s, place_id p, value &v, src_loc at)
{
	object_id o = NONE;

	for (auto &[holder, w] : s.values) {
		if (w.origin != p || holder == p || places[holder].object != NONE || !usable(w))
			continue;
		if (o == NONE) {
			std::string from = name(s, p);

			o = make(s, &fn, p, status::OWNED, at, from);
		}
		w.target = places.of_object(o);
		w.mask &= ~ERROR;
		w.exact = false;
		if (w.mask & ZERO) {
			w.why = why::PERHAPS;
			w.at = at;
		}
	}
	if (o != NONE) {
		s.values[p] = empty(why::MOVED, at);
		v.why = why::MOVED;
		v.at = at;
	}
}

/* The old value of an owner ends here without being dropped or moved. */
void flow::overwrite(state &s, place_id p, value &v, src_loc at)
{
	const value *old = s.values.find(p);
	object_id o = old && usable(*old) ? places.object_of(old->target) : NONE;
	object *x = find(s, o);
	bool owned = x && x->live() && places[old->target].whole();
	bool temporary = places[p].var != NONE && fn.vars[places[p].var].temporary;

	if (owned && !temporary && !holders(s, o, p) && places.object_of(v.target) != o) {
		report(rule::overwrite_owner, at,
		       "'" + name(s, p) + "' is overwritten while it owns a value, which leaks",
		       { { x->made, "the value was acquired here" } },
		       "drop the old value first, or move it out with fe_move()");
		x->status = status::UNSURE;
	}
	if (owned && is_null(v) && v.why != why::FAILED) {
		v.why = why::MOVED;
		v.at = at;
	}
	if (old && old->gone == gone::MOVED && is_null(v)) {
		v.why = why::MOVED;
		v.at = old->at;
	}
	if (x && (x->status == status::MOVED || x->status == status::DROPPED) && is_null(v)) {
		v.why = x->status == status::MOVED ? why::MOVED : why::EMPTY;
		v.at = x->status == status::MOVED ? x->ended : at;
	}
	if (v.origin != p && may_be_full(s, p))
		report_full(s, p, "this overwrites", at);
}

/* An owner in a borrowed object: what it holds is known only where it was tested or emptied. */
bool flow::may_be_full(const state &s, place_id p) const
{
	const value *v = s.values.find(p);

	return owner_place(p) && in_borrowed(s, p) &&
	       (!v || (usable(*v) && v->target == NONE));
}

/* The one parameter that the place is a part of, or was borrowed from. */
int flow::root_param(const state &s, place_id p) const
{
	roots from;

	from.keeper = true;
	if (places.object_of(p) == NONE)
		return NONE;
	find_roots(s, places.object_of(p), from);
	return from.unknown || from.local || from.params.size() != 1 ? NONE : *from.params.begin();
}

/*
 * While probe fills the state it is known to be empty, and a predicate of the driver's may
 * have told so: that is decided when all was read.
 */
void flow::report_full(const state &s, place_id p, const char *how, src_loc at)
{
	int param = root_param(s, p);
	finding f = found(rule::overwrite_owner, at,
			  "'" + name(s, p) + "' may own a value, which " + how, {},
			  "drop the old value first, move it out with fe_move(), or test that there is none");

	if (param == NONE || !fn.contract->params[param].init)
		states_of_probe.suspect({ param == NONE ? 0 : fn.id, param }, f, answers_about(s, p));
}

/* An owner moves into a place inside an object. */
void flow::keep_owner(state &s, place_id p, object_id o, const type *t, src_loc at)
{
	object &x = s.objects[o];
	const object *into = find(s, places[p].object);

	if (!places.info(o).guard.empty()) {
		report(rule::guard_escapes, at,
		       "a guard is stored in '" + name(s, p) + "', which outlives this function",
		       { { x.made, "the lock was taken here" } },
		       "keep guards in local variables, and store a copy of the data");
		x.status = status::UNSURE;
	} else if (owner_place(p) || !into || into->status != status::BORROWED) {
		x.status = status::INNER;
		x.parent = places[p].object;
	} else {
		if (field_at(p) && t && t->is_pointer() && !fn.is_test)
			report(rule::leak, at,
			       "an owned value is stored in '" + name(s, p) + "', which does not own",
			       { { x.made, "the value was acquired here" } },
			       "mark the field __fe_own, or keep the value in an owning type");
		x.status = status::UNSURE;
	}
}

void flow::store(state &s, place_id p, value v, const type *t, src_loc at)
{
	if (p == NONE || is_global(p) || places[p].inside) {
		store_unknown(s, p, v, t, at);
		return;
	}
	if (value *old = s.values.find(p))
		if (old->unread != NONE)
			errors_lost.insert(old->unread);

	bool owner = owner_place(p);
	const value *old = s.values.find(p);

	if (owner && is_null(v) && in_borrowed(s, p) &&
	    (!old || (usable(*old) && places.object_of(old->target) == NONE)))
		take_out(s, p, v, at);
	old = s.values.find(p);
	if (owner || (old && old->target != NONE))
		overwrite(s, p, v, at);

	object_id o = places.object_of(v.target);
	object *x = find(s, o);

	if (x && usable(v) && places[p].object != NONE && t && (t->is_pointer() || t->owned)) {
		if (x->status == status::OWNED && places[v.target].whole())
			keep_owner(s, p, o, t, at);
		else
			escape(s, p, v, at);
	} else if (usable(v) && v.target != NONE && places[v.target].var != NONE) {
		escape(s, p, v, at);
	} else if (owner && v.why == why::FAILED && v.mask == ERROR && t && t->is_pointer() &&
		   places[p].object != NONE) {
		report(rule::unchecked_result, at,
		       "'" + name(s, p) + "' is set to something although getting it may have failed",
		       { { v.at, "this can fail" } },
		       "test the result before it is kept; NULL is an owner that is empty");
	}

	forget_below(s, p, true);
	forget_conditions(s, p);
	if (v.condition != NONE && !(places[p].var != NONE && fn.vars[places[p].var].block_local))
		v.condition = rooted(s, v.condition);
	if (v.condition != NONE && conditions.mentions(v.condition, p))
		v.condition = NONE;
	if (v.origin == p)
		v.origin = NONE;
	if (t && usable(v) && v.target != NONE)
		open_allocation(s, v, t, at);
	s.values[p] = v;
	remember_name(s, p, v);
}

/* Into memory that is not told apart: a global, an element, an unknown pointer. */
void flow::store_unknown(state &s, place_id p, const value &v, const type *t, src_loc at)
{
	object_id o = places.object_of(v.target);
	object *x = find(s, o);
	bool element = fn.by_driver && is_element(p);

	if (element && !x && usable(v) && v.target != NONE && t && t->is_pointer())
		escape(s, p, v, at);
	if (!x || !usable(v) || !t || !(t->is_pointer() || t->owned))
		return;
	if (x->status == status::OWNED && places[v.target].whole()) {
		if (!places.info(o).guard.empty())
			report(rule::guard_escapes, at,
			       "a guard is stored in memory that outlives this function",
			       { { x->made, "the lock was taken here" } },
			       "keep guards in local variables, and store a copy of the data");
		else if (element && t->is_pointer())
			report(rule::leak, at,
			       "an owned value is stored in an element of an array, which does not own",
			       { { x->made, "the value was acquired here" } },
			       "keep it in a variable or a field of its own, or in a container of the layer");
		x->status = status::UNSURE;
	} else if (x->status == status::BORROWED || (element && x->live())) {
		escape(s, element ? p : NONE, v, at);
	}
}

/* {}, memset(): every owner inside becomes empty. */
void flow::clear_record(state &s, place_id p, const type *t, src_loc at)
{
	std::vector<std::vector<short>> paths;

	owner_paths(t, {}, paths);
	for (const auto &path : paths) {
		place_id part = places.below(p, path);

		store(s, part, empty(why::EMPTY, at), type_at(part), at);
	}
	forget_below(s, p, true);
	forget_conditions(s, p);
}

/* Each owner inside moves; the source is dead until it is emptied or filled again. */
void flow::move_record(state &s, place_id to, place_id from, const stmt &st)
{
	std::vector<std::vector<short>> paths;
	const type *t = st.dst.type;

	owner_paths(t, {}, paths);
	for (const auto &path : paths) {
		place_id source = from == NONE ? NONE : places.below(from, path);
		place_id target = to == NONE ? NONE : places.below(to, path);
		value *known = source == NONE ? nullptr : s.values.find(source);
		value v;

		if (known && known->gone != gone::NO) {
			if (known->gone != gone::UNSET || path.empty()) {
				value gone_value = *known;

				gone_value.origin = source;
				use(s, gone_value, st.loc, name(s, source), true);
			}
		} else if (known) {
			v = *known;
			v.origin = v.condition = NONE;
			object_id o = places.object_of(v.target);
			object *x = find(s, o);

			if (x && x->status == status::INNER) {
				x->status = status::OWNED;
				x->parent = NONE;
			}
			if (x && (v.mask & VALID))
				kill_loans(s, o, st.loc, gone::MOVED);
			if (v.mask & VALID)
				s.values[source] = ended(gone::MOVED, st.loc);
		} else if (source != NONE && in_borrowed(s, source)) {
			std::string from_name = name(s, source);
			object_id o = make(s, &st, source, status::OWNED, st.loc, from_name);

			v = pointer_to(places.of_object(o));
			v.mask = ZERO | VALID;
			v.why = why::PERHAPS;
			v.at = st.loc;
			s.values[source] = ended(gone::MOVED, st.loc);
		}
		store(s, target, v, target == NONE ? t : type_at(target), st.loc);
	}
}

/* Two owners of one value: from here on nothing is said about either. */
void flow::copy_owners(state &s, place_id to, place_id from, const stmt &st)
{
	std::vector<std::vector<short>> paths;
	std::vector<note> notes;

	owner_paths(st.dst.type, {}, paths);
	for (const auto &path : paths) {
		const value *v = s.values.find(places.below(from, path));
		object *x = v ? find(s, places.object_of(v->target)) : nullptr;

		if (x) {
			notes.push_back({ x->made, "the value was acquired here" });
			x->status = status::UNSURE;
		}
		if (to != NONE)
			s.values.erase(places.below(to, path));
	}
	report(rule::copy_owner, st.loc,
	       "'" + name(s, from) + "' is copied, which would make a second owner", notes,
	       "move it with fe_move(), or borrow it through a pointer");
}

void flow::store_record(state &s, const stmt &st)
{
	place_id to = locate(s, st.dst, st.loc);

	if (st.op == op::ZERO) {
		if (to != NONE)
			clear_record(s, to, st.dst.type, st.loc);
		return;
	}
	if (st.args.empty() || st.args[0].kind != operand::READ)
		return;

	place_id from = locate(s, st.args[0].place, st.loc);
	bool owners = st.dst.type && st.dst.type->holds_owner();

	check_copied(s, from, st);

	if (owners && st.spelled_by_driver && from != NONE && is_named_or_object(from) &&
	    (to == NONE || is_named_or_object(to))) {
		copy_owners(s, to, from, st);
		return;
	}

	/* Everything else is copied as it is. */
	std::vector<std::pair<std::vector<short>, value>> parts;

	if (from != NONE)
		for (const auto &[p, v] : s.values)
			if (p != from && places.covers(from, p) && !owner_place(p) && !places[p].inside)
				parts.emplace_back(std::vector<short>(places[p].path.begin() +
								      places[from].path.size(),
								      places[p].path.end()), v);
	if (owners)
		move_record(s, to, from, st);
	else if (to != NONE)
		forget_below(s, to, true);
	for (auto &[path, v] : parts) {
		place_id p = to == NONE ? NONE : places.below(to, path);

		v.origin = v.condition = NONE;
		store(s, p, v, p == NONE ? nullptr : type_at(p), st.loc);
	}
}

/*
 * A scalar inside a handle is written: `struct fe_box b = { NULL };` is lowered so. NULL
 * empties the handle, anything else is the layer's own business, or a forgery.
 */
bool flow::clear_handle_part(state &s, place_id p, const value &v, const stmt &st)
{
	for (place_id whole = places.parent(p); whole != NONE; whole = places.parent(whole)) {
		const type *t = type_at(whole);

		if (!t || !t->owned)
			continue;
		if (is_null(v)) {
			const value *old = s.values.find(whole);

			if (!old || old->gone != gone::NO || places.object_of(old->target) == NONE)
				store(s, whole, empty(why::EMPTY, st.loc), t, st.loc);
			return true;
		}
		if (st.spelled_by_driver)
			report(rule::forged_owner, st.loc,
			       "'" + name(s, whole) + "' is made by hand: only the layer makes an owner",
			       {}, "get the value from a function that gives it");
		s.values.erase(whole);
		return true;
	}
	return false;
}

/* A write through a pointer that came from a shared borrow. */
void flow::check_write(state &s, const stmt &st)
{
	const place_expr &e = st.dst;

	if (!fn.by_driver || !st.spelled_by_driver || e.var == place_expr::UNKNOWN || e.path.empty() ||
	    e.path[0].kind != step::DEREF)
		return;
	if (const value *v = s.values.find(places.of_var(e.var)); v && v->shared)
		report(rule::shared_written, st.loc,
		       "'" + name_of(s, *v) + "' is reached through a shared borrow, and written", {},
		       "keep it behind a lock, or in an atomic: const holds for what a structure points to");
}

void flow::assign(state &s, const stmt &st)
{
	check_write(s, st);
	if (st.dst.type && (st.dst.type->is_record() || st.dst.type->kind == type::ARRAY)) {
		store_record(s, st);
		return;
	}

	value v = compute(s, st);
	place_id p = locate(s, st.dst, st.loc);

	if (p == NONE || places[p].var == NONE)
		look_at(v);
	if (p == NONE || places[p].var == NONE || is_global(p))
		use_fetched(s, v, st.loc);

	if (p != NONE && places[p].path.size() && clear_handle_part(s, p, v, st))
		return;
	store(s, p, v, st.dst.type, st.loc);
	if (p != NONE && places[p].var != NONE && fn.vars[places[p].var].carries_result)
		s.result_at = st.loc;
}

} /* namespace core */
} /* namespace ferrule */

// SPDX-License-Identifier: GPL-2.0
/* Using, taking and dropping values. */
#include "flow.h"

namespace ferrule {
namespace core {

namespace {

const char *const CHECK_HINT = "test the result before using the value";

bool ends_with(const std::string &name, const std::string &ending)
{
	return name.size() > ending.size() &&
	       !name.compare(name.size() - ending.size(), ending.size(), ending);
}

} /* namespace */

/*
 * False: use() has nothing to say, whatever it looks at. Most values are fine, and need no
 * name to say it with.
 */
bool flow::is_suspect(const state &s, const value &v, bool deref) const
{
	const object *x = (v.mask & VALID) ? s.objects.find(places.object_of(v.target)) : nullptr;

	return v.gone != gone::NO || (x && x->has_ended()) ||
	       (deref && (v.why != why::NONE || v.perhaps_null));
}

/*
 * A value is used: dereferenced, or passed on. True if that was reported; the value is
 * then no longer followed, so that one mistake is one error.
 */
bool flow::use(state &s, const value &v, src_loc at, const std::string &what, bool deref)
{
	auto stop = [&] {
		if (object *x = find(s, places.object_of(v.target)))
			x->status = status::UNSURE;
		if (v.origin != NONE)
			s.values.erase(v.origin);
		return true;
	};

	switch (v.gone) {
	case gone::UNSET:
		report(rule::uninitialised, at, "'" + what + "' is used before it is set");
		return stop();
	case gone::MOVED:
		report_moved(at, v.at, what, "used");
		return stop();
	case gone::DROPPED:
		report(rule::use_after_drop, at, "'" + what + "' is used after it was dropped",
		       { { v.at, "it was dropped here" } });
		return stop();
	case gone::SCOPE:
		report(rule::borrow_outlives_owner, at,
		       "'" + what + "' points to a variable that went out of scope",
		       { { v.at, "its scope ended here" } },
		       "declare the variable in the block where the pointer is used");
		return stop();
	case gone::NO:
		break;
	}

	object *x = (v.mask & VALID) ? find(s, places.object_of(v.target)) : nullptr;

	if (x && x->has_ended()) {
		report_ended(*x, places.object_of(v.target), at, what);
		x->status = status::UNSURE;
		return true;
	}
	if (deref && v.perhaps_null && (v.mask & ZERO) && fn.by_driver)
		facts.if_null({ rule::unchecked_result, at,
				"'" + what + "' is used although it may be NULL", {}, CHECK_HINT }, v.perhaps_null);
	if (!deref || (v.mask & VALID && v.why != why::PERHAPS) || !(v.mask & ~VALID))
		return false;

	switch (v.why) {
	case why::FAILED:
	case why::ABSENT:
		if (v.wrong_test)
			report(rule::wrong_test, v.wrong_test,
			       v.why == why::FAILED ?
				       "'" + what + "' fails with an error pointer, which a test for NULL "
				       "does not see" :
				       "'" + what + "' fails with NULL, which IS_ERR() does not see",
			       { { v.at, "the value comes from here" }, { at, "and is used here" } },
			       v.why == why::FAILED ? "test it with IS_ERR()" : "test it for NULL");
		else
			report(rule::unchecked_result, at,
			       "'" + what + "' is used although getting it may have failed",
			       { { v.at, "this can fail" } }, CHECK_HINT);
		return stop();
	case why::MOVED:
		report_moved(at, v.at, what, "used");
		return stop();
	case why::EMPTY:
		if (fn.is_test)
			return false;
		report(rule::uninitialised, at, "'" + what + "' is empty here",
		       { { v.at, "it was made empty here" } });
		return stop();
	case why::PERHAPS:
		if (!(v.mask & ZERO))
			return false;
		report(rule::unchecked_result, at, "'" + what + "' may be empty here",
		       { { v.at, "it was taken out here" } }, "test it for NULL first");
		return stop();
	case why::TESTED:
		if (v.mask != ZERO || !fn.by_driver)
			return false;
		report(rule::unchecked_result, at, "'" + what + "' is NULL here",
		       { { v.at, "it was found to be NULL here" } }, CHECK_HINT);
		return stop();
	case why::NONE:
		break;
	}
	return false;
}

void flow::report_moved(src_loc at, src_loc moved, const std::string &what, const char *verb)
{
	if (device_moves.count(moved))
		report(rule::dma_owned_by_device, at,
		       "'" + what + "' is " + verb + " while it belongs to the device",
		       { { moved, "it was given to the device here" } },
		       "take it back from the device first");
	else
		report(rule::use_after_move, at, "'" + what + "' is " + verb + " after it was moved",
		       { { moved, "it was moved here" } },
		       "read what is needed before the move; fe_move() leaves an empty owner");
}

/* A value is reached through a pointer whose object has ended. */
void flow::report_ended(const object &x, object_id o, src_loc at, const std::string &what)
{
	bool guard = !places.info(o).guard.empty();

	if (x.status == status::DEAD) {
		bool guarded = false;
		const char *how = x.end_how == gone::MOVED ? "moved" :
				  x.end_how == gone::SCOPE ? "out of scope" :
				  x.end_how == gone::UNSET ? "borrowed again" : "dropped";

		for (object_id lender : x.lenders)
			guarded = guarded || !places.info(lender).guard.empty();
		if (guarded)
			report(rule::unguarded_access, at,
			       "'" + what + "' is used after the lock of its data was released",
			       { { x.made, "it was borrowed from the guard here" },
				 { x.ended, "the lock was released here" } },
			       "use it while the guard lives, or copy what is needed");
		else
			report(x.end_how == gone::UNSET ? rule::exclusive_aliased :
							  rule::borrow_outlives_owner, at,
			       "'" + what + "' is used after its owner was " + how,
			       { { x.made, "it was borrowed here" },
				 { x.ended, std::string("its owner was ") + how + " here" } },
			       "end the use of the borrow before that, or borrow again after it");
	} else if (guard) {
		report(rule::unguarded_access, at,
		       "'" + what + "' is used after its lock was released",
		       { { x.ended, "the lock was released here" } },
		       "use the data while the guard lives");
	} else if (x.status == status::DROPPED) {
		report(rule::use_after_drop, at, "'" + what + "' is used after it was dropped",
		       { { x.ended, "it was dropped here" } });
	} else {
		report_moved(at, x.ended, what, "used");
	}
}

/* How values of the type end. */
const ending &flow::ending_of(const type *t) const
{
	return t ? *t->ends : endings[0];
}

/* A value that has ended already is dropped or moved again. */
void flow::end_twice(state &s, const value &v, const std::string &what, const ending &way, bool drops,
		     src_loc at)
{
	if (&way != endings && (v.gone == gone::MOVED || v.gone == gone::DROPPED)) {
		report(way.twice, at, "'" + what + "' is " + way.ended + " twice",
		       { { v.at, std::string("it was ") + way.ended + ", or handed on, here first" } },
		       "end it on one way only, and return after that");
		if (v.origin != NONE)
			s.values.erase(v.origin);
		return;
	}
	if (!drops || v.gone == gone::UNSET || v.gone == gone::SCOPE) {
		use(s, v, at, what, true);
		return;
	}
	if (v.gone == gone::DROPPED)
		report(rule::double_drop, at, "'" + what + "' is dropped twice",
		       { { v.at, "it was dropped here first" } });
	else
		report_moved(at, v.at, what, "dropped");
	if (v.origin != NONE)
		s.values.erase(v.origin);
}

/* It is dropped although nothing ever filled it: whatever its bytes were is released. */
void flow::report_raw(state &s, const value &v, src_loc at, const std::string &what)
{
	report(rule::uninitialised, at, "'" + what + "' is dropped, but was never set",
	       { { v.at, "this would have filled it, and failed" } },
	       "make it empty where it is declared: = {}, or = NULL");
	if (v.origin != NONE)
		s.values.erase(v.origin);
}

/* The function that is to end the value ends others. */
bool flow::is_wrong_end(state &s, object_id o, const std::string &what, const taking &how, src_loc at)
{
	static const std::string unlock = "_unlock", unlock_irq = "_unlock_irq";
	const object_info &known = places.info(o);
	object *x = find(s, o);

	if (!x || !x->live() || !how.drops || !how.by)
		return false;
	if (how.as_memory && (known.typed || !known.guard.empty())) {
		report(rule::forged_owner, at,
		       "'" + what + "' is freed as a box, which it is not",
		       { { x->made, known.made_by + " gave it here" } },
		       "end it with the function that belongs to what gave it");
	} else if (!known.lock_type.empty() &&
		   ((ends_with(*how.by, unlock) && *how.by != known.lock_type + unlock) ||
		    (ends_with(*how.by, unlock_irq) && *how.by != known.lock_type + unlock_irq))) {
		report(rule::forged_owner, at,
		       "the guard '" + what + "' is of 'struct " + known.lock_type + "', and " + *how.by +
		       "() ends those of another lock", { { x->made, "the lock was taken here" } },
		       "name the lock's own type: __fe_unlock(" + known.lock_type + ")");
	} else {
		return false;
	}
	x->status = status::UNSURE;
	return true;
}

/*
 * A variable, or a part of something, that was never an owner's; or the pointer that owns, where
 * the memory that it points to was to be taken.
 */
bool flow::is_storage(const state &s, const value &v, const taking &how) const
{
	const place &target = places[v.target];
	const type *t = type_at(v.target);

	return t && t->kind != type::OTHER && !t->owned && !target.inside &&
	       (!s.values.find(v.target) || (how.as_memory && t->is_pointer())) &&
	       (target.var != NONE || !target.path.empty());
}

void flow::take_object(state &s, object_id o, bool whole, const std::string &what, bool drops, src_loc at)
{
	object *x = find(s, o);

	if (!x)
		return;
	switch (x->status) {
	case status::OWNED:
	case status::INNER:
		if (whole) {
			if (!places.info(o).guard.empty())
				check_left_behind(s, at, o);
			end(s, o, drops ? status::DROPPED : status::MOVED, at);
			break;
		}
		report(rule::forged_owner, at,
		       "'" + what + "' cannot be " + (drops ? "dropped" : "moved") +
		       ": it is a part of a value that owns it",
		       { { x->made, "the owner was acquired here" } },
		       "take it out of its owner with fe_move() first");
		break;
	case status::BORROWED:
		report(rule::forged_owner, at,
		       "'" + what + "' cannot be " + (drops ? "dropped" : "moved") +
		       ": it is borrowed, not owned",
		       { { x->made, "it is borrowed here" } },
		       whole ? "mark the parameter __fe_take if the function is to own the value" :
			       "take it out of its owner with fe_move() first");
		x->status = status::UNSURE;
		break;
	case status::DROPPED:
	case status::MOVED: {
		value v = ended(x->status == status::DROPPED ? gone::DROPPED : gone::MOVED, x->ended);

		end_twice(s, v, what, ending_of(places.info(o).type), drops, at);
		x->status = status::UNSURE;
		break;
	}
	case status::DEAD:
		report_ended(*x, o, at, what);
		x->status = status::UNSURE;
		break;
	case status::UNSURE:
		break;
	}
}

/* True if there is something to take; what is wrong with it otherwise was reported. */
bool flow::can_take(state &s, const value &v, const std::string &what, const type *t, const taking &how,
		    src_loc at)
{
	if (v.gone != gone::NO) {
		if (!(how.is_cleanup && v.emptied))
			end_twice(s, v, what, ending_of(t), how.drops, at);
		return false;
	}
	if (v.mask & VALID)
		return true;
	if (v.raw)
		report_raw(s, v, at, what);
	else if (!how.drops && !how.may_be_empty)
		use(s, v, at, what, true);
	return false;
}

/* The place holds the owner; through a pointer to it the callee empties a handle. */
void flow::take_handle(state &s, place_id p, const taking &how, src_loc at)
{
	bool drops = how.drops;
	const value *content = s.values.find(p);
	const type *t = type_at(p);
	value nothing = ended(drops ? gone::DROPPED : gone::MOVED, at);

	nothing.emptied = how.by_pointer && t && t->owned;
	if (!content) {
		if (in_borrowed(s, p) && owner_place(p))
			s.values[p] = nothing;
		return;
	}

	value v = *content;
	std::string what = name(s, p);

	v.origin = p;
	if (!can_take(s, v, what, t, how, at))
		return;
	if (v.target == NONE && !owner_place(p))
		return;
	if (v.target != NONE && is_wrong_end(s, places.object_of(v.target), what, how, at))
		return;
	if (v.target != NONE)
		take_object(s, places.object_of(v.target), places[v.target].whole(), what, drops, at);
	/* A pointer still points to what has ended; the object says so. */
	if (v.target == NONE || !t || !t->is_pointer())
		s.values[p] = nothing;
}

/* A structure that is no owner itself is dropped: what it owns is. */
bool flow::take_parts(state &s, place_id p, const type *t, const taking &how, src_loc at)
{
	std::vector<std::vector<short>> paths;

	if (t && !t->owned)
		owner_paths(t, {}, paths);
	for (const auto &path : paths)
		take_handle(s, places.below(p, path), how, at);
	return !paths.empty();
}

/* The memory is released by somebody who does not know what is in it. */
void flow::check_content(state &s, object_id o, const std::string &what, src_loc at)
{
	for (auto &[id, x] : s.objects) {
		if (x.status != status::INNER || x.parent != o)
			continue;
		report(rule::leak, at,
		       "'" + what + "' is released while it owns " +
		       (places.info(id).name.empty() ? "a value" : "'" + places.info(id).name + "'") +
		       ", which leaks",
		       { { x.made, "that value was acquired here" } },
		       "drop what it owns first");
		x.status = status::UNSURE;
	}
}

/* A value is passed to a parameter that ends or takes it. */
void flow::take(state &s, value &v, const operand *o, const taking &how, src_loc at)
{
	std::string what = name_of(s, v, o);
	bool drops = how.drops;

	if (!can_take(s, v, what, o && o->type ? o->type->target() : nullptr, how, at))
		return;
	if (v.target == NONE) {
		const type *t = v.origin == NONE ? nullptr : type_at(v.origin);

		/* a pointer that was read from a place that does not own it */
		if (!fn.is_test && t && t->is_pointer() && places[v.origin].object != NONE &&
		    places[v.origin].path.size() && !owner_place(v.origin))
			report(rule::forged_owner, at,
			       "'" + what + "' cannot be " + (drops ? "dropped" : "moved") +
			       ": the field does not own what it points to",
			       {}, "mark the field __fe_own, or keep the value in an owning type");
		return;
	}

	const place &target = places[v.target];
	const type *t = type_at(v.target);
	bool handle = target.var != NONE || !target.path.empty() || s.values.find(v.target) ||
		      (t && t->owned);

	if (how.in_place && !target.inside && take_parts(s, v.target, t, how, at))
		return;
	if (!how.in_place && is_storage(s, v, how)) {
		object *part_of = find(s, target.object);

		report(rule::forged_owner, at,
		       "'" + name(s, v.target) + "' cannot be " + (drops ? "dropped" : "moved") +
		       ": it is a variable, or a part of something, and owned by nobody",
		       {}, "only what a function of the layer gives is owned");
		if (part_of && part_of->live())
			part_of->status = status::UNSURE;
		return;
	}
	if (handle && !target.inside) {
		take_handle(s, v.target, how, at);
		return;
	}
	if (is_wrong_end(s, target.object, what, how, at))
		return;

	const object *x = find(s, target.object);

	/* what ends is the content, and none of it is known to own */
	if (how.in_place && x && x->status == status::BORROWED)
		return;
	if (how.untyped)
		check_content(s, target.object, what, at);
	take_object(s, target.object, target.whole(), what, drops, at);
}

void flow::end_scope(state &s, int var, src_loc at)
{
	place_id p = places.of_var(var);

	for (auto &[holder, v] : s.values) {
		if (v.unread != NONE && places.covers(p, holder))
			errors_lost.insert(v.unread);
		if (v.gone == gone::NO && v.target != NONE && places[v.target].var == var &&
		    !places.covers(p, holder)) {
			v.gone = gone::SCOPE;
			v.target = NONE;
			v.at = at;
		}
		if (v.origin != NONE && places.covers(p, v.origin))
			v.origin = NONE;
	}
	s.values.erase_if([&](const auto &e) { return places.covers(p, e.first); });
	kill_var_loans(s, var, at);
	unwrite(s, p);

	std::vector<std::vector<short>> paths;

	owner_paths(fn.vars[var].type, {}, paths);
	for (const auto &path : paths)
		s.values[places.below(p, path)] = ended(gone::UNSET, at);
}

} /* namespace core */
} /* namespace ferrule */

// SPDX-License-Identifier: GPL-2.0
/* What becomes of the arguments of a call: first what is taken, then what is borrowed. */
#include "flow.h"

namespace ferrule {
namespace core {

/* What is reached through a shared borrow is lent to somebody who may write it. */
void flow::check_shared(const state &s, const stmt &st, unsigned int n, const value &v)
{
	if (!fn.by_driver || !st.spelled_by_driver || !v.shared || st.is_shared(n))
		return;
	report(rule::shared_written, st.loc,
	       "'" + name_of(s, v, &st.args[n]) + "' is reached through a shared borrow, and " +
	       st.callee.name + "() may write it", {},
	       "keep it behind a lock, or have the function take it by const");
}

/* A guard, or a parameter that stands for one. */
bool flow::is_guarded(place_id p) const
{
	object_id o = places.object_of(p);
	int param = o == NONE ? NONE : places.info(o).param;

	if (o == NONE || !places[p].whole())
		return false;
	return !places.info(o).guard.empty() || (param != NONE && fn.contract->params[param].guarded);
}

/* The callee relies on a lock, whose data this is to be. */
void flow::check_guarded(const state &s, const stmt &st, unsigned int n, const value &v)
{
	if (is_guarded(v.target))
		return;
	report(rule::unguarded_access, st.loc,
	       "'" + name_of(s, v, &st.args[n]) + "' is not the data of a lock that is held here", {},
	       "pass the guard; a helper's parameter that it comes from says __fe_guarded");
}

/* The call only borrows: the value must be usable, and what is in it too. */
void flow::pass_borrow(state &s, const stmt &st, unsigned int n, value &v)
{
	const operand &o = st.args[n];
	const param &p = st.param_of(n);
	const contract &c = *st.callee.contract;
	bool declared = n < c.params.size();
	bool deref = declared && !p.nullable && !c.tests;
	/* a helper of the driver's may do without, and test for that */
	if (v.why == why::TESTED && (st.callee.by_driver || !st.callee.id))
		deref = false;

	bool reported = is_suspect(s, v, deref) && use(s, v, st.loc, name_of(s, v, &o), deref);

	check_shared(s, st, n, v);
	if (p.guarded && !reported)
		check_guarded(s, st, n, v);
	if (reported || v.target == NONE || !(v.mask & VALID))
		return;
	if (!s.not_acquired.empty() && !p.acquire)
		check_handle(s, st, n, v);

	const type *t = type_at(v.target);
	const value *content = s.values.find(v.target);

	if (content && t && t->owned && declared && !c.tests && !p.init) {
		value inner = *content;

		inner.origin = v.target;
		if (use(s, inner, st.loc, name(s, v.target), !p.nullable))
			return;
	}
	if (st.is_shared(n))
		return;
	if (st.callee.by_driver && !p.init)
		handed_over[v.target] = { st.loc, st.callee.name };
	/* exclusive: earlier loans of a handle end, and what the callee writes is unknown */
	if (t && t->owned && lender_of(s, v) != NONE)
		kill_exclusive(s, lender_of(s, v), st.loc, true);
	if (places[v.target].var != NONE && t && !t->is_record())
		forget_below(s, v.target, false);
	else
		forget_below(s, v.target, true);
}

/* An owned value will be stored behind the pointer: nothing may be lost there. */
void flow::pass_out(state &s, const stmt &st, value &v)
{
	if (v.target == NONE)
		return;

	const value *old = s.values.find(v.target);
	const type *t = type_at(v.target);
	object *x = old && old->gone == gone::NO && (old->mask & VALID) ?
		    find(s, places.object_of(old->target)) : nullptr;

	if (x && x->live() && places[old->target].whole() &&
	    !holders(s, places.object_of(old->target), v.target)) {
		report(rule::overwrite_owner, st.loc,
		       "'" + name(s, v.target) + "' is filled again while it owns a value, which leaks",
		       { { x->made, "the value was acquired here" } },
		       "drop the old value first, or use another variable");
		x->status = status::UNSURE;
	} else if (old && old->gone == gone::UNSET && t && t->on_device) {
		report(rule::uninitialised, st.loc,
		       "'" + name(s, v.target) + "' was never set, and has to be empty here", {},
		       "initialise it where it is declared: = {}");
		s.values.erase(v.target);
	} else if (t && !t->on_device && may_be_full(s, v.target)) {
		report_full(s, v.target, "is overwritten when it is filled", st.loc);
	}
}

/*
 * One argument is borrowed exclusively, and another one is the same thing. A part of it
 * may be passed besides it: the layer's macros do that with the driver's state.
 */
void flow::check_aliases(state &s, const stmt &st, const std::vector<value> &args)
{
	for (unsigned int a = 0; a < args.size() && a < st.callee.contract->params.size(); a++) {
		const type *t = st.callee.contract->params[a].type;
		place_id p = args[a].target;

		if (p == NONE || places[p].inside || !t || !t->is_pointer() || !t->target() ||
		    t->target()->is_const || !t->target()->is_record() || is_global(p))
			continue;
		for (unsigned int b = 0; b < args.size() && b < st.callee.contract->params.size(); b++) {
			place_id other = args[b].target;
			const type *u = st.callee.contract->params[b].type;

			if (b == a || !u || !u->is_pointer() || !u->target() ||
			    !(other == p || (t->target()->owned && other != NONE && places.covers(p, other))))
				continue;
			report(rule::exclusive_aliased, st.loc,
			       "'" + name(s, other) + "' is passed twice to " + st.callee.name +
			       "(), which borrows it exclusively through argument " +
			       std::to_string(a + 1),
			       {}, "pass it once, or copy what the other argument needs");
			return;
		}
	}
}

/* What is moved here belongs to the device from now on: later uses are told so. */
void flow::note_device(const stmt &st, unsigned int n)
{
	if (st.param_of(n).to_device)
		device_moves.insert(st.loc);
}

/*
 * Memory that the device may own is dropped. Only a drop function may: those of the state
 * run when the device was stopped.
 */
void flow::check_device(state &s, const stmt &st, const value &v)
{
	std::vector<std::vector<short>> paths;

	for (const param &p : fn.contract->params)
		if (p.mode == param::DROP)
			return;
	if (!fn.by_driver || v.target == NONE)
		return;
	owner_paths(type_at(v.target), {}, paths);
	for (const auto &path : paths) {
		place_id p = places.below(v.target, path);
		const type *t = type_at(p);
		const value *content = s.values.find(p);
		const object *x = content ? find(s, places.object_of(content->target)) : nullptr;

		if (!t || !t->on_device ||
		    (content && (content->gone != gone::NO || !(content->mask & VALID))))
			continue;
		report(rule::dma_owned_by_device, st.loc,
		       "'" + name(s, p) + "' is dropped while the device may own its memory",
		       { { x ? x->made : 0, "it was given to the device here" } },
		       "take it back when the device is done with it, and drop what that gives");
	}
}

/* A function that takes and is called a drop says what it does with the value. */
flow::taking flow::how_taken(const stmt &st, unsigned int n) const
{
	static const char *const endings[] = { "_drop", "_put", "_free", "_unlock" };
	const param &p = st.param_of(n);
	const std::string &called = st.callee.name;
	bool untyped = p.type && p.type->is_pointer() && p.type->target() && p.type->target()->is_void;
	taking how = { p.mode == param::DROP, p.nullable, st.is_cleanup, true,
		       p.mode == param::DROP, untyped && p.mode != param::DROP, untyped,
		       &st.callee.name };

	for (const std::string ending : endings)
		if (called.size() > ending.size() &&
		    !called.compare(called.size() - ending.size(), ending.size(), ending))
			how.drops = true;
	return how;
}

void flow::pass_arguments(state &s, const stmt &st, std::vector<value> &args)
{
	for (unsigned int n = 0; n < args.size(); n++) {
		const operand &o = st.args[n];
		enum param::mode mode = st.param_of(n).mode;

		if (o.type && o.type->is_record()) {
			if (o.type->owned && args[n].target != NONE)
				take_handle(s, args[n].target, {}, st.loc);
		} else if (mode == param::TAKE || mode == param::DROP) {
			if (mode == param::DROP) {
				check_device(s, st, args[n]);
				check_unlock(s, st, args[n]);
			}
			take(s, args[n], &o, how_taken(st, n), st.loc);
			note_device(st, n);
		}
	}
	for (unsigned int n = 0; n < args.size(); n++) {
		const operand &o = st.args[n];
		enum param::mode mode = st.param_of(n).mode;

		if (!o.type || !o.type->is_pointer())
			continue;
		if (mode == param::OUT)
			pass_out(s, st, args[n]);
		else if (mode == param::BORROW || mode == param::TAKE_OK)
			pass_borrow(s, st, n, args[n]);
	}
	check_aliases(s, st, args);
}

} /* namespace core */
} /* namespace ferrule */

// SPDX-License-Identifier: GPL-2.0
/* Where a function begins and where it returns: its own contract. */
#include "flow.h"

namespace ferrule {
namespace core {

void flow::enter_param(states &entry, unsigned int n, int var)
{
	const variable &v = fn.vars[var];
	param plain;
	const param &p = n < fn.contract->params.size() ? fn.contract->params[n] : plain;
	place_id at = places.of_var(var);
	state &s = entry[0];

	if (v.type->is_record()) {
		enter_record(s, at, v);
		return;
	}
	if (!v.type->is_pointer() || (v.type->target() && v.type->target()->kind == type::OTHER &&
				      !v.type->target()->is_void))
		return;

	object_id o = make(s, &v, 0, status::BORROWED, v.loc, v.name);
	const type *pointee = v.type->target();
	place_id content = places.of_object(o);

	places.info(o).type = pointee && !pointee->is_void ? pointee : nullptr;
	places.info(o).param = n;
	param_objects[n] = o;
	s.values[at] = pointer_to(content);

	std::vector<std::vector<short>> paths;

	owner_paths(pointee, {}, paths);
	switch (p.mode) {
	case param::TAKE:
	case param::TAKE_OK:
		if (pointee && pointee->owned)
			own_content(s, content, v);
		else
			s.objects[o].status = status::OWNED;
		break;
	case param::DROP:
		if (pointee && pointee->is_pointer())
			paths.push_back({});
		for (const auto &path : paths)
			own_content(s, places.below(content, path), v);
		break;
	case param::OUT:
		if (pointee && pointee->is_pointer())
			paths.push_back({});
		for (const auto &path : paths)
			s.values[places.below(content, path)] = ended(gone::UNSET, v.loc);
		break;
	case param::BORROW:
		if (p.init)
			for (const auto &path : paths)
				s.values[places.below(content, path)] = empty(why::EMPTY, v.loc);
		break;
	}
	if (!p.nullable)
		return;

	size_t n_states = entry.size();

	for (size_t i = 0; i < n_states; i++) {
		state none = entry[i];

		none.values[at] = empty(why::ABSENT, v.loc);
		none.objects.erase(o);
		entry.push_back(std::move(none));
	}
}

/* The place owns a value when the function begins. */
void flow::own_content(state &s, place_id p, const variable &v)
{
	object_id o = make(s, &v, 1 + p, status::OWNED, v.loc, v.name);

	s.values[p] = pointer_to(places.of_object(o));
	if (places[p].object != NONE && !places[p].whole()) {
		s.objects[o].status = status::INNER;
		s.objects[o].parent = places[p].object;
	}
}

/* A structure passed by value: its owners are this function's. */
void flow::enter_record(state &s, place_id at, const variable &v)
{
	std::vector<std::vector<short>> paths;

	owner_paths(v.type, {}, paths);
	for (const auto &path : paths)
		own_content(s, places.below(at, path), v);
}

void flow::enter()
{
	states entry(1);

	param_objects.assign(fn.contract->params.size(), NONE);
	for (size_t i = 0; i < fn.vars.size(); i++) {
		const variable &v = fn.vars[i];

		if (v.param != NONE || v.global || !v.type)
			continue;
		if ((v.type->is_pointer() || (fn.by_driver && v.type->kind == type::SCALAR)) &&
		    !v.temporary)
			entry[0].values[places.of_var(i)] = ended(gone::UNSET, v.loc);

		std::vector<std::vector<short>> paths;

		owner_paths(v.type, {}, paths);
		for (const auto &path : paths)
			entry[0].values[places.below(places.of_var(i), path)] = ended(gone::UNSET, v.loc);
	}
	for (size_t i = 0; i < fn.vars.size(); i++)
		if (fn.vars[i].param != NONE && fn.vars[i].type)
			enter_param(entry, fn.vars[i].param, i);
	for (state &s : entry)
		enter_handles(s);
	for (const param &p : fn.contract->params)
		result_matters = result_matters || p.mode == param::OUT || p.mode == param::TAKE_OK ||
				 (p.init && fn.contract->result);
	for (size_t n = 0; n < param_objects.size(); n++)
		result_matters = result_matters || (fn.contract->result && is_filled_param(n));
	find_shown();
	result_matters = result_matters || !shown.empty();
	if (!fn.order.empty())
		for (state &s : entry)
			arrive(fn.order[0], std::move(s));
}

/* A pointer is returned: it must be owned or outlive the function. */
void flow::return_value(state &s, const operand &o, const value &v, src_loc at)
{
	const contract &c = *fn.contract;
	object_id id = places.object_of(v.target);
	object *x = find(s, id);

	if (!o.type || !o.type->is_pointer())
		return;
	if (fn.by_driver && v.mask == ZERO && v.exact && v.gone == gone::NO) {
		facts.returns_null(fn);
		if (c.gives == contract::OWNED && !c.nullable)
			report(rule::wrong_test, at,
			       "NULL is returned by a function that fails with an error pointer", {},
			       "return ERR_PTR(), or say __fe_nullable as well");
	} else if (fn.by_driver && v.perhaps_null && (v.mask & ZERO)) {
		facts.returns_from(fn, v.perhaps_null);
	}
	if (use(s, v, at, name_of(s, v, &o), false) || !(v.mask & VALID))
		return;
	if (v.shared && fn.contract->result && !fn.contract->result->target()->is_const)
		report(rule::shared_written, at,
		       "'" + name_of(s, v, &o) + "' is reached through a shared borrow, and returned as one "
		       "that may be written", {}, "return a pointer to const");
	if (v.target != NONE && places[v.target].var != NONE && !is_global(v.target)) {
		report(rule::borrow_outlives_owner, at,
		       "the address of '" + name(s, v.target) + "', a local variable, is returned", {},
		       "return a copy, or fill a variable of the caller");
		return;
	}
	if (!x)
		return;
	if (fn.by_driver && c.gives == contract::GUARD && x->status != status::UNSURE &&
	    places.info(id).guard != c.guard_kind) {
		report(rule::forged_owner, at,
		       places.info(id).guard.empty() ?
			       "'" + name_of(s, v, &o) + "' is returned as a guard, which it is not" :
			       "a guard of kind " + places.info(id).guard + " is returned as one of kind " +
			       c.guard_kind,
		       { { x->made, "it comes from here" } },
		       "say __fe_gives_guard() with the kind of the lock that is taken");
		end(s, id, status::MOVED, at);
		return;
	}
	if (x->status == status::OWNED && places[v.target].whole()) {
		bool guard = !places.info(id).guard.empty();

		if (guard && c.gives != contract::GUARD)
			report(rule::guard_escapes, at, "a guard is returned: the lock stays held",
			       { { x->made, "the lock was taken here" } },
			       "release it here, or say __fe_gives_guard()");
		else if (!guard && !c.gives_owner())
			report(rule::leak, at,
			       "an owned value is returned by a function that does not say so",
			       { { x->made, "the value was acquired here" } }, "mark the function __fe_gives");
		end(s, id, status::MOVED, at);
	} else if (x->live()) {
		report(rule::borrow_outlives_owner, at,
		       "a pointer into '" + name(s, places.of_object(id)) + "' is returned, which ends here",
		       { { x->made, "the value was acquired here" } });
	} else if (x->status == status::BORROWED && !c.gives_owner()) {
		return_borrow(s, id, name_of(s, v, &o), at);
	} else if (x->status == status::BORROWED && c.gives != contract::GUARD &&
		   places.info(id).param != NONE) {
		report(rule::forged_owner, at,
		       "'" + name_of(s, v, &o) + "' is returned as an owner, but it is only borrowed",
		       { { x->made, "it is borrowed here" } }, "mark the parameter __fe_take");
	}
}

/* What is returned must borrow from what the signature says. */
void flow::return_borrow(state &s, object_id id, const std::string &what, src_loc at)
{
	roots from;
	const object &x = *find(s, id);

	find_roots(s, id, from);
	if (from.unknown)
		return;
	if (from.local) {
		report(rule::borrow_outlives_owner, at,
		       "'" + what + "' is returned, but its owner ends here",
		       { { x.made, "it was borrowed here" } }, "return a copy or an owned value");
		return;
	}
	/* a signature that leaves it open is missing-contract's business */
	if (fn.is_test || fn.contract->lenders.empty())
		return;
	for (int p : from.params) {
		bool named = false;

		for (unsigned int n : fn.contract->lenders)
			named = named || static_cast<int>(n) == p;
		if (!named)
			report(rule::borrow_escapes, at,
			       "'" + what + "' is returned, but the signature does not say what it borrows from",
			       { { x.made, "it is borrowed here" } },
			       "say __fe_borrows(" + std::to_string(p + 1) + ")");
	}
}

/* A structure is returned by value: with its owners, but without borrows of locals. */
void flow::return_record(state &s, const operand &o, src_loc at)
{
	place_id p = o.kind == operand::READ ? locate(s, o.place, at) : NONE;

	if (p == NONE)
		return;

	std::vector<std::pair<place_id, value>> parts;

	for (const auto &[part, v] : s.values)
		if (places.covers(p, part))
			parts.emplace_back(part, v);
	for (auto &[part, v] : parts) {
		object_id id = places.object_of(v.target);
		object *x = find(s, id);

		v.origin = part;
		if (v.gone == gone::UNSET && part != p)
			continue;
		if (use(s, v, at, name(s, part), false) || !x || !(v.mask & VALID))
			continue;
		if (owner_place(part))
			end(s, id, status::MOVED, at);
		else if (x->status == status::BORROWED)
			return_borrow(s, id, name(s, part), at);
	}
}

/* "Filled if, and only if, it returns 0." */
void flow::check_outs(state &s, const value &result, bool has_result, src_loc at)
{
	for (size_t n = 0; n < param_objects.size(); n++) {
		object *x = find(s, param_objects[n]);
		const param &p = fn.contract->params[n];

		if (!x || (p.mode != param::OUT && p.mode != param::TAKE_OK))
			continue;
		place_id content = places.of_object(param_objects[n]);
		const value *v = s.values.find(content);
		std::string what = name(s, content);

		if (p.mode == param::OUT && v && has_result) {
			bool full = v->gone == gone::NO && (v->mask & VALID);

			if (full && result.mask == ERROR)
				report(rule::leak, at,
				       "'" + what + "' is filled, but an error is returned: the caller will not drop it",
				       { { v->at, "it was filled here" } }, "drop the value before the error is returned");
			if (!full && result.mask == ZERO)
				report(rule::uninitialised, at, "'" + what + "' is not filled, but 0 is returned", {},
				       "return a negative error, or fill it");
		}
		if (p.mode == param::TAKE_OK && result.mask == ERROR &&
		    (x->status == status::DROPPED || x->status == status::MOVED))
			report(ending_of(places.info(param_objects[n]).type).twice, at,
			       "'" + what + "' was taken, but an error is returned: the caller still owns it",
			       { { x->ended, "it was taken here" } },
			       "keep the value for the caller where an error is returned");
		if (p.mode == param::TAKE_OK && result.mask == ERROR && x->live())
			x->status = status::BORROWED;
	}
}

void flow::check_leaks(state &s, src_loc at)
{
	for (auto &[o, x] : s.objects) {
		if (x.status != status::OWNED)
			continue;

		std::string what;

		for (const auto &[p, v] : s.values)
			if (v.target == places.of_object(o) && is_named(p))
				what = name(s, p);
		if (what.empty() && places.info(o).param != NONE)
			what = name(s, places.of_object(o));
		if (what.empty())
			what = places.info(o).name;
		bool guard = !places.info(o).guard.empty();
		std::string subject = what.empty() ? "the value from " + places.info(o).made_by :
						     "'" + what + "'";

		const ending &way = ending_of(places.info(o).type);

		report(way.leak, at,
		       guard ? "the lock behind " + subject + " is still held when the function returns" :
			       subject + " is still owned here: it is neither " + way.ended + " nor moved",
		       { { x.made, guard ? "the lock was taken here" : "it was acquired here" } },
		       guard ? "declare the guard with __fe_unlock(), which releases it on every path" :
			       way.leak_hint);
		x.status = status::UNSURE;
	}
}

/* Owners inside what was borrowed must be left whole; what was to be dropped must be. */
void flow::check_left_behind(state &s, src_loc at, object_id guard)
{
	for (const auto &[p, v] : s.values) {
		object_id root = places.object_of(p);

		if (root == NONE || (guard == NONE ? places.info(root).param == NONE : root != guard))
			continue;

		enum param::mode mode = guard == NONE ? fn.contract->params[places.info(root).param].mode :
						       param::BORROW;
		const object *content = s.objects.find(places.object_of(v.target));

		if (mode == param::BORROW)
			note_left_empty(p, v);
		if (mode == param::DROP) {
			if (v.gone == gone::NO && (v.mask & VALID) && content && content->live() &&
			    v.why != why::PERHAPS)
				report(rule::incomplete_drop, at,
				       "'" + name(s, p) + "' is not dropped here",
				       { { fn.loc, "this function ends the whole value" } }, "drop it, or move it out");
			continue;
		}
		if (places[p].whole() ||
		    (guard == NONE && s.objects.find(root)->status != status::BORROWED) ||
		    v.emptied || !owner_place(p))
			continue;

		bool ended = content && (content->status == status::MOVED || content->status == status::DROPPED);
		bool moved = ended ? content->status == status::MOVED : v.gone == gone::MOVED;

		if (ended || v.gone == gone::MOVED || v.gone == gone::DROPPED)
			report(moved ? rule::use_after_move : rule::use_after_drop, at,
			       "'" + name(s, p) + "' is left " + (moved ? "moved out" : "dropped") +
			       " in a borrowed object",
			       { { ended ? content->ended : v.at, "it happened here" } },
			       "fill it again, or take it with fe_move(), which empties it");
	}
}

/* A function that makes something fit to be used must have initialised every cell in it. */
void flow::check_ready(state &s, const value &result, bool has_result, src_loc at)
{
	for (size_t n = 0; n < param_objects.size(); n++) {
		const param &p = fn.contract->params[n];
		const object *x = find(s, param_objects[n]);

		if (!p.init || !x || !p.type->target() || p.type->target()->needs_init ||
		    (has_result && !(result.mask & ZERO)))
			continue;

		std::vector<std::vector<short>> cells;

		cell_paths(p.type->target(), {}, cells);
		for (const auto &path : cells) {
			place_id cell = places.below(places.of_object(param_objects[n]), path);
			bool ready = false;

			for (place_id done : s.ready)
				ready = ready || places.covers(done, cell);
			if (!ready)
				report_unready(s, cell, x->made, at);
		}
	}
}

void flow::report_unready(const state &s, place_id cell, src_loc made, src_loc at)
{
	std::vector<note> notes = { { made, "the function answers for it because of this parameter" } };

	for (const auto &[to, call] : handed_over)
		if (places.covers(to, cell))
			notes.push_back({ call.first, call.second + "() is given it here, and does not say "
					  "that it initialises it" });
	report(rule::uninitialised_cell, at,
	       "'" + name(s, cell) + "' is published here without having been initialised", notes,
	       "initialise it before 0 is returned, here or in a helper whose parameter says __fe_init");
}

void flow::cell_paths(const type *t, std::vector<short> path, std::vector<std::vector<short>> &found) const
{
	if (!t || !t->is_record() || t->foreign || path.size() > 4)
		return;
	if (t->needs_init) {
		found.push_back(path);
		return;
	}
	if (!t->holds_cell())
		return;
	for (size_t i = 0; i < t->fields().size(); i++) {
		path.push_back(i);
		cell_paths(t->fields()[i].type, path, found);
		path.pop_back();
	}
}

void flow::leave_function(state &s, const block &b)
{
	src_loc at = s.result_at ? s.result_at : b.loc ? b.loc : last_loc;
	value result;
	bool has_result = !b.args.empty() && b.args[0].type && b.args[0].type->kind == type::SCALAR;

	if (!b.args.empty() && b.args[0].type && b.args[0].type->is_record()) {
		return_record(s, b.args[0], at);
	} else if (!b.args.empty()) {
		result = evaluate(s, b.args[0], at);
		return_value(s, b.args[0], result, at);
		use_fetched(s, result, at);
	}
	for (const auto &[p, v] : s.values)
		if (v.unread != NONE)
			errors_lost.insert(v.unread);
	note_fills(s, result, has_result);
	if (has_result && fn.by_driver)
		note_known(s, b.args[0], result);
	check_outs(s, result, has_result, at);
	check_leaks(s, at);
	check_left_behind(s, at);
	check_ready(s, result, has_result, at);
}

} /* namespace core */
} /* namespace ferrule */

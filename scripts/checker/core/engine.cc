// SPDX-License-Identifier: GPL-2.0
/* The walk over the graph, joins, and the limit on the number of states. */
#include "flow.h"

namespace ferrule {
namespace core {

namespace {

/* More states than this in one block are merged: "perhaps owned" is not reported. */
constexpr size_t MAX_STATES = 64;
/* A function is walked for so long; then every block keeps one state. */
constexpr int MAX_STEPS = 20000;

} /* namespace */

flow::flow(const function &fn, effects &facts, exclusive_state &states, reporter &out) :
	fn(fn), facts(facts), states_of_probe(states), out(out)
{
}

finding flow::found(rule what, src_loc at, std::string message, std::vector<note> notes,
		    std::string hint) const
{
	notes.erase(std::remove_if(notes.begin(), notes.end(), [](const note &n) { return !n.where; }),
		    notes.end());
	return { what, at ? at : last_loc ? last_loc : fn.loc, std::move(message), std::move(notes),
		 std::move(hint) };
}

void flow::report(rule what, src_loc at, std::string message, std::vector<note> notes, std::string hint)
{
	out.report(found(what, at, std::move(message), std::move(notes), std::move(hint)));
}

/* A value that says something about ownership: states that differ in it stay apart. */
bool flow::matters(const state &s, place_id p, const value &v) const
{
	if (v.gone != gone::NO)
		return true;
	if (v.mask == ZERO && is_named(p) && fn.vars[places[p].var].type->is_pointer())
		return true;
	if (v.target == NONE)
		return false;
	if (places[v.target].var != NONE)
		return type_at(v.target) && type_at(v.target)->holds_owner();

	const object *x = s.objects.find(places[v.target].object);

	return x != nullptr;
}

bool flow::same_property(const state &a, const state &b) const
{
	/* what was written depends on conditions as much as what is owned */
	if (fn.by_driver && (a.written != b.written || a.promised != b.promised))
		return false;
	for (place_id owner : shown)
		if (is_known_empty(a, owner) != is_known_empty(b, owner))
			return false;
	if (a.objects.size() != b.objects.size() || a.ready != b.ready ||
	    !(a.fetches == b.fetches) || a.not_acquired != b.not_acquired)
		return false;
	for (auto x = a.objects.begin(), y = b.objects.begin(); x != a.objects.end(); ++x, ++y)
		if (x->first != y->first || !(x->second == y->second))
			return false;
	if (result_matters)
		for (size_t i = 0; i < fn.vars.size(); i++) {
			if (!fn.vars[i].carries_result)
				continue;
			place_table &table = const_cast<flow *>(this)->places;
			const value *x = a.values.find(table.of_var(i)), *y = b.values.find(table.of_var(i));

			if ((x ? x->mask : 0) != (y ? y->mask : 0))
				return false;
		}

	auto x = a.values.begin(), y = b.values.begin();

	for (;;) {
		while (x != a.values.end() && !matters(a, x->first, x->second))
			++x;
		while (y != b.values.end() && !matters(b, y->first, y->second))
			++y;
		if (x == a.values.end() || y == b.values.end())
			return x == a.values.end() && y == b.values.end();
		if (x->first != y->first || x->second.target != y->second.target ||
		    x->second.gone != y->second.gone ||
		    (x->second.gone == gone::UNSET && x->second.raw != y->second.raw))
			return false;
		++x;
		++y;
	}
}

/* Joins a state with the same property into another. True: that one says less now. */
bool flow::join(state &into, const state &other) const
{
	bool changed = false;
	std::vector<place_id> lost;
	auto weaken = [&](auto &field, auto unknown) {
		field = unknown;
		changed = true;
	};

	for (auto &[p, v] : into.values) {
		const value *w = other.values.find(p);

		if (!w) {
			if (!matters(into, p, v))
				lost.push_back(p);
			continue;
		}
		if ((v.mask | w->mask) != v.mask)
			weaken(v.mask, v.mask | w->mask);
		if (w->why == why::FAILED && v.why != why::FAILED) {
			weaken(v.why, why::FAILED);
			v.at = w->at;
		}
		if (v.exact && !(w->exact && w->number == v.number))
			weaken(v.exact, false);
		if (w->low < v.low)
			weaken(v.low, w->low);
		if (w->high > v.high)
			weaken(v.high, w->high);
		if (v.target != w->target && v.target != NONE)
			weaken(v.target, NONE);
		if (v.shared && !w->shared)
			weaken(v.shared, false);
		if (v.origin != w->origin && v.origin != NONE)
			weaken(v.origin, NONE);
		if (v.condition != w->condition && v.condition != NONE)
			weaken(v.condition, NONE);
		if (w->raw && !v.raw)
			weaken(v.raw, true);
		if (int both = fetches.join(v.fetched, w->fetched); both != v.fetched)
			weaken(v.fetched, both);
		if (!v.perhaps_null && w->perhaps_null)
			weaken(v.perhaps_null, w->perhaps_null);
		if (v.asked != w->asked && v.asked != NONE)
			weaken(v.asked, NONE);
		if (v.unread == NONE && w->unread != NONE)
			weaken(v.unread, w->unread);
	}
	for (place_id p : lost)
		into.values.erase(p);
	return keep_written(into, other) | keep_answers(into, other) || changed || !lost.empty();
}

/*
 * Too many states: merges one that disagrees about ownership. What is owned in one of
 * them only is perhaps owned, and nothing is said about it any more.
 */
void flow::degrade(state &into, const state &other) const
{
	std::vector<object_id> unsure;
	std::vector<place_id> lost;

	for (auto &[o, x] : into.objects) {
		const object *y = other.objects.find(o);

		if (!y || !(*y == x))
			unsure.push_back(o);
	}
	for (const auto &[o, y] : other.objects)
		if (!into.objects.find(o))
			unsure.push_back(o);
	for (object_id o : unsure)
		into.objects[o].status = status::UNSURE;
	for (auto &[p, v] : into.values) {
		const value *w = other.values.find(p);

		if (!w || w->gone != v.gone || w->target != v.target || w->why != v.why)
			lost.push_back(p);
	}
	for (place_id p : lost)
		into.values.erase(p);
	into.not_acquired.erase(std::remove_if(into.not_acquired.begin(), into.not_acquired.end(),
					       [&](const unready &u) {
		return std::find(other.not_acquired.begin(), other.not_acquired.end(), u) ==
		       other.not_acquired.end();
	}), into.not_acquired.end());
	into.fetches.erase_if([&](const auto &e) {
		const fetch *f = other.fetches.find(e.first);

		return !f || !(*f == e.second);
	});
	join(into, other);
	into.ready.erase(std::remove_if(into.ready.begin(), into.ready.end(), [&](place_id p) {
		return std::find(other.ready.begin(), other.ready.end(), p) == other.ready.end();
	}), into.ready.end());
}

/* Forgets what no path can name any more. */
void flow::collect(state &s) const
{
	s.values.erase_if([&](const auto &e) {
		const place &p = places[e.first];

		return p.var != NONE && fn.vars[p.var].block_local;
	});

	s.fetches.erase_if([](const auto &e) { return e.second.into == NONE && e.second.tested.empty(); });

	std::set<object_id> unnamed;

	for (const auto &[o, x] : s.objects)
		if (!x.live() && places.info(o).param == NONE)
			unnamed.insert(o);
	if (unnamed.empty())
		return;
	for (const auto &[p, v] : s.values)
		unnamed.erase(places.object_of(v.target));
	for (const auto &[o, x] : s.objects) {
		for (object_id lender : x.lenders)
			unnamed.erase(lender);
		unnamed.erase(x.parent);
	}
	if (unnamed.empty())
		return;
	s.values.erase_if([&](const auto &e) { return unnamed.count(places[e.first].object); });
	s.objects.erase_if([&](const auto &e) { return unnamed.count(e.first); });
}

void flow::arrive(int b, state s)
{
	collect(s);

	states &here = in[b];

	for (state &known : here)
		if (same_property(known, s)) {
			if (join(known, s))
				waiting[b] = true;
			return;
		}
	if (here.size() < MAX_STATES && !was_exhausted) {
		here.push_back(std::move(s));
	} else {
		state before = here.back();

		if (!was_degraded)
			out.degraded(fn);
		was_degraded = true;
		degrade(here.back(), s);
		if (same_property(before, here.back()) && !join(before, here.back()))
			return;
	}
	waiting[b] = true;
}

void flow::step(const stmt &st, states &now)
{
	if (st.loc)
		last_loc = st.loc;
	switch (st.kind) {
	case stmt::ASSIGN:
		for (state &s : now) {
			check_indices(s, st);
			forget_unset(s, st);
			assign(s, st);
			note_written(s, st);
		}
		break;
	case stmt::CALL: {
		states after;

		for (state &s : now) {
			check_indices(s, st);
			call(std::move(s), st, after);
		}
		now.swap(after);
		break;
	}
	case stmt::END_SCOPE:
		for (state &s : now)
			end_scope(s, st.var, st.loc);
		break;
	case stmt::HAVOC:
		for (state &s : now) {
			place_id p = locate(s, st.dst, st.loc, false);

			if (p != NONE)
				forget_below(s, p, false);
			write(s, p);
		}
		break;
	}
}

void flow::branch(const block &b, state &s)
{
	int c = NONE;

	if (b.args.size() == 2) {
		not_looking = (b.op == op::EQ || b.op == op::NE) &&
			      b.args[1].kind == operand::CONSTANT && b.args[1].number < 0;
		value v = evaluate(s, b.args[0], b.loc), w = evaluate(s, b.args[1], b.loc);
		not_looking = false;
		note_looked(s, v);
		note_looked(s, w);
		note_comparison(s, b.args[0], v, b.args[1], w, b.loc);
		c = comparison(s, b.op, b.args[0], b.args[1], b.is_unsigned);
		if (subject(b.args[0]) != NONE && b.args[1].kind == operand::CONSTANT)
			note_null_test(s, b.op, subject(b.args[0]), b.args[1].number, b.loc);
	}

	states yes, no;

	refine(s, c, true, yes);
	refine(s, c, false, no);
	for (state &x : yes)
		arrive(b.next[0], std::move(x));
	for (state &x : no)
		arrive(b.next[1], std::move(x));
}

void flow::pick(const block &b, state &s)
{
	value v = evaluate(s, b.args[0], b.loc);
	place_id p = subject(b.args[0]);
	bool taken = false;

	note_test(s, v);
	note_looked(s, v);
	for (const switch_case &c : b.cases) {
		state next = s;

		if (v.exact && (v.number < c.low || v.number > c.high))
			continue;
		taken = taken || v.exact;
		if (!v.exact && c.low == c.high && p != NONE &&
		    !narrow(next, p, ANY, true, c.low))
			continue;
		arrive(c.block, std::move(next));
	}
	if (!taken)
		arrive(b.next[0], std::move(s));
}

void flow::leave(const block &b, states &now)
{
	if (b.loc)
		last_loc = b.loc;
	for (state &s : now) {
		switch (b.term) {
		case block::JUMP:
			for (size_t i = 0; i + 1 < b.next.size(); i++)
				arrive(b.next[i], s);
			arrive(b.next.back(), std::move(s));
			break;
		case block::BRANCH:
			branch(b, s);
			break;
		case block::SWITCH:
			pick(b, s);
			break;
		case block::RETURN:
			leave_function(s, b);
			break;
		case block::STOP:
			break;
		}
	}
}

void flow::run()
{
	int steps = 0;

	in.assign(fn.blocks.size(), states());
	waiting.assign(fn.blocks.size(), false);
	facts.define(fn);
	find_sent();
	find_counters();
	enter();
	for (;;) {
		auto next = std::find_if(fn.order.begin(), fn.order.end(), [&](int b) { return waiting[b]; });

		if (next == fn.order.end())
			break;
		waiting[*next] = false;
		was_exhausted = ++steps > MAX_STEPS;

		states now = in[*next];

		for (const stmt &st : fn.blocks[*next].stmts)
			step(st, now);
		leave(fn.blocks[*next], now);
	}
	for (int id : errors_lost)
		if (!errors_seen.count(id))
			report(rule::ignored_error, fallible_calls[id]->loc,
			       "the error of " + fallible_calls[id]->callee.name + "() is never looked at", {},
			       "test it, or return it");
}

} /* namespace core */
} /* namespace ferrule */

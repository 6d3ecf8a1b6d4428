// SPDX-License-Identifier: GPL-2.0
/*
 * Variables that are filled piece by piece, here or by a helper, and read as a whole; and
 * what helpers return. What a helper does is known when all of the file was read.
 */
#include "flow.h"

namespace ferrule {
namespace core {

namespace {

/* Deeper chains of helpers are believed. */
constexpr int MAX_CALLS = 6;

} /* namespace */

/* Plain data of a caller, that the function may be there to fill. */
bool flow::is_filled_param(unsigned int n) const
{
	const type *t = fn.by_driver && n < fn.contract->params.size() &&
			fn.contract->params[n].mode == param::BORROW && fn.contract->params[n].type &&
			fn.contract->params[n].type->is_pointer() ?
				fn.contract->params[n].type->target() : nullptr;

	return t && (t->is_record() || t->kind == type::SCALAR) && !t->is_const && !t->foreign && !t->token && !t->holds_cell() &&
	       !t->holds_owner();
}

void flow::promise(state &s, place_id p, const filling &by)
{
	auto known = std::find(promises.begin(), promises.end(), by);
	std::pair<place_id, int> one = { p, known - promises.begin() };

	if (known == promises.end())
		promises.push_back(by);
	if (std::find(s.promised.begin(), s.promised.end(), one) == s.promised.end())
		s.promised.push_back(one);
}

std::vector<filling> flow::promises_of(const state &s, place_id p) const
{
	std::vector<filling> list;

	for (const auto &[at, which] : s.promised)
		if (places.covers(at, p) || places.covers(p, at))
			list.push_back(promises[which]);
	return list;
}

/* The place is read as a whole here. */
void flow::require_written(state &s, place_id p, const finding &f)
{
	if (places[p].inside)
		return;
	if (!is_written(s, p, type_at(p))) {
		report(f.what, f.where, f.message, f.notes, f.hint);
		write(s, p);
	} else if (std::vector<filling> by = promises_of(s, p); !by.empty()) {
		facts.unless_filled(f, by);
	}
}

void flow::note_read(place_id p)
{
	int param = p != NONE && places[p].whole() && places[p].object != NONE ?
			    places.info(places[p].object).param : NONE;

	if (param != NONE && fn.by_driver)
		facts.reads(fn, param);
}

/* A structure is copied. */
void flow::check_copied(state &s, place_id p, const stmt &st)
{
	note_read(p);
	if (!fn.by_driver || !is_sent(p) || places[p].var == NONE)
		return;
	require_written(s, p, { rule::uninitialised, st.loc,
		"'" + name(s, p) + "' is copied, and not all of it was written",
		{ { fn.vars[places[p].var].loc, "declared here" } },
		"initialise the whole variable where it is declared: = {}" });
}

/* What the function did to what its parameters point to, where it returns. */
void flow::note_fills(state &s, const value &result, bool has_result)
{
	for (size_t n = 0; n < param_objects.size(); n++) {
		if (!is_filled_param(n) || param_objects[n] == NONE)
			continue;

		place_id content = places.of_object(param_objects[n]);

		facts.fills(fn, n, is_written(s, content, type_at(content)), has_result && result.mask == ERROR,
			    promises_of(s, content));
	}
}

/* A number of the function's own that was never set. */
bool flow::is_unset_number(const state &s, place_id p) const
{
	if (!fn.by_driver || p == NONE || places[p].var == NONE || !places[p].whole())
		return false;

	const type *t = fn.vars[places[p].var].type;
	const value *v = s.values.find(p);

	return v && v->gone == gone::UNSET && t && t->kind == type::SCALAR;
}

/* A number of a structure of the function's own, which nobody filled, nor was asked to. */
bool flow::is_unset_field(const state &s, place_id p)
{
	if (!fn.by_driver || was_degraded || p == NONE || places[p].var == NONE || places[p].inside ||
	    places[p].path.empty() || !is_sent(p))
		return false;

	const type *t = type_at(p);

	return t && t->kind == type::SCALAR && !is_written(s, p, t) && promises_of(s, p).empty();
}

bool flow::is_unset(const state &s, place_id p)
{
	return is_unset_number(s, p) || is_unset_field(s, p);
}

/* Its address is kept: it is set by who has it. */
void flow::forget_unset(state &s, const stmt &st)
{
	for (const operand &o : st.args)
		if (o.kind == operand::ADDRESS && o.place.var != place_expr::UNKNOWN && o.place.path.empty() &&
		    is_unset_number(s, places.of_var(o.place.var)))
			s.values.erase(places.of_var(o.place.var));
}

void effects::fills(const function &fn, unsigned int param, bool filled, bool failed,
		    const std::vector<filling> &by)
{
	fill &f = functions[fn.id].fills[param];

	f.always = f.always && filled;
	f.unless_error = f.unless_error && (filled || failed);
	if (filled)
		f.by.insert(f.by.end(), by.begin(), by.end());
}

void effects::reads(const function &fn, unsigned int param)
{
	functions[fn.id].reads.insert(param);
}

void effects::passes(const function &fn, unsigned int param, uintptr_t callee, unsigned int to)
{
	functions[fn.id].passes[param].insert({ callee, to });
}

void effects::unless_filled(const finding &f, const std::vector<filling> &by)
{
	doubts.emplace_back(f, by);
}

void effects::if_read(const finding &f, uintptr_t callee, unsigned int param)
{
	read_doubts.push_back({ f, callee, param });
}

bool effects::is_filled(const filling &one, int depth) const
{
	auto f = functions.find(one.callee);

	if (f == functions.end() || !f->second.seen || depth > MAX_CALLS)
		return true;

	auto param = f->second.fills.find(one.param);

	if (param == f->second.fills.end())
		return true;
	if (!(one.always ? param->second.always : param->second.unless_error))
		return false;
	for (const filling &next : param->second.by)
		if (!is_filled(next, depth + 1))
			return false;
	return true;
}

void effects::returns_null(const function &fn)
{
	functions[fn.id].returns_null = true;
}

void effects::returns_from(const function &fn, uintptr_t callee)
{
	functions[fn.id].returns_from.insert(callee);
}

void effects::if_null(const finding &f, uintptr_t callee)
{
	null_doubts.emplace_back(f, callee);
}

bool effects::may_be_null(uintptr_t id, int depth) const
{
	auto f = functions.find(id);

	if (f == functions.end() || depth > MAX_CALLS)
		return false;
	if (f->second.returns_null)
		return true;
	for (uintptr_t callee : f->second.returns_from)
		if (may_be_null(callee, depth + 1))
			return true;
	return false;
}

bool effects::is_read(uintptr_t id, unsigned int param, int depth) const
{
	auto f = functions.find(id);

	if (f == functions.end() || depth > MAX_CALLS)
		return false;
	if (f->second.reads.count(param))
		return true;

	auto on = f->second.passes.find(param);

	if (on == f->second.passes.end())
		return false;
	for (const auto &[callee, to] : on->second)
		if (is_read(callee, to, depth + 1))
			return true;
	return false;
}

void effects::check_filled(reporter &out) const
{
	for (const auto &[f, by] : doubts)
		for (const filling &one : by) {
			if (is_filled(one, 0))
				continue;

			finding said = f;
			const summary &helper = functions.at(one.callee);

			said.notes.push_back({ helper.loc, helper.name + "() leaves something of it unwritten on some path" });
			out.report(said);
			break;
		}
	for (const auto &[f, callee] : null_doubts)
		if (may_be_null(callee, 0)) {
			finding said = f;
			const summary &helper = functions.at(callee);

			said.notes.push_back({ helper.loc, helper.name + "() returns NULL on some path" });
			out.report(said);
		}
	for (const read_doubt &d : read_doubts)
		if (is_read(d.callee, d.param, 0))
			out.report(d.what);
}

} /* namespace core */
} /* namespace ferrule */

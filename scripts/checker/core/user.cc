// SPDX-License-Identifier: GPL-2.0
/*
 * What goes to user space was written before. Only variables that are sent somewhere in
 * the function are followed, field by field; what was written on all paths counts.
 */
#include "flow.h"

namespace ferrule {
namespace core {

namespace {

bool goes_to_user(const stmt &st, size_t n)
{
	return n < st.callee.contract->params.size() && st.callee.contract->params[n].to_user;
}

const char *const HINT = "initialise the whole variable where it is declared: = {}";

} /* namespace */

void flow::find_sent()
{
	for (const block &b : fn.blocks)
		for (const stmt &st : b.stmts)
			for (size_t n = 0; st.kind == stmt::CALL && n < st.args.size(); n++) {
				const operand &o = st.args[n];

				if (o.kind == operand::ADDRESS && o.place.var != place_expr::UNKNOWN &&
				    goes_to_user(st, n) && fn.vars[o.place.var].param == NONE &&
				    !fn.vars[o.place.var].global)
					sent.insert(o.place.var);
			}
	for (size_t i = 0; fn.by_driver && i < fn.vars.size(); i++) {
		const variable &v = fn.vars[i];

		if (v.type && v.type->is_record() && !v.type->foreign && v.param == NONE && !v.global &&
		    !v.temporary)
			sent.insert(i);
	}
	follows_writes = !sent.empty();
	for (size_t n = 0; n < fn.contract->params.size(); n++)
		follows_writes = follows_writes || is_filled_param(n);
	for (const block &b : fn.blocks)
		for (const stmt &st : b.stmts)
			if (st.has_dst && sent.count(st.dst.var))
				find_filled(st.dst);
}

/* An element is written somewhere: nobody counts the rounds of the loop that does it. */
void flow::find_filled(const place_expr &e)
{
	place_id p = places.of_var(e.var);

	for (const struct step &way : e.path) {
		if (way.kind == step::INSIDE)
			filled.insert(p);
		if (way.kind != step::FIELD)
			return;
		p = places.part(p, way.field);
	}
}

bool flow::is_sent(place_id p) const
{
	if (p == NONE)
		return false;
	if (places[p].var != NONE)
		return sent.count(places[p].var);

	int param = places.info(places[p].object).param;

	return param != NONE && is_filled_param(param);
}

void flow::write(state &s, place_id p)
{
	if (!is_sent(p))
		return;
	if (places[p].inside)
		p = places.parent(p);	/* through a pointer: see find_filled() for the rest */

	s.promised.erase(std::remove_if(s.promised.begin(), s.promised.end(), [&](const auto &e) {
		return places.covers(p, e.first);
	}), s.promised.end());

	auto at = std::lower_bound(s.written.begin(), s.written.end(), p);

	if (at == s.written.end() || *at != p)
		s.written.insert(at, p);
}

void flow::unwrite(state &s, place_id p)
{
	s.written.erase(std::remove_if(s.written.begin(), s.written.end(),
				       [&](place_id part) { return places.covers(p, part); }),
			s.written.end());
	s.promised.erase(std::remove_if(s.promised.begin(), s.promised.end(), [&](const auto &e) {
		return places.covers(p, e.first);
	}), s.promised.end());
}

/* A pointer to the variable that is kept may be written through later. */
void flow::note_written(state &s, const stmt &st)
{
	if (!follows_writes)
		return;
	write(s, locate(s, st.dst, st.loc, false));
	/* in a variable it is followed */
	if (fn.by_driver && st.dst.var != place_expr::UNKNOWN && st.dst.path.empty())
		return;
	for (const operand &o : st.args)
		if (o.kind == operand::ADDRESS)
			write(s, locate(s, o.place, st.loc, false));
}

void flow::note_passed(state &s, const stmt &st, const std::vector<value> &args)
{
	for (size_t n = 0; n < args.size() && (fn.by_driver || follows_writes); n++) {
		const param *p = n < st.callee.contract->params.size() ?
				 &st.callee.contract->params[n] : nullptr;
		const type *t = p && p->type ? p->type : st.args[n].type;

		if (!t || !t->is_pointer() || !t->target() || t->target()->is_const)
			continue;
		if (is_unset_number(s, args[n].target) && st.callee.by_driver && st.callee.id && !st.has_dst)
			facts.unless_filled({ rule::uninitialised, st.loc,
				"'" + name(s, args[n].target) + "' may be left unset by " + st.callee.name +
				"(), and nobody asks", {}, "look at the result, or give it a value first" },
				{ { st.callee.id, static_cast<unsigned int>(n), true } });
		write(s, args[n].target);
		if (st.callee.by_driver && st.callee.id && fn.by_driver && is_sent(args[n].target) &&
		    !places[args[n].target].inside && p && p->mode == param::BORROW && !p->init)
			promise(s, args[n].target, { st.callee.id, static_cast<unsigned int>(n), !st.has_dst });
	}
}

bool flow::keep_written(state &into, const state &other) const
{
	size_t before = into.written.size();

	into.written.erase(std::remove_if(into.written.begin(), into.written.end(), [&](place_id p) {
		return !std::binary_search(other.written.begin(), other.written.end(), p);
	}), into.written.end());
	for (const auto &e : other.promised)
		if (std::find(into.promised.begin(), into.promised.end(), e) == into.promised.end()) {
			into.promised.push_back(e);
			before++;	/* it says less now */
		}
	return into.written.size() != before;
}

bool flow::is_written(const state &s, place_id p, const type *t)
{
	bool part = false;

	if (filled.count(p))
		return true;
	for (place_id w : s.written) {
		if (places.covers(w, p))
			return true;
		part = part || places.covers(p, w);
	}
	if (!part || !t || !t->is_record() || t->foreign || t->fields().empty())
		return false;
	for (size_t i = 0; i < t->fields().size(); i++) {
		const field &f = t->fields()[i];

		/* an unnamed bit-field is padding, which is padding-to-user's business */
		if ((!f.name.empty() || f.type->is_record()) && !is_written(s, places.part(p, i), f.type))
			return false;
	}
	return true;
}

void flow::check_sent(state &s, const stmt &st, const std::vector<value> &args)
{
	for (size_t n = 0; n < args.size(); n++) {
		place_id p = args[n].target;

		const param *to = n < st.callee.contract->params.size() ? &st.callee.contract->params[n] :
								    nullptr;

		if (goes_to_user(st, n)) {
			note_read(p);
			if (is_sent(p) && places[p].var != NONE)
				require_written(s, p, { rule::uninitialised_to_user, st.loc,
					"'" + name(s, p) + "' goes to user space, and not all of it was written",
					{ { fn.vars[places[p].var].loc, "declared here" } }, HINT });
		} else if (fn.by_driver && st.callee.by_driver && st.callee.id && p != NONE && to && to->type &&
			   to->type->is_pointer() && to->type->target()->is_const) {
			const place given = places[p];
			int param = given.object != NONE ? places.info(given.object).param : NONE;

			if (param != NONE && given.whole())
				facts.passes(fn, param, st.callee.id, n);
			if (is_sent(p) && given.var != NONE && !given.inside && !is_written(s, p, type_at(p)))
				facts.if_read({ rule::uninitialised, st.loc,
					"'" + name(s, p) + "' was not written whole, and " + st.callee.name +
					"() reads all of it",
					{ { fn.vars[given.var].loc, "declared here" } }, HINT },
					st.callee.id, n);
		}
	}
}

} /* namespace core */
} /* namespace ferrule */

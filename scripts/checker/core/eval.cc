// SPDX-License-Identifier: GPL-2.0
/* What an expression denotes: places and values. */
#include "flow.h"

namespace ferrule {
namespace core {

/*
 * The place that an expression names, or NONE where it is not told apart. Every
 * dereference on the way is a use of the pointer.
 */
place_id flow::locate(state &s, const place_expr &e, src_loc at, bool check)
{
	if (e.var == place_expr::UNKNOWN)
		return NONE;

	place_id p = places.of_var(e.var);

	for (const struct step &way : e.path) {
		if (way.kind == step::FIELD) {
			p = places.part(p, way.field);
		} else if (way.kind == step::INSIDE) {
			p = places.inside(p);
		} else {
			value v = load(s, p, type_at(p), at);

			if (check && is_suspect(s, v, true))
				use(s, v, at, name_of(s, v), true);
			if (check && (v.mask & ZERO))
				check_asked(s, p, at);
			if (!(v.mask & VALID) || v.target == NONE)
				return NONE;
			p = v.target;
		}
	}
	return p;
}

/* Somebody reads an error: it is not ignored. */
void flow::look_at(value &v)
{
	if (not_looking)
		return;
	if (v.unread != NONE)
		errors_seen.insert(v.unread);
	v.unread = NONE;
}

value flow::load(state &s, place_id p, const type *t, src_loc at)
{
	value v;

	if (value *known = s.values.find(p)) {
		look_at(*known);
		v = *known;
		if (!(places[p].var != NONE && fn.vars[places[p].var].block_local))
			v.origin = p;
		return v;
	}

	/* A part of a handle is usable as long as the handle is. */
	for (place_id whole = places.parent(p); whole != NONE; whole = places.parent(whole)) {
		value *content = s.values.find(whole);

		if (!content)
			continue;
		if (content->gone == gone::NO && content->why == why::NONE &&
		    places.object_of(content->target) == NONE)
			continue;
		value handle = *content;

		handle.origin = whole;
		/* a test may look at what a handle holds when it is empty */
		if (!fn.is_test && is_suspect(s, handle, true))
			use(s, handle, at, name(s, whole), true);
		object_id o = places.object_of(handle.target);

		if (o != NONE && t && t->is_pointer())
			v.target = places.inside(places.of_object(o));
		return v;
	}

	v.fetched = fetched_at(s, p);
	if (places[p].inside)
		return v;
	v.origin = p;
	if (places.object_of(p) != NONE && owner_place(p) && t && t->is_pointer())
		v.target = places.inside(places.of_object(places.object_of(p)));
	return v;
}

value flow::evaluate(state &s, const operand &o, src_loc at)
{
	if (o.kind == operand::CONSTANT)
		return constant(o.number);
	if (o.kind == operand::UNKNOWN)
		return value();

	place_id p = locate(s, o.place, at);

	value v;

	if (o.kind == operand::READ) {
		if (is_unset(s, p) && !computes_truth) {
			report(rule::uninitialised, at, "'" + name(s, p) + "' is used before it is set",
			       { { fn.vars[places[p].var].loc, "declared here" } },
			       "give it a value where it is declared, or on the path that leaves it out");
			if (places[p].whole())
				s.values.erase(p);
			else
				write(s, p);
		}
		if (p != NONE)
			v = load(s, p, o.type, at);
		v.shared = v.shared || is_read_shared(o);
		return v;
	}

	v.target = p;
	v.rank = rank_at(o.place);
	v.lock = lock_at(o.place);
	if (p != NONE)
		v.mask = VALID;
	return v;
}

/* A pointer that could be written through, read out of memory that is const. */
bool flow::is_read_shared(const operand &o) const
{
	const type *t = fn.by_driver && o.type && o.type->is_pointer() && o.place.var != place_expr::UNKNOWN ?
				o.type->target() : nullptr;
	bool is_const = false;

	if (!t || t->is_const || t->is_void || t->kind == type::OTHER || t->foreign)
		return false;
	t = fn.vars[o.place.var].type;
	for (const struct step &way : o.place.path) {
		if (!t || way.kind == step::INSIDE)
			return false;
		if (way.kind == step::DEREF) {
			t = t->target();
			is_const = t && t->is_const;
		} else {
			t = static_cast<size_t>(way.field) < t->fields().size() ?
				    t->fields()[way.field].type : nullptr;
		}
	}
	return is_const;
}

/* The type of a lock that holds data, of which the expression names the lock itself. */
const type *flow::lock_at(const place_expr &e) const
{
	const type *t = e.var == place_expr::UNKNOWN ? nullptr : fn.vars[e.var].type;

	for (size_t i = 0; t && i + 1 < e.path.size(); i++) {
		const struct step &way = e.path[i];

		if (way.kind == step::FIELD)
			t = static_cast<size_t>(way.field) < t->fields().size() ?
				    t->fields()[way.field].type : nullptr;
		else
			t = t->target();
	}
	return t && !e.path.empty() && t->cell ? t : nullptr;
}

/* The rank of the lock that the expression names, or a part of. */
int flow::rank_at(const place_expr &e) const
{
	if (e.var == place_expr::UNKNOWN)
		return 0;

	const type *t = fn.vars[e.var].type;
	int rank = t ? t->rank : 0;

	for (const struct step &way : e.path) {
		if (!t || way.kind == step::INSIDE)
			t = t && t->kind == type::ARRAY ? t->target() : nullptr;
		else if (way.kind == step::DEREF)
			t = t->target();
		else
			t = static_cast<size_t>(way.field) < t->fields().size() ?
				    t->fields()[way.field].type : nullptr;
		if (t && t->rank)
			rank = t->rank;
	}
	return rank;
}

/* The place whose value a condition on this operand is about. */
place_id flow::subject(const operand &o)
{
	if (o.kind != operand::READ || o.place.var == place_expr::UNKNOWN || !o.place.path.empty())
		return NONE;
	return fn.vars[o.place.var].global ? NONE : places.of_var(o.place.var);
}

/* The condition "operand is not zero". */
int flow::truth(state &, const operand &o, const value &v)
{
	place_id p = subject(o);

	if (v.condition != NONE && (p == NONE || fn.vars[places[p].var].block_local))
		return v.condition;

	return p == NONE ? NONE : conditions.compare(op::NE, p, 0, false);
}

int flow::comparison(state &s, enum op op, const operand &a, const operand &b, bool is_unsigned)
{
	place_id p = subject(a);

	if (b.kind == operand::READ)
		return comparison_of_two(s, op, a, b, is_unsigned);
	if (b.kind != operand::CONSTANT || p == NONE)
		return NONE;

	int64_t n = b.number;
	const value *v = s.values.find(p);
	bool equality = op == op::EQ || op == op::NE;

	if (v && v->condition != NONE && n == 0 && equality && fn.vars[places[p].var].block_local)
		return op == op::NE ? v->condition : conditions.negate(v->condition);
	/* IS_ERR(), written out or inlined by the front end */
	if (is_unsigned && n < 0 && n >= -4096 && (op == op::GT || op == op::GE))
		return conditions.is_error(p);
	if (is_unsigned && n < 0 && n >= -4096 && (op == op::LT || op == op::LE))
		return conditions.negate(conditions.is_error(p));
	return conditions.compare(op, p, n, is_unsigned && !equality);
}

namespace {

bool is_comparison(enum op op)
{
	return op >= op::EQ && op <= op::GE;
}

uint8_t negated_mask(uint8_t mask)
{
	return (mask & ZERO) | (mask & ERROR ? VALID : 0) | (mask & VALID ? ERROR : 0);
}

} /* namespace */

value flow::compute(state &s, const stmt &st)
{
	std::vector<value> args;
	value v;

	/* out of a macro's variable, or of the compiler's, it is only passed on */
	place_id from = (st.op == op::COPY || st.op == op::CONVERT) && st.args.size() == 1 ?
			subject(st.args[0]) : NONE;

	not_looking = from != NONE && fn.vars[places[from].var].temporary;
	args.reserve(st.args.size());
	/* gcc computes both sides of && where that does no harm */
	computes_truth = is_comparison(st.op) && st.dst.var != place_expr::UNKNOWN &&
			 fn.vars[st.dst.var].temporary;
	for (const operand &o : st.args)
		args.push_back(evaluate(s, o, st.loc));
	if (args.empty())
		return v;
	if (not_looking)
		if (value *passed = s.values.find(from))
			passed->unread = NONE;
	not_looking = computes_truth = false;
	if (is_comparison(st.op) || (st.dst.var != place_expr::UNKNOWN && !fn.vars[st.dst.var].temporary))
		for (const value &arg : args)
			note_looked(s, arg);

	const operand &first = st.args[0];

	if (st.op == op::COPY || st.op == op::CONVERT) {
		v = args[0];
		if (v.origin == NONE)
			v.origin = subject(first);
		if (st.op == op::CONVERT) {
			v.low = INT64_MIN;
			v.high = INT64_MAX;
		}
		if (st.op == op::CONVERT && v.exact && st.fold)
			v.exact = st.fold(v.number, 0, v.number);
		return v;
	}
	if (args.size() == 2 && args[0].exact && args[1].exact && st.fold) {
		int64_t n;

		if (st.fold(args[0].number, args[1].number, n))
			return constant(n);
	}
	if (is_comparison(st.op) && args.size() == 2)
		note_comparison(s, first, args[0], st.args[1], args[1], st.loc);
	else
		for (const value &a : args)
			v.fetched = fetches.join(v.fetched, a.fetched);
	if (st.op == op::OFFSET) {
		v = args[0];
		v.origin = v.condition = NONE;
		v.exact = false;
		if (v.target != NONE)
			v.target = places.inside(v.target);
	} else if (is_comparison(st.op)) {
		v.mask = ZERO | VALID;
		v.condition = comparison(s, st.op, first, st.args[1], st.is_unsigned);
		if (subject(first) != NONE && st.args[1].kind == operand::CONSTANT)
			note_null_test(s, st.op, subject(first), st.args[1].number, st.loc);
		if (v.condition != NONE) {
			states yes, no;

			refine(s, v.condition, true, yes);
			refine(s, v.condition, false, no);
			if (yes.empty() != no.empty())
				v = constant(no.empty());
		}
	} else if ((st.op == op::AND || st.op == op::OR) && args.size() == 2) {
		int a = truth(s, first, args[0]), b = truth(s, st.args[1], args[1]);

		if (a != NONE && b != NONE)
			v.condition = conditions.combine(st.op, a, b);
		v.mask = st.is_unsigned ? ZERO | VALID : ANY;
	} else if (st.op == op::NOT) {
		int a = truth(s, first, args[0]);

		if (a != NONE)
			v.condition = conditions.negate(a);
		v.mask = ZERO | VALID;
	} else if (st.op == op::NEGATE) {
		v.mask = negated_mask(args[0].mask);
	}
	return v;
}

} /* namespace core */
} /* namespace ferrule */

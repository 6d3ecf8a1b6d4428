// SPDX-License-Identifier: GPL-2.0
/* What a condition teaches about the places it is about. */
#include "flow.h"

namespace ferrule {
namespace core {

namespace {

uint8_t sign_of(int64_t n)
{
	return n == 0 ? ZERO : n < 0 ? ERROR : VALID;
}

/* The signs that remain if "place op n" holds. */
uint8_t signs_kept(enum op op, int64_t n, bool is_unsigned)
{
	if (is_unsigned)
		return op == op::GT && n == 0 ? ERROR | VALID : op == op::LE && n == 0 ? ZERO : ANY;
	switch (op) {
	case op::EQ: return sign_of(n);
	case op::NE: return n == 0 ? ERROR | VALID : ANY;
	case op::LT: return n <= 0 ? ERROR : ANY;
	case op::LE: return n < 0 ? ERROR : n == 0 ? ERROR | ZERO : ANY;
	case op::GT: return n >= 0 ? VALID : n == -1 ? ZERO | VALID : ANY;
	case op::GE: return n > 0 ? VALID : n == 0 ? ZERO | VALID : ANY;
	default: return ANY;
	}
}

} /* namespace */

/*
 * Narrows a place and, as they hold the same value, what it was copied from. False:
 * this path cannot be taken.
 */
bool flow::narrow(state &s, place_id p, uint8_t keep, bool exact, int64_t number)
{
	for (int depth = 0; p != NONE && depth < 4; depth++) {
		if (is_global(p) || places[p].inside)
			return true;

		value v;

		if (const value *known = s.values.find(p))
			v = *known;
		bool may_be_there = v.mask & VALID;

		v.mask &= exact ? keep & sign_of(number) : keep;
		if (!v.mask)
			return false;
		if (may_be_there && v.mask == ZERO && v.why == why::NONE && type_at(p) && type_at(p)->is_pointer()) {
			v.why = why::TESTED;
			v.at = last_loc;
		}
		if (v.exact && (!(v.mask & sign_of(v.number)) || (exact && v.number != number)))
			return false;
		if (exact || v.mask == ZERO) {
			v.exact = true;
			v.number = exact ? number : 0;
		}
		if (v.why == why::PERHAPS && !(v.mask & VALID)) {
			/* known to be empty: what was taken out was nothing */
			object_id o = places.object_of(v.target);
			object *x = find(s, o);

			if (x && x->status == status::OWNED)
				s.objects.erase(o);
			v.target = NONE;
			v.why = why::EMPTY;
		}
		s.values[p] = v;
		if (v.asked != NONE && (v.mask == ZERO || !(v.mask & ZERO)))
			note_answer(s, v.asked, v.mask != ZERO);
		if (v.origin == p)
			break;
		p = v.origin;
	}
	return true;
}

/*
 * A number is compared with a constant: asked again, the answer is the same.
 * False: this path cannot be taken.
 */
bool flow::bound(state &s, const condition &c, enum op op)
{
	const type *t = type_at(c.subject);
	int64_t low = op == op::GT ? c.number + 1 : op == op::GE ? c.number : INT64_MIN;
	int64_t high = op == op::LT ? c.number - 1 : op == op::LE ? c.number : INT64_MAX;
	place_id p = c.subject;

	if (!t || t->kind != type::SCALAR || t->is_signed == c.is_unsigned ||
	    (c.is_unsigned && c.number < 0) || (low == INT64_MIN && high == INT64_MAX))
		return true;
	for (int depth = 0; p != NONE && type_at(p) == t && depth < 4; depth++) {
		value *v = s.values.find(p);

		if (!v || is_global(p) || places[p].inside)
			return true;
		v->low = std::max(v->low, low);
		v->high = std::min(v->high, high);
		if (v->low > v->high)
			return false;
		p = v->origin == p ? NONE : v->origin;
	}
	return true;
}

void flow::refine(const state &s, int id, bool outcome, states &out)
{
	if (id == NONE) {
		out.push_back(s);
		return;
	}

	const condition c = conditions[id];

	if (c.op == op::NOT)
		return refine(s, c.left, !outcome, out);
	if (c.op == op::AND || c.op == op::OR) {
		bool both = (c.op == op::AND) == outcome;
		states left;

		refine(s, c.left, outcome, left);
		if (both) {
			for (const state &x : left)
				refine(x, c.right, outcome, out);
			return;
		}
		std::move(left.begin(), left.end(), std::back_inserter(out));
		left.clear();
		refine(s, c.left, !outcome, left);
		for (const state &x : left)
			refine(x, c.right, outcome, out);
		return;
	}

	state next = s;
	const value *v = s.values.find(c.subject);

	if (c.is_error_test()) {
		if (narrow(next, c.subject, outcome ? ERROR : ZERO | VALID, false, 0))
			out.push_back(std::move(next));
		return;
	}

	enum op op = outcome ? c.op : negated(c.op);

	if (c.other != NONE) {
		if (compare(next, c, op))
			out.push_back(std::move(next));
		return;
	}
	if (v && v->condition != NONE && c.number == 0 && (op == op::NE || op == op::EQ)) {
		states found;

		refine(s, v->condition, op == op::NE, found);
		/* the variable keeps the answer when what was asked is forgotten */
		for (state &x : found)
			if (narrow(x, c.subject, signs_kept(op, 0, false), op == op::EQ, 0))
				out.push_back(x);
		return;
	}
	if (v && v->exact && (!c.is_unsigned || (v->number >= 0 && c.number >= 0))) {
		if (holds(op, v->number, c.number))
			out.push_back(std::move(next));
		return;
	}
	if (narrow(next, c.subject, signs_kept(op, c.number, c.is_unsigned), op == op::EQ, c.number) &&
	    bound(next, c, op))
		out.push_back(std::move(next));
}

/* A NULL test of an ERR_PTR: it cannot see the failure. */
void flow::note_null_test(state &s, enum op op, place_id p, int64_t number, src_loc at)
{
	if (number != 0 || (op != op::EQ && op != op::NE))
		return;
	for (int depth = 0; p != NONE && depth < 4; depth++) {
		value *v = s.values.find(p);

		if (!v)
			return;
		if (v->why == why::FAILED && v->mask == ERROR && !v->wrong_test)
			v->wrong_test = at;
		p = v->origin == p ? NONE : v->origin;
	}
}

/* IS_ERR() of what fails as NULL: the reverse. */
void flow::note_error_test(state &s, place_id p, src_loc at)
{
	for (int depth = 0; p != NONE && depth < 4; depth++) {
		value *v = s.values.find(p);

		if (!v)
			return;
		if (v->why == why::ABSENT && v->mask == ZERO && !v->wrong_test)
			v->wrong_test = at;
		p = v->origin == p ? NONE : v->origin;
	}
}

} /* namespace core */
} /* namespace ferrule */

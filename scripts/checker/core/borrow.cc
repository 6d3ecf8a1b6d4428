// SPDX-License-Identifier: GPL-2.0
/*
 * Loans without liveness: what ends the owner kills the loan, and the error is at the
 * later use of the loan. What has a drop of its own is used by that drop, so for it the
 * error is where the owner ends: that is the wrong order of teardown.
 */
#include "flow.h"

namespace ferrule {
namespace core {

void flow::kill_loans(state &s, object_id lender, src_loc at, enum gone how, object_id except)
{
	std::vector<object_id> borrowers;

	for (auto &[id, x] : s.objects)
		if (id != except && std::find(x.lenders.begin(), x.lenders.end(), lender) != x.lenders.end())
			borrowers.push_back(id);
	for (object_id id : borrowers) {
		object *x = find(s, id);

		if (x->status == status::BORROWED) {
			x->status = status::DEAD;
			x->end_how = how;
			x->ended = at;
			kill_loans(s, id, at, how);
		} else if (x->live() && how != gone::UNSET) {
			drop_borrowed(s, id, lender, at, how);
		}
	}
}

/* The owner of what an owned value borrows from ends first. */
void flow::drop_borrowed(state &s, object_id borrower, object_id lender, src_loc at, enum gone how)
{
	object *x = find(s, borrower);

	if (x->status == status::INNER && x->parent == lender)
		return;

	std::string what = places.info(borrower).name.empty() ?
				   "the value from " + places.info(borrower).made_by :
				   "'" + places.info(borrower).name + "'";

	for (const auto &[p, v] : s.values)
		if (is_named(p) && places.object_of(v.target) == borrower)
			what = "'" + name(s, p) + "'";
	report(rule::drop_while_borrowed, at,
	       std::string("this is ") +
	       (how == gone::MOVED ? "moved" : how == gone::SCOPE ? "going out of scope" : "dropped") +
	       " while " + what + " still borrows from it",
	       { { x->made, "it was borrowed here" } },
	       "end " + what + " first: tear down in the reverse order");
	x->status = status::UNSURE;
}

void flow::kill_var_loans(state &s, int var, src_loc at)
{
	std::vector<object_id> borrowers;

	for (auto &[id, x] : s.objects)
		if (std::find(x.lender_vars.begin(), x.lender_vars.end(), var) != x.lender_vars.end())
			borrowers.push_back(id);
	for (object_id id : borrowers) {
		object *x = find(s, id);

		if (x->status == status::BORROWED) {
			x->status = status::DEAD;
			x->end_how = gone::SCOPE;
			x->ended = at;
			kill_loans(s, id, at, gone::SCOPE);
		} else if (x->live()) {
			drop_borrowed(s, id, NONE, at, gone::SCOPE);
		}
	}
}

/* An exclusive borrow of the lender begins: earlier loans end, or only exclusive ones. */
void flow::kill_exclusive(state &s, object_id lender, src_loc at, bool all)
{
	std::vector<object_id> borrowers;

	for (auto &[id, x] : s.objects)
		if (x.status == status::BORROWED && (all || x.exclusive) &&
		    std::find(x.lenders.begin(), x.lenders.end(), lender) != x.lenders.end())
			borrowers.push_back(id);
	for (object_id id : borrowers) {
		object *x = find(s, id);

		x->status = status::DEAD;
		x->end_how = gone::UNSET;
		x->ended = at;
		kill_loans(s, id, at, gone::UNSET);
	}
}

/* Who lends when a pointer is borrowed from: the content of a handle, or its object. */
object_id flow::lender_of(state &s, const value &v)
{
	if (v.target == NONE)
		return NONE;

	const value *content = s.values.find(v.target);
	const type *t = type_at(v.target);

	if (content && content->gone == gone::NO && t && t->owned &&
	    places.object_of(content->target) != NONE)
		return places.object_of(content->target);
	return places.object_of(v.target);
}

bool flow::lend(state &s, object_id borrower, const value &from)
{
	object_id lender = lender_of(s, from);
	object &x = s.objects[borrower];

	if (lender != NONE && lender != borrower) {
		if (std::find(x.lenders.begin(), x.lenders.end(), lender) == x.lenders.end())
			x.lenders.push_back(lender);
		return true;
	}
	if (from.target != NONE && places[from.target].var != NONE && !is_global(from.target)) {
		x.lender_vars.push_back(places[from.target].var);
		return true;
	}
	return false;
}

/* Where a borrow comes from in the end. */
void flow::find_roots(const state &s, object_id o, roots &to) const
{
	const object *x = s.objects.find(o);

	if (!x || to.depth > 8) {
		to.unknown = true;
		return;
	}
	/* what this function owns ends in it, whatever it borrows from */
	bool outlasts = to.keeper && !places.info(o).guard.empty();

	if (!x->lender_vars.empty() || (x->live() && places.info(o).param == NONE && !outlasts))
		to.local = true;
	if (x->lenders.empty() && x->lender_vars.empty()) {
		if (places.info(o).param != NONE)
			to.params.insert(places.info(o).param);
		else if (x->status == status::BORROWED || outlasts)
			to.unknown = true;
		else
			to.local = true;
	}
	to.depth++;
	for (object_id lender : x->lenders)
		find_roots(s, lender, to);
	to.depth--;
}

/* It is the lender, or borrows from it at some remove. */
bool flow::borrows_from(const state &s, object_id o, object_id lender, int depth) const
{
	const object *x = s.objects.find(o);

	if (o == lender)
		return true;
	if (!x || depth > 8)
		return false;
	for (object_id next : x->lenders)
		if (borrows_from(s, next, lender, depth + 1))
			return true;
	return false;
}

/* A borrow is stored: what it is stored in must not live longer than its owner. */
void flow::escape(state &s, place_id into, const value &v, src_loc at)
{
	if (into != NONE && places[into].object == NONE)
		return;

	roots from, to;
	object_id o = places.object_of(v.target);
	const object *x = find(s, o);
	src_loc made = x ? x->made : 0;

	if (o == NONE)
		from.local = places[v.target].var != NONE && !is_global(v.target);
	else
		find_roots(s, o, from);
	if (x && x->status == status::UNSURE)
		return;
	to.keeper = true;
	if (into != NONE)
		find_roots(s, places[into].object, to);
	/* within what one guard gives */
	if (into != NONE && !places.info(places[into].object).guard.empty() &&
	    borrows_from(s, o, places[into].object))
		return;
	if (from.unknown || (!from.local && from.params.empty()))
		return;
	if (!from.local && (into == NONE || fn.is_test))
		return;
	/* Into a value of our own: the value then borrows. */
	if (into != NONE && to.local) {
		if (object *keeper = find(s, places[into].object))
			if (keeper->live() && o != places[into].object)
				lend(s, places[into].object, v);
		return;
	}
	if (into != NONE && !from.local && from.params == to.params && to.params.size() == 1)
		return;
	/* a field of a kernel structure: the layer's business */
	if (into != NONE && !field_at(into) && !places[into].whole() && !is_element(into))
		return;
	for (int p : from.params)
		if (outlives(p, to))
			return;

	bool token = x && places.info(o).type && places.info(o).type->token;
	std::string where = into == NONE ? "memory that may outlive it" :
					   "'" + name(s, into) + "', which may outlive it";

	if (x && !places.info(o).guard.empty())
		report(rule::guard_escapes, at, "a pointer to guarded data is stored in " + where,
		       { { made, "the lock was taken here" } }, "store a copy of the data");
	else if (token)
		report(rule::use_outside_bound, at,
		       "'" + name_of(s, v) + "' is stored in " + where +
		       ": it is proof that the device is bound only until this function returns",
		       { { made, "it is lent for the call here" } },
		       "use it in this function only; every callback is given what it needs");
	else
		report(rule::borrow_escapes, at,
		       "a borrow of '" + name_of(s, v) + "' is stored in " + where,
		       { { made, "it is borrowed here" } },
		       "store an owned or counted value, or mark the parameter __fe_outlives()");
}

/* The signature promises that a parameter lives at least as long as another. */
bool flow::outlives(int param, const roots &other) const
{
	if (static_cast<size_t>(param) >= fn.contract->params.size())
		return false;
	for (unsigned int n : fn.contract->params[param].outlives)
		if (other.params.count(n))
			return true;
	return false;
}

} /* namespace core */
} /* namespace ferrule */

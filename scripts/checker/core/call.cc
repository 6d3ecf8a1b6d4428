// SPDX-License-Identifier: GPL-2.0
/*
 * Calls, in two phases: first what is taken, then what is borrowed, so that
 * f(peek(&b), fe_move(b)) is seen whatever order gcc evaluates the arguments in. Then
 * the state splits: the call succeeded, or it failed.
 */
#include "flow.h"

namespace ferrule {
namespace core {

namespace {

/* Roles of the objects that one call makes. */
enum role { RESULT, LOAN, FILLED };

bool has_int_result(const stmt &st)
{
	const type *t = st.callee.contract->result;

	return t && t->kind == type::SCALAR;
}

bool has_mode(const stmt &st, enum param::mode mode)
{
	for (const param &p : st.callee.contract->params)
		if (p.mode == mode)
			return true;
	return false;
}

bool inits(const stmt &st)
{
	for (const param &p : st.callee.contract->params)
		if (p.init || p.acquire)
			return true;
	return false;
}

} /* namespace */

/* The functions that the analysis knows by itself. True: nothing else is to be done. */
bool flow::call_builtin(state &s, const stmt &st, std::vector<value> &args, states &results)
{
	value v;
	place_id p = st.args.empty() ? NONE : subject(st.args[0]);

	switch (st.callee.builtin) {
	case builtin::NONE:
		return false;
	case builtin::IGNORED:
		break;
	case builtin::ABORT:
		return true;
	case builtin::ZERO:
		if (!args.empty() && args[0].target != NONE)
			clear_memory(s, args[0].target, st.loc);
		if (!args.empty())
			v = args[0];
		break;
	case builtin::IS_ERR:
	case builtin::IS_ERR_OR_NULL:
		if (p != NONE) {
			note_error_test(s, p, st.loc);
			v.condition = conditions.is_error(p);
			if (st.callee.builtin == builtin::IS_ERR_OR_NULL)
				v.condition = conditions.combine(op::OR, v.condition,
								 conditions.compare(op::EQ, p, 0, false));
		}
		v.mask = ZERO | VALID;
		break;
	case builtin::PTR_ERR:
	case builtin::ERR_PTR:
		if (!args.empty())
			v = args[0];
		v.target = v.origin = v.condition = NONE;
		v.why = why::NONE;
		v.gone = gone::NO;
		if (st.callee.builtin == builtin::ERR_PTR && (v.mask & VALID))
			v.mask |= ERROR;
		break;
	case builtin::PTR_ERR_OR_ZERO:
		if (p != NONE) {
			states bad, good;

			refine(s, conditions.is_error(p), true, bad);
			refine(s, conditions.is_error(p), false, good);
			v.mask = ERROR;
			for (state &x : bad) {
				set_result(x, st, v);
				results.push_back(std::move(x));
			}
			for (state &x : good) {
				set_result(x, st, constant(0));
				results.push_back(std::move(x));
			}
			return true;
		}
		break;
	case builtin::EXPECT:
		if (!args.empty()) {
			v = args[0];
			v.condition = truth(s, st.args[0], args[0]);
			v.origin = NONE;
		}
		break;
	}
	set_result(s, st, v);
	results.push_back(std::move(s));
	return true;
}

/* memset(p, 0, sizeof(*p)) */
void flow::clear_memory(state &s, place_id p, src_loc at)
{
	const type *t = type_at(p);

	if (!t)
		return;
	if (t->is_record())
		clear_record(s, p, t, at);
	else if (t->is_pointer())
		store(s, p, empty(why::EMPTY, at), t, at);
	else
		forget_below(s, p, false);
}

void flow::set_result(state &s, const stmt &st, value v)
{
	if (!st.has_dst)
		return;
	place_id p = locate(s, st.dst, st.loc);

	store(s, p, v, st.dst.type, st.loc);
	write(s, p);
	if (p != NONE && places[p].var != NONE && fn.vars[places[p].var].carries_result)
		s.result_at = st.loc;
}

/* Every cell in what the pointer points to is fit to be used. */
void flow::make_ready(state &s, const value &v)
{
	if (v.target == NONE)
		return;
	if (std::find(s.ready.begin(), s.ready.end(), v.target) == s.ready.end()) {
		s.ready.push_back(v.target);
		std::sort(s.ready.begin(), s.ready.end());
	}
	if (value *content = s.values.find(v.target))
		if (content->gone == gone::UNSET)
			s.values.erase(v.target);
}

/* What holds if the call returned 0, or cannot fail. */
void flow::succeed(state &s, const stmt &st, std::vector<value> &args, int error)
{
	for (unsigned int n = 0; n < args.size(); n++) {
		const param &p = st.param_of(n);
		place_id target = args[n].target;

		if (p.mode == param::TAKE_OK) {
			take(s, args[n], &st.args[n], how_taken(st, n), st.loc);
			note_device(st, n);
		}
		if (p.init)
			make_ready(s, args[n]);
		if (p.acquire)
			acquire(s, args[n], false, st.loc);
		if (p.mode == param::OUT && target != NONE) {
			object_id o = make(s, &st, FILLED + n, status::OWNED, st.loc,
					   st.callee.name + "()");

			for (unsigned int lender : st.callee.contract->lenders)
				if (lender < args.size() && lender != n)
					lend(s, o, args[lender]);
			forget_below(s, target, false);
			if (places[target].object != NONE) {
				s.objects[o].status = status::INNER;
				s.objects[o].parent = places[target].object;
			}
			if (!is_global(target) && !places[target].inside)
				remember_name(s, target, s.values[target] = pointer_to(places.of_object(o)));
			else
				s.objects[o].status = status::UNSURE;
		}
	}
	keep_arguments(s, st, args);
	if (has_int_result(st)) {
		value v = constant(0);

		v.unread = error;
		set_result(s, st, v);
	}
}

/* What the callee keeps, as its signature says. */
void flow::keep_arguments(state &s, const stmt &st, std::vector<value> &args)
{
	for (unsigned int n = 0; n < args.size(); n++)
		for (unsigned int other : st.param_of(n).outlives)
			if (other < args.size())
				must_outlive(s, args[n], args[other], st.loc);
}

/* The first value is kept by the second: it must live as long. */
void flow::must_outlive(state &s, const value &kept, const value &keeper, src_loc at)
{
	if (kept.target == NONE || keeper.target == NONE)
		return;
	const object *container = find(s, places.object_of(keeper.target));

	/* what a guard gives lives on without it */
	if (container && (container->status == status::BORROWED ||
			  !places.info(places.object_of(keeper.target)).guard.empty()))
		escape(s, keeper.target, kept, at);
	else if (lender_of(s, keeper) != NONE)
		lend(s, lender_of(s, keeper), kept);
}

/* The result is an owner, or an error. */
void flow::give(state &s, const stmt &st, std::vector<value> &args, states &results)
{
	const contract &c = *st.callee.contract;
	bool guard = c.gives == contract::GUARD;
	bool fails = c.gives == contract::OWNED || c.must_check || c.nullable;
	state good = s;
	object_id o = make(good, &st, RESULT, status::OWNED, st.loc, st.callee.name + "()");

	places.info(o).guard = c.guard_kind;
	places.info(o).typed = !st.callee.by_driver && c.result && c.result->target() &&
			       !c.result->target()->is_void;
	/* between going to sleep and sleeping no lock is held */
	bool locks = guard && c.guard_kind != "fe_wait";

	places.info(o).lock_type = locks && !args.empty() && args[0].lock ? args[0].lock->name : "";
	if (!st.has_dst) {
		report(ending_of(c.result ? c.result->target() : nullptr).leak, st.loc,
		       "the owned result of " + st.callee.name + "() is discarded, which leaks it", {},
		       "keep it in a variable with a cleanup, and drop or move it");
		good.objects.erase(o);
		results.push_back(std::move(good));
		return;
	}
	if (c.lenders.empty() && guard) {
		for (const value &v : args)
			lend(good, o, v);
	}
	for (unsigned int n : c.lenders)
		if (n < args.size())
			lend(good, o, args[n]);
	if (locks && !args.empty())
		check_lock(good, st, o, args[0]);
	set_result(good, st, pointer_to(places.of_object(o)));
	results.push_back(std::move(good));
	if (!fails)
		return;

	value v = empty(c.nullable ? why::ABSENT : why::FAILED, st.loc);

	if (!c.nullable) {
		v.exact = false;
		v.mask = ERROR;
	}
	set_result(s, st, v);
	results.push_back(std::move(s));
}

/* The result is a pointer borrowed from arguments. */
void flow::lend_result(state &s, const stmt &st, std::vector<value> &args, states &results)
{
	const contract &c = *st.callee.contract;
	state good = s;
	object_id o = make(good, &st, LOAN, status::BORROWED, st.loc, st.callee.name + "()");
	bool lent = false, writes = c.result->target() && !c.result->target()->is_const;

	for (unsigned int n : c.lenders) {
		if (n >= args.size())
			continue;
		object_id lender = lender_of(good, args[n]);
		const type *t = args[n].target == NONE ? nullptr : type_at(args[n].target);

		if (t && t->owned && lender != NONE && !st.is_shared(n)) {
			kill_exclusive(good, lender, st.loc, writes);
			good.objects[o].exclusive = writes;
		} else if (t && t->owned && lender != NONE) {
			kill_exclusive(good, lender, st.loc, false);
		}
		lent = lend(good, o, args[n]) || lent;
	}

	value v = lent ? pointer_to(places.of_object(o)) : value();

	if (!lent)
		good.objects.erase(o);
	if (!c.must_check && !c.nullable && !lent) {
		set_result(s, st, v);
		results.push_back(std::move(s));
		return;
	}
	/* Without a marker nobody promises that it is never NULL. */
	if (!c.must_check && !c.nullable)
		v.mask = ZERO | VALID;
	if (!c.must_check && !c.nullable && st.callee.by_driver)
		v.perhaps_null = st.callee.id;
	set_result(good, st, v);
	results.push_back(std::move(good));
	if (!c.must_check && !c.nullable)
		return;
	v = empty(c.nullable ? why::ABSENT : why::FAILED, st.loc);
	if (!c.nullable) {
		v.exact = false;
		v.mask = ERROR;
	}
	set_result(s, st, v);
	results.push_back(std::move(s));
}

/* The result is a structure of the driver: the pointers in it may borrow from any argument. */
void flow::lend_parts(state &s, const stmt &st, std::vector<value> &args)
{
	const type *t = st.callee.contract->result;
	place_id to = st.callee.by_driver && !t->holds_owner() ? locate(s, st.dst, st.loc) : NONE;

	if (to == NONE || places[to].inside)
		return;

	object_id o = make(s, &st, LOAN, status::BORROWED, st.loc, st.callee.name + "()");
	bool lent = false;

	for (size_t n = 0; n < args.size(); n++)
		if (st.args[n].type && st.args[n].type->is_pointer())
			lent = lend(s, o, args[n]) || lent;
	if (!lent) {
		s.objects.erase(o);
		return;
	}
	for (size_t i = 0; i < t->fields().size(); i++)
		if (t->fields()[i].type->is_pointer()) {
			value v = pointer_to(places.inside(places.of_object(o)));

			v.mask = ANY;
			s.values[places.part(to, i)] = v;
		}
}

/* A driver's own functions carry no marker: a result that can be negative can be an error. */
bool flow::may_fail(const stmt &st) const
{
	const contract &c = *st.callee.contract;

	return c.must_check || (st.callee.by_driver && !fn.is_test && c.result && c.result->is_signed);
}

int flow::fallible_call(const stmt *st)
{
	auto known = std::find(fallible_calls.begin(), fallible_calls.end(), st);

	if (known == fallible_calls.end())
		known = fallible_calls.insert(known, st);
	return known - fallible_calls.begin();
}

/* Numbers that a function of the layer fills, if it does not fail. */
std::vector<place_id> flow::filled_numbers(const state &s, const stmt &st, const std::vector<value> &args) const
{
	std::vector<place_id> list;

	if (!st.has_dst || st.callee.by_driver || !st.callee.contract->must_check || !has_int_result(st))
		return list;
	for (unsigned int n = 0; n < args.size(); n++)
		if (st.param_of(n).mode == param::BORROW && !st.is_shared(n) && is_unset_number(s, args[n].target))
			list.push_back(args[n].target);
	return list;
}

/* Where the call failed they are as they were: not set. */
void flow::split_filled(state &s, const stmt &st, const std::vector<place_id> &numbers, const value &result,
			states &results)
{
	state bad = s;
	value v = result;

	v.mask = ZERO | VALID;
	set_result(s, st, v);
	results.push_back(std::move(s));
	for (place_id p : numbers) {
		bad.values[p] = ended(gone::UNSET, st.loc);
		bad.values[p].raw = true;
	}
	v.mask = ERROR;
	set_result(bad, st, v);
	results.push_back(std::move(bad));
}

/* Success and failure go separate ways. */
void flow::split_results(state &s, const stmt &st, std::vector<value> &args,
			 const std::vector<place_id> &numbers, states &results)
{
	const contract &c = *st.callee.contract;
	bool splits = has_mode(st, param::OUT) || has_mode(st, param::TAKE_OK) || inits(st);

	if (splits && has_int_result(st)) {
		state bad = s;
		int error = may_fail(st) && st.has_dst ? fallible_call(&st) : NONE;

		succeed(s, st, args, error);
		results.push_back(std::move(s));
		for (unsigned int n = 0; n < args.size(); n++)
			if (st.param_of(n).mode == param::OUT && args[n].target != NONE &&
			    !is_global(args[n].target) && !places[args[n].target].inside) {
				const value *old = bad.values.find(args[n].target);
				value none = empty(why::FAILED, st.loc);

				none.raw = old && (old->gone == gone::UNSET || old->raw);
				forget_below(bad, args[n].target, false);
				bad.values[args[n].target] = none;
			}
		for (unsigned int n = 0; n < args.size(); n++)
			if (st.param_of(n).acquire)
				acquire(bad, args[n], true, st.loc);

		value v;

		v.mask = ERROR;
		v.unread = error;
		set_result(bad, st, v);
		results.push_back(std::move(bad));
		return;
	}
	if (splits)
		succeed(s, st, args, NONE);
	else
		keep_arguments(s, st, args);
	if (c.gives_owner()) {
		give(s, st, args, results);
	} else if (st.has_dst && c.result && c.result->is_pointer() &&
		   (!c.lenders.empty() || c.must_check || c.nullable)) {
		lend_result(s, st, args, results);
	} else {
		value v;

		if (c.tests && !args.empty() && args[0].target != NONE)
			v.condition = conditions.compare(op::NE, args[0].target, 0, false);
		if (may_fail(st) && st.has_dst && has_int_result(st))
			v.unread = fallible_call(&st);
		v.asked = ask(st, args);
		if (!numbers.empty())
			return split_filled(s, st, numbers, v, results);
		set_result(s, st, v);
		if (st.has_dst && c.result && c.result->is_record())
			lend_parts(s, st, args);
		results.push_back(std::move(s));
	}
}

void flow::call(state s, const stmt &st, states &results)
{
	std::vector<value> args;

	args.reserve(st.args.size());
	for (const operand &o : st.args) {
		if (o.type && o.type->is_record() && o.kind == operand::READ) {
			value v;

			v.target = locate(s, o.place, st.loc);
			args.push_back(v);
		} else {
			args.push_back(evaluate(s, o, st.loc));
		}
	}
	if (st.callee.builtin == builtin::ZERO && !args.empty())
		write(s, args[0].target);
	if (call_builtin(s, st, args, results))
		return;
	check_context(s, st, args);
	check_sent(s, st, args);
	note_passed(s, st, args);
	note_lent(s, st, args);

	std::vector<place_id> numbers = filled_numbers(s, st, args);
	fetch loaded;
	bool loads = begin_load(s, st, args, loaded);

	if (!loads)
		pass_fetched(s, st, args);
	pass_arguments(s, st, args);
	if (loads)
		finish_load(s, st, loaded);
	split_results(s, st, args, numbers, results);
}

} /* namespace core */
} /* namespace ferrule */

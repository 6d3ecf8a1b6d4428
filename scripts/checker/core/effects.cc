// SPDX-License-Identifier: GPL-2.0
#include "effects.h"

namespace ferrule {
namespace core {

namespace {

constexpr effect ALL[] = {
	effect::SLEEPS, effect::LOCKS_PLAIN, effect::WAITS, effect::UNBINDS, effect::NEEDS_BOUND
};

/* In the order of the effects. */
constexpr struct {
	rule what;
	const char *does, *hint;
} texts[N_EFFECTS] = {
	{ rule::sleep_in_atomic, "can sleep",
	  "do it before the lock is taken or after it is released, or in a work item" },
	{ rule::irq_lock, "takes a lock that does not disable interrupts",
	  "give the lock an interrupt-safe type" },
	{ rule::wait_in_open, "waits", "wait in the first operation on the file instead" },
	{ rule::self_unbind, "ends devices, and waits until their callbacks have returned",
	  "leave it to the module's exit, when no callback runs any more" },
	{ rule::use_outside_bound, "relies on the device being bound",
	  "call it from a callback that runs while the device is bound, .start or a later one" },
	{ rule::sleep_in_atomic, "can sleep", "wait before, and look at the condition with a spinlock" },
};

int index(effect e)
{
	return static_cast<int>(e);
}

bool has_mode(const contract &c, enum param::mode mode)
{
	for (const param &p : c.params)
		if (p.mode == mode)
			return true;
	return false;
}

} /* namespace */

void effects::forbid(summary &f, effect e, const char *context, src_loc at)
{
	f.forbidden[index(e)] = true;
	f.context[index(e)] = context;
	f.put_at[index(e)] = at;
}

/* What the contract says of where the function is called. */
void effects::forbid_by(summary &f, const contract &c, src_loc at)
{
	if (c.atomic)
		forbid(f, effect::SLEEPS, ", which is not allowed in atomic context", at);
	if (c.hardirq) {
		forbid(f, effect::SLEEPS, ", which is not allowed in a hard interrupt handler", at);
		forbid(f, effect::LOCKS_PLAIN, ", which is not allowed in a hard interrupt handler", at);
	}
	if (c.opening)
		forbid(f, effect::WAITS,
		       ", which is not allowed in open(), under a lock of the character device core", at);
	if (c.bound)
		forbid(f, effect::UNBINDS, ", and a callback would wait for itself", at);
}

void effects::define(const function &fn)
{
	summary &f = functions[fn.id];

	f.name = fn.name;
	f.loc = fn.loc;
	f.seen = true;
	f.exported = fn.exported;
	f.declared[index(effect::SLEEPS)] = fn.contract->sleeps;
	f.declared[index(effect::BLOCKS)] = fn.contract->sleeps;
	f.declared[index(effect::WAITS)] = fn.contract->waits;
	f.declared[index(effect::LOCKS_PLAIN)] = fn.contract->guard_kind == "fe_spin";
	f.declared[index(effect::NEEDS_BOUND)] = fn.contract->bound;
	if (!f.put_anywhere)
		forbid_by(f, *fn.contract, fn.loc);
	if (fn.outside || has_mode(*fn.contract, param::DROP))
		forbid(f, effect::NEEDS_BOUND, fn.outside ? ", which it is not while the module comes or goes" :
							    ", which it is not when its state ends", fn.loc);
}

void effects::require(uintptr_t id, const contract &slot, bool is_layers, src_loc at)
{
	summary &f = functions[id];

	f.put_anywhere = true;
	forbid_by(f, slot, at);
	if (!is_layers)
		return;
	forbid(f, effect::UNBINDS, ", and a callback would wait for itself", at);
	if (!slot.bound)
		forbid(f, effect::NEEDS_BOUND, ", which it need not be where this slot is called", at);
}

void effects::call(const function &fn, const stmt &st, const held &guards, int takes,
		   const lock_id &lock, const lock_id &event, const std::vector<lock_id> &args)
{
	summary &f = functions[fn.id];
	const contract &c = *st.callee.contract;

	for (const call_site &known : f.calls)
		if (known.at == st.loc && known.guards.atomic == guards.atomic &&
		    known.guards.ranked == guards.ranked && known.takes == takes &&
		    known.callee == st.callee.id && known.name == st.callee.name &&
		    known.guards.locks == guards.locks && known.args == args)
			return;
	f.calls.push_back({ st.callee.id, st.callee.name, st.loc, guards, takes, lock, event,
			    c.wakes, args,
			    { c.sleeps, c.guard_kind == "fe_spin", c.waits, c.unbinds, c.bound,
			      c.sleeps && c.guard_kind != "fe_spin_irq_on" },
			    st.callee.slot });
}

/* Whose bodies were seen, of those that the call may reach. */
std::vector<const effects::summary *> effects::callees(const call_site &site) const
{
	std::vector<const summary *> list;
	auto add = [&](uintptr_t id) {
		auto known = functions.find(id);

		if (known != functions.end() && known->second.seen)
			list.push_back(&known->second);
	};

	add(site.callee);
	if (auto put = slots.find(site.slot); site.slot && put != slots.end())
		for (uintptr_t id : put->second)
			add(id);
	return list;
}

/* The first call in the function that has the effect, itself or further down. */
const effects::call_site *effects::find(const summary &f, effect e,
					std::set<const summary *> &path) const
{
	if (!path.insert(&f).second)
		return nullptr;
	for (const call_site &site : f.calls) {
		if (site.effects[index(e)])
			return &site;
		for (const summary *callee : callees(site)) {
			if (callee->declared[index(e)])
				return &site;
			/* A callee with the same promise is held to it by itself. */
			if (!callee->forbidden[index(e)] && find(*callee, e, path))
				return &site;
		}
	}
	return nullptr;
}

/* The call, in the function or further down, that takes a lock of such a rank or a lower one. */
const effects::call_site *effects::find_lock(const summary &f, int rank,
					     std::set<const summary *> &path) const
{
	if (!path.insert(&f).second)
		return nullptr;
	for (const call_site &site : f.calls) {
		if (site.takes && site.takes <= rank)
			return &site;
		auto callee = functions.find(site.callee);

		if (callee == functions.end())
			continue;
		if (const call_site *below = find_lock(callee->second, rank, path))
			return below;
	}
	return nullptr;
}

/* A callee takes a lock that comes before one that its caller holds. */
void effects::check_ranks(reporter &out, const summary &f) const
{
	for (const call_site &site : f.calls) {
		auto callee = functions.find(site.callee);
		std::set<const summary *> path;

		if (!site.guards.rank || callee == functions.end())
			continue;
		const call_site *taken = find_lock(callee->second, site.guards.rank, path);

		if (taken)
			out.report({ rule::lock_rank, site.at,
				     site.name + "() takes a lock of rank " + std::to_string(taken->takes) +
				     " while one of rank " + std::to_string(site.guards.rank) + " is held",
				     { { site.guards.ranked, "that lock was taken here" },
				       { taken->at, "the other one is taken here" } },
				     "end the guard before the call, or give the locks other ranks" });
	}
}

/* Names the call that has the effect, where it is not the one that is reported. */
void effects::explain(finding &f, const call_site &site, effect e) const
{
	const call_site *next = &site;

	for (int depth = 0; depth < 4 && !next->effects[index(e)]; depth++) {
		const call_site *found = nullptr;

		for (const summary *callee : callees(*next)) {
			std::set<const summary *> path;

			if (!found && (found = find(*callee, e, path)))
				f.notes.push_back({ found->at, callee->name + "() calls " + found->name +
						    "() here" });
		}
		next = found;
		if (!next)
			return;
	}
}

void effects::report(reporter &out, const summary &, const call_site &site, effect e,
		     const char *context, src_loc other, const char *other_text) const
{
	finding f;

	f.what = texts[index(e)].what;
	f.where = site.at;
	f.message = site.name + "() " + texts[index(e)].does + context;
	f.notes.push_back({ other, other_text });
	explain(f, site, e);
	f.hint = texts[index(e)].hint;
	out.report(f);
}

/* It sleeps where a guard does not allow that. */
void effects::report_held(reporter &out, const summary &f, const call_site &site) const
{
	bool reads = site.guards.kind == "fe_rcu", waits = site.guards.kind == "fe_wait";

	report(out, f, site, waits ? effect::BLOCKS : effect::SLEEPS,
	       reads ? ", which is not allowed while RCU keeps what is read" :
	       waits ? ", which is not allowed in the condition of a wait" :
		       ", which is not allowed while a spinlock is held",
	       site.guards.atomic,
	       reads ? "it keeps it from here on" : waits ? "the wait is here" : "the lock was taken here");
}

void effects::finish(reporter &out)
{
	for (const auto &[id, f] : functions) {
		for (effect e : ALL) {
			std::set<const summary *> path;

			if (!f.seen || !f.forbidden[index(e)])
				continue;
			if (const call_site *site = find(f, e, path))
				report(out, f, *site, e, f.context[index(e)], f.put_at[index(e)],
				       "the context comes from here");
		}
		for (const call_site &site : f.calls) {
			std::set<const summary *> path;
			effect e = site.guards.kind == "fe_wait" ? effect::BLOCKS : effect::SLEEPS;
			bool sleeps = site.effects[index(e)];

			if (!site.guards.atomic)
				continue;
			for (const summary *callee : callees(site))
				sleeps = sleeps || callee->declared[index(e)] || find(*callee, e, path);
			if (sleeps)
				report_held(out, f, site);
		}
		check_ranks(out, f);
		check_again(out, f);
		for (const call_site &site : f.calls)
			for (const auto &[lock, held_at] : site.guards.locks)
				check_waits(out, site, lock, held_at);

		std::set<const summary *> path;

		if (f.seen && f.exported && !f.declared[index(effect::SLEEPS)] &&
		    !f.forbidden[index(effect::SLEEPS)])
			if (const call_site *site = find(f, effect::SLEEPS, path))
				out.report({ rule::sleep_in_atomic, f.loc,
					     f.name + "() can sleep, and other files cannot see that",
					     { { site->at, "it sleeps here" } },
					     "mark its declaration __fe_sleeps" });
	}
	check_orders(out);
	check_filled(out);
	check_emptied(out);
}

} /* namespace core */
} /* namespace ferrule */

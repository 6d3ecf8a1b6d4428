// SPDX-License-Identifier: GPL-2.0
#include "effects.h"

namespace ferrule {
namespace core {

namespace {

constexpr effect ALL[] = { effect::SLEEPS, effect::LOCKS_PLAIN, effect::WAITS };

int index(effect e)
{
	return static_cast<int>(e);
}

rule rule_of(effect e)
{
	switch (e) {
	case effect::SLEEPS: return rule::sleep_in_atomic;
	case effect::LOCKS_PLAIN: return rule::irq_lock;
	default: return rule::wait_in_open;
	}
}

const char *does(effect e)
{
	switch (e) {
	case effect::SLEEPS: return "can sleep";
	case effect::LOCKS_PLAIN: return "takes a lock that does not disable interrupts";
	default: return "waits";
	}
}

const char *hint_of(effect e)
{
	switch (e) {
	case effect::SLEEPS: return "do it before the lock is taken or after it is released, or in a work item";
	case effect::LOCKS_PLAIN: return "give the lock an interrupt-safe type";
	default: return "wait in the first operation on the file instead";
	}
}

} /* namespace */

void effects::forbid(summary &f, const contract &c, src_loc at)
{
	auto set = [&](effect e, const char *context) {
		f.forbidden[index(e)] = true;
		f.context[index(e)] = context;
		f.put_at = at;
	};

	if (c.atomic)
		set(effect::SLEEPS, "in atomic context");
	if (c.hardirq) {
		set(effect::SLEEPS, "in a hard interrupt handler");
		set(effect::LOCKS_PLAIN, "in a hard interrupt handler");
	}
	if (c.opening)
		set(effect::WAITS, "in open(), under a lock of the character device core");
}

void effects::define(const function &fn)
{
	summary &f = functions[fn.id];

	f.name = fn.name;
	f.loc = fn.loc;
	f.seen = true;
	f.exported = fn.exported;
	f.declared[index(effect::SLEEPS)] = fn.contract->sleeps;
	f.declared[index(effect::WAITS)] = fn.contract->waits;
	f.declared[index(effect::LOCKS_PLAIN)] = fn.contract->guard_kind == "fe_spin";
	if (!f.put_at)
		forbid(f, *fn.contract, fn.loc);
}

void effects::require(uintptr_t id, const contract &slot, src_loc at)
{
	forbid(functions[id], slot, at);
}

void effects::call(const function &fn, const stmt &st, const held &guards, int takes)
{
	summary &f = functions[fn.id];
	const contract &c = *st.callee.contract;

	for (const call_site &known : f.calls)
		if (known.at == st.loc && known.guards.atomic == guards.atomic &&
		    known.guards.ranked == guards.ranked && known.takes == takes &&
		    known.callee == st.callee.id && known.name == st.callee.name)
			return;
	f.calls.push_back({ st.callee.id, st.callee.name, st.loc, guards, takes,
			    { c.sleeps, c.guard_kind == "fe_spin", c.waits } });
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
		auto callee = functions.find(site.callee);

		/* A callee with the same promise is held to it by itself. */
		if (callee != functions.end() && callee->second.seen &&
		    !callee->second.forbidden[index(e)] && find(callee->second, e, path))
			return &site;
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
		auto callee = functions.find(next->callee);
		std::set<const summary *> path;

		if (callee == functions.end())
			return;
		next = find(callee->second, e, path);
		if (!next)
			return;
		f.notes.push_back({ next->at, callee->second.name + "() calls " + next->name + "() here" });
	}
}

void effects::report(reporter &out, const summary &, const call_site &site, effect e,
		     const char *context, src_loc other, const char *other_text) const
{
	finding f;

	f.what = rule_of(e);
	f.where = site.at;
	f.message = site.name + "() " + does(e) + ", which is not allowed " + context;
	f.notes.push_back({ other, other_text });
	explain(f, site, e);
	f.hint = hint_of(e);
	out.report(f);
}

void effects::finish(reporter &out)
{
	for (const auto &[id, f] : functions) {
		for (effect e : ALL) {
			std::set<const summary *> path;

			if (!f.seen || !f.forbidden[index(e)])
				continue;
			if (const call_site *site = find(f, e, path))
				report(out, f, *site, e, f.context[index(e)], f.put_at,
				       "the context comes from here");
		}
		for (const call_site &site : f.calls) {
			auto callee = functions.find(site.callee);
			std::set<const summary *> path;
			bool sleeps = site.effects[index(effect::SLEEPS)];

			if (!site.guards.atomic)
				continue;
			if (!sleeps && callee != functions.end() && callee->second.seen)
				sleeps = find(callee->second, effect::SLEEPS, path);
			if (sleeps)
				report(out, f, site, effect::SLEEPS, "while a spinlock is held",
				       site.guards.atomic,
				       "the lock was taken here");
		}
		check_ranks(out, f);

		std::set<const summary *> path;

		if (f.seen && f.exported && !f.declared[index(effect::SLEEPS)] &&
		    !f.forbidden[index(effect::SLEEPS)])
			if (const call_site *site = find(f, effect::SLEEPS, path))
				out.report({ rule::sleep_in_atomic, f.loc,
					     f.name + "() can sleep, and other files cannot see that",
					     { { site->at, "it sleeps here" } },
					     "mark its declaration __fe_sleeps" });
	}
}

} /* namespace core */
} /* namespace ferrule */

// SPDX-License-Identifier: GPL-2.0
/*
 * Locks across functions: one that is taken again by a helper while its guard is held, two
 * that are taken in both orders, and one that is held while somebody is waited for who wants it.
 */
#include "effects.h"

#include <algorithm>

namespace ferrule {
namespace core {

namespace {

/* Deeper chains of calls are not followed. */
constexpr int MAX_CALLS = 8;

bool begins_with(const std::vector<short> &path, const std::vector<short> &begin)
{
	return begin.size() <= path.size() && std::equal(begin.begin(), begin.end(), path.begin());
}

/* The rest of a path, below what an argument points to. */
std::vector<short> below(const std::vector<short> &path, const lock_id &argument)
{
	return std::vector<short>(path.begin() + argument.path.size(), path.end());
}

} /* namespace */

/* The call that takes the lock at this path of what the parameter points to, here or below. */
const effects::call_site *effects::find_taken(uintptr_t id, int param, const std::vector<short> &path,
					      int depth) const
{
	auto f = functions.find(id);

	if (f == functions.end() || depth > MAX_CALLS)
		return nullptr;
	for (const call_site &site : f->second.calls) {
		if (!site.lock.type.empty() && site.lock.param == param && site.lock.path == path)
			return &site;
		for (size_t n = 0; n < site.args.size(); n++) {
			const lock_id &argument = site.args[n];

			if (argument.param != param || argument.root < 0 || !begins_with(path, argument.path))
				continue;
			if (const call_site *taken = find_taken(site.callee, n, below(path, argument), depth + 1))
				return taken;
		}
	}
	return nullptr;
}

/* A helper takes a lock whose guard its caller holds. */
void effects::check_again(reporter &out, const summary &f) const
{
	for (const call_site &site : f.calls)
		for (const auto &[lock, held_at] : site.guards.locks)
			for (size_t n = 0; n < site.args.size(); n++) {
				const lock_id &argument = site.args[n];

				if (lock.root < 0 || argument.root != lock.root ||
				    !begins_with(lock.path, argument.path))
					continue;

				const call_site *taken = find_taken(site.callee, n, below(lock.path, argument), 0);

				if (taken)
					out.report({ rule::double_lock, site.at,
						     site.name + "() takes the lock of 'struct " + lock.type +
						     "' again, whose guard is held",
						     { { held_at, "it was locked here" },
						       { taken->at, "and is locked again here" } },
						     "pass the guard to the helper, or end it before the call" });
			}
}

void effects::add_orders(const call_site &site, uintptr_t id, orders &all, std::set<uintptr_t> &path) const
{
	auto f = functions.find(id);

	if (f == functions.end() || !path.insert(id).second)
		return;
	for (const call_site &below : f->second.calls) {
		if (!below.lock.type.empty())
			for (const auto &[lock, at] : site.guards.locks)
				all[lock.type].emplace(below.lock.type,
						       order{ at, site.at, lock.ranked && below.lock.ranked });
		add_orders(site, below.callee, all, path);
	}
}

void effects::find_orders(const summary &f, orders &all) const
{
	for (const call_site &site : f.calls) {
		std::set<uintptr_t> path;

		if (site.guards.locks.empty())
			continue;
		if (!site.lock.type.empty())
			for (const auto &[lock, at] : site.guards.locks)
				all[lock.type].emplace(site.lock.type,
						       order{ at, site.at, lock.ranked && site.lock.ranked });
		add_orders(site, site.callee, all, path);
	}
}

/* Two locks that are taken in both orders wait for each other; ranks are looked at elsewhere. */
void effects::check_orders(reporter &out) const
{
	orders all;

	for (const auto &[id, f] : functions)
		find_orders(f, all);
	for (const auto &[first, after] : all)
		for (const auto &[second, one] : after) {
			auto back = all.find(second);

			if (first >= second || one.ranked || back == all.end())
				continue;

			auto other = back->second.find(first);

			if (other != back->second.end())
				out.report({ rule::lock_rank, other->second.taken,
					     "the lock of 'struct " + first + "' is taken while that of 'struct " +
					     second + "' is held, and elsewhere the other way round",
					     { { other->second.held, "this one is held" },
					       { one.held, "there the other one is held" },
					       { one.taken, "and this one is taken" } },
					     "take them in one order; ranks make it part of their types" });
		}
}

/* What the function waits for, itself or further down, in what its parameter points to. */
void effects::add_waits(uintptr_t id, int param, int depth, std::vector<const call_site *> &list) const
{
	auto f = functions.find(id);

	if (f == functions.end() || depth > MAX_CALLS)
		return;
	for (const call_site &site : f->second.calls) {
		if (!site.event.type.empty() && !site.wakes && site.event.param == param)
			list.push_back(&site);
		for (size_t n = 0; n < site.args.size(); n++)
			if (site.args[n].root >= 0 && site.args[n].param == param && site.args[n].path.empty())
				add_waits(site.callee, n, depth + 1, list);
	}
}

/* One of those that end the wait, if all of them hold the lock that is beside the event. */
const effects::call_site *effects::find_waker(const lock_id &event, const std::vector<short> &lock) const
{
	const call_site *first = nullptr;

	for (const auto &[id, f] : functions)
		for (const call_site &site : f.calls) {
			const auto &locks = site.guards.locks;

			if (!site.wakes || site.event.type != event.type || site.event.path != event.path)
				continue;
			if (std::none_of(locks.begin(), locks.end(), [&](const auto &held) {
				return held.first.root == site.event.root && held.first.path == lock;
			}))
				return nullptr;
			first = first ? first : &site;
		}
	return first;
}

/* Nobody who could end the wait gets as far as that. */
void effects::check_waits(reporter &out, const call_site &site, const lock_id &lock, src_loc held_at) const
{
	std::vector<const call_site *> waits;

	if (lock.root < 0 || site.guards.atomic)	/* nobody sleeps there at all */
		return;
	if (!site.event.type.empty() && !site.wakes && site.event.root == lock.root)
		waits.push_back(&site);
	for (size_t n = 0; n < site.args.size(); n++)
		if (site.args[n].root == lock.root && site.args[n].path.empty())
			add_waits(site.callee, n, 0, waits);
	for (const call_site *wait : waits)
		if (const call_site *waker = find_waker(wait->event, lock.path))
			out.report({ rule::wait_under_lock, site.at,
				     site.name + "() waits for somebody who needs the lock of 'struct " +
				     lock.type + "', which is held",
				     { { held_at, "it was locked here" },
				       { waker->at, "the wait ends here, under the same lock" } },
				     "end the guard before the wait, and look again at what it guards afterwards" });
}

} /* namespace core */
} /* namespace ferrule */

// SPDX-License-Identifier: GPL-2.0
#include "exclusive.h"

#include <algorithm>

namespace ferrule {
namespace core {

void exclusive_state::begin(const function &fn)
{
	starts[{ fn.id, fn.probe_param }] = { fn.name, fn.loc, fn.handles };
}

void exclusive_state::lend(parameter_id from, const part_path &part, parameter_id to)
{
	facts[from].lent_to.insert({ part, to });
	facts[to].lent_by.insert(from);
}

void exclusive_state::show(parameter_id from, const part_path &part, parameter_id to)
{
	facts[from].shown_to.insert({ part, to });
}

void exclusive_state::suspect_use(parameter_id in, const part_path &handle, finding f)
{
	facts[in].uses.emplace(std::make_pair(handle, f.where), f);
}

void exclusive_state::suspect(parameter_id in, finding f, const std::vector<answer> &told)
{
	auto &ways = facts[in].suspects.emplace(std::make_pair(f.where, f.message),
						suspicion{ f, {} }).first->second.told;

	if (std::find(ways.begin(), ways.end(), told) == ways.end())
		ways.push_back(told);
}

/* On each path some predicate said that the owner is empty. */
bool exclusive_state::is_told(const suspicion &s) const
{
	return std::all_of(s.told.begin(), s.told.end(), [&](const std::vector<answer> &told) {
		return std::any_of(told.begin(), told.end(), [&](const answer &a) { return tests.is_empty(a); });
	});
}

/* Every call lends it what is exclusive there; a recursion adds nothing. */
bool exclusive_state::is_exclusive(parameter_id p, std::set<parameter_id> &path) const
{
	if (starts.count(p) || !path.insert(p).second)
		return true;

	auto fact = facts.find(p);

	if (others.count(p) || elsewhere.count(p.first) || fact == facts.end() ||
	    (fact->second.lent_by.empty() && !fact->second.is_given))
		return false;
	for (const parameter_id &by : fact->second.lent_by)
		if (!is_exclusive(by, path))
			return false;
	return true;
}

/* What is acquired, or used, below the parameter, as paths of the state whose part it is. */
void exclusive_state::collect(parameter_id p, const part_path &part, std::set<part_path> fact::*what,
			      std::set<parameter_id> &path, std::set<part_path> &found) const
{
	auto joined = [&](const part_path &more) {
		part_path whole = part;

		whole.insert(whole.end(), more.begin(), more.end());
		return whole;
	};
	auto fact = facts.find(p);

	if (fact == facts.end() || !path.insert(p).second)
		return;
	for (const part_path &a : fact->second.*what)
		found.insert(joined(a));
	for (const auto &[lent, to] : fact->second.lent_to)
		collect(to, joined(lent), what, path, found);
	for (const auto &[shown, to] : fact->second.shown_to)
		collect(to, joined(shown), what, path, found);
	path.erase(p);
}

bool exclusive_state::has(parameter_id p, std::set<part_path> fact::*what, const part_path &handle) const
{
	std::set<parameter_id> path;
	std::set<part_path> found;

	collect(p, {}, what, path, found);
	return std::any_of(found.begin(), found.end(),
			   [&](const part_path &a) { return overlap(a, handle); });
}

void exclusive_state::check_handles(reporter &out, parameter_id p, const start &s) const
{
	for (const handle_field &h : s.handles)
		if (!has(p, &fact::acquired, h.path))
			out.report({ rule::unacquired_handle, s.loc,
				     "'" + h.name + "' is acquired on no path of " + s.name + "()",
				     { { h.declared, "it is declared here" } },
				     "acquire it, here or in a function that is called here, or remove the field" });
}

void exclusive_state::finish(reporter &out)
{
	for (const auto &[p, known] : facts) {
		std::set<parameter_id> path;

		for (const auto &[key, f] : known.uses)
			if (has(p, &fact::used, key.first) && !has(p, &fact::acquired, key.first))
				out.report(f);
		if (known.suspects.empty() || is_exclusive(p, path))
			continue;
		for (const auto &[key, s] : known.suspects)
			if (!is_told(s))
				out.report(s.f);
	}
	for (const auto &[p, s] : starts)
		check_handles(out, p, s);
}

} /* namespace core */
} /* namespace ferrule */

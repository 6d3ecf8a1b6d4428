// SPDX-License-Identifier: GPL-2.0
#include "differences.h"

namespace ferrule {

std::optional<wide> differences::between(tree a, tree b) const
{
	auto known = most_of.find({ a, b });

	return known == most_of.end() ? std::nullopt : std::optional<wide>(known->second);
}

void differences::forget(tree t)
{
	for (auto it = most_of.begin(); it != most_of.end();)
		it = it->first.first == t || it->first.second == t ? most_of.erase(it) : std::next(it);
}

void differences::follow(tree t, tree other, wide by)
{
	std::map<std::pair<tree, tree>, wide> more;

	for (const auto &[pair, most] : most_of) {
		if (pair.first == other && pair.second != t)
			more[{ t, pair.second }] = most + by;
		if (pair.second == other && pair.first != t)
			more[{ pair.first, t }] = most - by;
	}
	forget(t);
	for (const auto &[pair, most] : more)
		most_of[pair] = most;
	if (t != other) {
		bound(t, other, by);
		bound(other, t, -by);
	}
}

range differences::tightened(tree t, range r, const std::function<range(tree)> &of) const
{
	for (const auto &[pair, most] : most_of) {
		if (pair.first == t)
			r.hi = std::min(r.hi, of(pair.second).hi + most);
		if (pair.second == t)
			r.lo = std::max(r.lo, of(pair.first).lo - most);
	}
	return r;
}

std::vector<std::pair<tree, tree>> differences::pairs() const
{
	std::vector<std::pair<tree, tree>> list;

	for (const auto &entry : most_of)
		list.push_back(entry.first);
	return list;
}

} /* namespace ferrule */

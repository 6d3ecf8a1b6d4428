// SPDX-License-Identifier: GPL-2.0
#include "differences.h"

namespace ferrule {

namespace {

/* Of more pairs nothing is concluded. */
constexpr size_t MAX_PAIRS = 256;

differences::sum ordered(differences::sum s)
{
	if (s.b < s.a)
		std::swap(s.a, s.b);
	return s;
}

} /* namespace */

std::optional<wide> differences::between(tree a, tree b) const
{
	auto known = most_of.find({ a, b });

	return known == most_of.end() ? std::nullopt : std::optional<wide>(known->second);
}

/* What is known of a - b, where there are both or neither. */
std::optional<wide> differences::apart(tree a, tree b, const values &of) const
{
	if (a == b)
		return 0;
	if (!a || !b)
		return std::nullopt;

	std::optional<wide> known = between(a, b);
	wide most = of(a).hi - of(b).lo;

	return known ? std::min(*known, most) : most;
}

/* a - b, and what follows for those that are known to be near one of them. */
void differences::bound(tree a, tree b, wide most)
{
	std::vector<std::pair<tree, wide>> below = { { a, 0 } }, above = { { b, 0 } };

	for (const auto &[pair, apart] : most_of) {
		if (pair.second == a && pair.first != b)
			below.emplace_back(pair.first, apart);
		if (pair.first == b && pair.second != a)
			above.emplace_back(pair.second, apart);
	}
	if (most_of.size() > MAX_PAIRS)
		below.resize(1), above.resize(1);
	for (const auto &[x, dx] : below)
		for (const auto &[y, dy] : above) {
			wide apart = dx + most + dy;

			if (x != y)
				if (auto [known, is_new] = most_of.insert({ { x, y }, apart }); !is_new)
					known->second = std::min(known->second, apart);
		}
}

/* What a known sum says of another one. */
std::optional<wide> differences::by(const sum &wanted, const sum &known, wide most, const values &of) const
{
	std::optional<wide> a = apart(wanted.a, known.a, of), b = apart(wanted.b, known.b, of),
			    c = apart(known.c, wanted.c, of);

	return a && b && c ? std::optional<wide>(most + *a + *b + *c) : std::nullopt;
}

std::optional<wide> differences::of_sum(const sum &wanted, const values &of) const
{
	std::optional<wide> least;

	for (const auto &[known, most] : most_of_sum)
		for (const sum &s : { known, sum{ known.b, known.a, known.c } })
			if (std::optional<wide> n = by(wanted, s, most, of); n && (!least || *n < *least))
				least = n;
	return least;
}

void differences::bound_sum(const sum &s, wide most)
{
	if (most_of_sum.size() > MAX_PAIRS)
		return;
	if (auto [known, is_new] = most_of_sum.insert({ ordered(s), most }); !is_new)
		known->second = std::min(known->second, most);
}

wide differences::largest_sum(tree a, tree b, wide most, const values &of) const
{
	for (const auto &[known, least] : most_of_sum)
		for (const sum &s : { known, sum{ known.b, known.a, known.c } })
			if (std::optional<wide> n = by({ a, b, known.c }, s, least, of))
				most = std::min(most, *n + (known.c ? of(known.c).hi : 0));
	return most;
}

void differences::forget(tree t)
{
	for (auto it = most_of.begin(); it != most_of.end();)
		it = it->first.first == t || it->first.second == t ? most_of.erase(it) : std::next(it);
	for (auto it = most_of_sum.begin(); it != most_of_sum.end();)
		it = it->first.names(t) ? most_of_sum.erase(it) : std::next(it);
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
	std::map<sum, wide> sums;
	auto replaced = [&](tree x) { return x == other ? t : x; };

	for (const auto &[s, most] : most_of_sum) {
		bool twice = s.a == other && s.b == other, kept = t == other || !s.names(t);

		if (s.names(other) && !twice && kept)
			sums[ordered({ replaced(s.a), replaced(s.b), replaced(s.c) })] =
				most + (s.a == other || s.b == other ? by : 0) - (s.c == other ? by : 0);
	}
	forget(t);
	for (const auto &[pair, most] : more)
		most_of[pair] = most;
	for (const auto &[s, most] : sums)
		bound_sum(s, most);
	if (t != other) {
		bound(t, other, by);
		bound(other, t, -by);
	}
}

range differences::tightened(tree t, range r, const values &of) const
{
	for (const auto &[pair, most] : most_of) {
		if (pair.first == t)
			r.hi = std::min(r.hi, of(pair.second).hi + most);
		if (pair.second == t)
			r.lo = std::max(r.lo, of(pair.first).lo - most);
	}
	for (const auto &[sum, most] : most_of_sum)
		if ((sum.a == t) != (sum.b == t) && sum.c != t)
			r.hi = std::min(r.hi, most - of(sum.a == t ? sum.b : sum.a).lo + (sum.c ? of(sum.c).hi : 0));
	return r;
}

std::set<std::pair<tree, tree>> differences::pairs() const
{
	std::set<std::pair<tree, tree>> all;

	for (const auto &entry : most_of)
		all.insert(entry.first);
	return all;
}

} /* namespace ferrule */

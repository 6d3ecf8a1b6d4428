// SPDX-License-Identifier: GPL-2.0
#include "place.h"

namespace ferrule {
namespace core {

namespace {

place_id &entry(std::vector<place_id> &list, int n)
{
	if (static_cast<size_t>(n) >= list.size())
		list.resize(n + 1, NONE);
	return list[n];
}

} /* namespace */

bool overlap(const part_path &a, const part_path &b)
{
	size_t n = std::min(a.size(), b.size());

	return std::equal(a.begin(), a.begin() + n, b.begin());
}

place_id place_table::add(const place &p)
{
	places.push_back(p);
	return places.size() - 1;
}

place_id place_table::whole(std::vector<place_id> &list, int place::*root, int n)
{
	place_id &known = entry(list, n);

	if (known == NONE) {
		place p;

		p.*root = n;
		known = add(p);
	}
	return known;
}

place_id place_table::of_var(int var)
{
	return whole(vars, &place::var, var);
}

place_id place_table::of_object(object_id object)
{
	return whole(wholes, &place::object, object);
}

place_id place_table::intern(const place &p)
{
	if (p.whole())
		return p.var != NONE ? of_var(p.var) : of_object(p.object);

	auto known = index.find(p);

	if (known == index.end())
		known = index.emplace(p, add(p)).first;
	return known->second;
}

place_id place_table::part(place_id id, int field)
{
	place p = places[id];

	if (p.inside)
		return id;
	if (p.path.size() >= MAX_DEPTH)
		return inside(id);
	p.path.push_back(field);
	return intern(p);
}

place_id place_table::inside(place_id id)
{
	place p = places[id];

	p.inside = true;
	return intern(p);
}

place_id place_table::below(place_id root, const std::vector<short> &path)
{
	for (short field : path)
		root = part(root, field);
	return root;
}

place_id place_table::parent(place_id id)
{
	place p = places[id];

	if (p.inside)
		p.inside = false;
	else if (p.path.empty())
		return NONE;
	else
		p.path.pop_back();
	return intern(p);
}

bool place_table::covers(place_id a, place_id b) const
{
	const place &x = places[a], &y = places[b];

	return x.var == y.var && x.object == y.object && !x.inside &&
	       x.path.size() <= y.path.size() &&
	       std::equal(x.path.begin(), x.path.end(), y.path.begin());
}

object_id place_table::object(const void *site, int role, int generation)
{
	auto key = std::make_tuple(site, role, generation);
	auto known = sites.find(key);

	if (known != sites.end())
		return known->second;
	objects.emplace_back();
	return sites[key] = objects.size() - 1;
}

} /* namespace core */
} /* namespace ferrule */

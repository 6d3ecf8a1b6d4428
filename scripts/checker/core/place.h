/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Places and objects, interned: the analysis compares small integers.
 *
 * A place is a variable or an object plus a path of fields. An object is what one
 * acquisition, one borrow or one parameter stands for: one per statement and
 * generation, so that a loop does not make new ones for ever.
 */
#ifndef FERRULE_CORE_PLACE_H
#define FERRULE_CORE_PLACE_H

#include <algorithm>
#include <map>
#include <tuple>

#include "ir.h"

namespace ferrule {
namespace core {

using place_id = int;
using object_id = int;
constexpr int NONE = -1;

/* One is the other, or a part of it. */
bool overlap(const part_path &a, const part_path &b);

/* Deeper than this nothing is told apart: lists through fields would never end. */
constexpr size_t MAX_DEPTH = 5;

/* The same of a place, which is copied all the time: without an allocation. */
class field_path {
public:
	void push_back(short field) { fields[length++] = field; }
	void pop_back() { length--; }
	size_t size() const { return length; }
	bool empty() const { return !length; }
	short operator[](size_t n) const { return fields[n]; }
	const short *begin() const { return fields; }
	const short *end() const { return fields + length; }
	operator part_path() const { return part_path(begin(), end()); }
	bool operator<(const field_path &other) const
	{
		return std::lexicographical_compare(begin(), end(), other.begin(), other.end());
	}

private:
	short fields[MAX_DEPTH];
	unsigned char length = 0;
};

struct place {
	int var = NONE;
	object_id object = NONE;
	/* some part below the path that is not told apart */
	bool inside = false;
	field_path path;

	bool operator<(const place &other) const
	{
		return std::tie(var, object, inside, path) <
		       std::tie(other.var, other.object, other.inside, other.path);
	}
	bool whole() const { return path.empty() && !inside; }
};

struct object_info {
	std::string made_by;
	/* what it looks like, once a typed pointer to it was seen */
	const struct type *type = nullptr;
	std::string guard;
	/* tag of the type of the lock behind a guard, where it is known */
	std::string lock_type;
	/* the layer gave it as what it is, not as memory of any type */
	bool typed = false;
	/* of the lock behind a guard; 0: it has none */
	int rank = 0;
	/* the last variable or field that held it */
	std::string name;
	/* the parameter that it stands behind; NONE: made in the body */
	int param = NONE;
};

class place_table {
public:
	place_id of_var(int var);
	place_id of_object(object_id object);
	place_id part(place_id p, int field);
	place_id inside(place_id p);
	/* The same path below another root. */
	place_id below(place_id root, const std::vector<short> &path);
	place_id parent(place_id p);
	/* True if b is a or a part of a. */
	bool covers(place_id a, place_id b) const;
	const place &operator[](place_id p) const { return places[p]; }
	object_id object_of(place_id p) const { return p == NONE ? NONE : places[p].object; }

	/* The object of a site; a generation tells those of a loop apart. */
	object_id object(const void *site, int role, int generation);
	object_info &info(object_id o) { return objects[o]; }
	const object_info &info(object_id o) const { return objects[o]; }

private:
	place_id add(const place &p);
	place_id whole(std::vector<place_id> &list, int place::*root, int n);
	place_id intern(const place &p);

	std::vector<place> places;
	/* of a variable and of an object as a whole, by their numbers; NONE: not yet */
	std::vector<place_id> vars, wholes;
	std::map<place, place_id> index;
	std::vector<object_info> objects;
	std::map<std::tuple<const void *, int, int>, object_id> sites;
};

} /* namespace core */
} /* namespace ferrule */

#endif /* FERRULE_CORE_PLACE_H */

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Copies of elements that somebody else may write meanwhile: which load a value comes
 * from, and what of it was tested.
 */
#ifndef FERRULE_CORE_FETCH_H
#define FERRULE_CORE_FETCH_H

#include <set>

#include "place.h"

namespace ferrule {
namespace core {

/* An element of shared memory: an array, and a number or a place that holds it. */
struct element {
	place_id array = NONE;
	bool exact = false;
	int64_t number = 0;
	place_id index = NONE;

	bool operator==(const element &other) const
	{
		return array == other.array && exact == other.exact && number == other.number &&
		       index == other.index;
	}
	bool known() const { return array != NONE && (exact || index != NONE); }
};

/* What a load gave, the last time it was made. */
struct fetch {
	/* tested in an earlier copy of the same element, and where that was loaded */
	struct before {
		part_path part;
		src_loc at;

		bool operator==(const before &other) const
		{
			return part == other.part && at == other.at;
		}
	};

	struct element from;
	/* where the copy is, as long as it is there */
	place_id into = NONE;
	src_loc at = 0;
	std::vector<part_path> tested;
	std::vector<before> earlier;

	bool operator==(const fetch &other) const
	{
		return from == other.from && into == other.into && tested == other.tested &&
		       earlier == other.earlier;
	}
	bool is_tested(const part_path &part) const;
};

/* Parts of copies, by the number of the load: what a value was computed from. */
using fetched_parts = std::set<std::pair<int, part_path>>;

class fetch_table {
public:
	int load(const stmt *st);
	int set(const fetched_parts &parts);
	int join(int a, int b);
	const fetched_parts &operator[](int id) const { return sets[id]; }

private:
	std::vector<const stmt *> loads;
	std::vector<fetched_parts> sets;
};

} /* namespace core */
} /* namespace ferrule */

#endif /* FERRULE_CORE_FETCH_H */

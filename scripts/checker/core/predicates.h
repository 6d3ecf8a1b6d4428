/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the driver's own functions tell of the owners behind their arguments: where
 * slot_is_free(s) is true, s->owner is empty. Known when the whole file was read.
 */
#ifndef FERRULE_CORE_PREDICATES_H
#define FERRULE_CORE_PREDICATES_H

#include <map>
#include <vector>

#include "ir.h"

namespace ferrule {
namespace core {

/* A function returned 0, or not, and was given what an owner is a part of. */
struct answer {
	uintptr_t callee;
	bool truth;
	unsigned int param;
	part_path owner;

	bool operator==(const answer &other) const
	{
		return callee == other.callee && truth == other.truth && param == other.param &&
		       owner == other.owner;
	}
};

class predicates {
public:
	/* One way for the function to return so: is the owner empty then, or do others say so? */
	void add(const answer &returned, bool is_empty, const std::vector<answer> &others);
	/* The owner is empty wherever the function returns so. */
	bool is_empty(const answer &returned, int depth = 0) const;

private:
	struct way {
		bool is_empty;
		std::vector<answer> others;
	};
	using key = std::tuple<uintptr_t, bool, unsigned int, part_path>;

	std::map<key, std::vector<way>> ways;
};

} /* namespace core */
} /* namespace ferrule */

#endif /* FERRULE_CORE_PREDICATES_H */

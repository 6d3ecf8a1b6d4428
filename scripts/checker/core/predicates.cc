// SPDX-License-Identifier: GPL-2.0
#include "predicates.h"

#include <algorithm>

namespace ferrule {
namespace core {

namespace {

/* Deeper chains of predicates tell nothing. */
constexpr int MAX_CALLS = 4;

} /* namespace */

void predicates::add(const answer &returned, bool is_empty, const std::vector<answer> &others)
{
	ways[{ returned.callee, returned.truth, returned.param, returned.owner }].push_back({ is_empty, others });
}

bool predicates::is_empty(const answer &returned, int depth) const
{
	auto known = ways.find({ returned.callee, returned.truth, returned.param, returned.owner });

	if (known == ways.end() || depth > MAX_CALLS)
		return false;
	return std::all_of(known->second.begin(), known->second.end(), [&](const way &w) {
		return w.is_empty || std::any_of(w.others.begin(), w.others.end(), [&](const answer &a) {
			return is_empty(a, depth + 1);
		});
	});
}

} /* namespace core */
} /* namespace ferrule */

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How values end, and what the rules call it where it goes wrong: a block request is not
 * dropped but completed, and one that leaks hangs its reader. A type says its way by
 * __fe_ending(kind).
 */
#ifndef FERRULE_CORE_ENDING_H
#define FERRULE_CORE_ENDING_H

#include <string>

#include "../rules.h"

namespace ferrule {
namespace core {

struct ending {
	/* the word in __fe_ending(); "" is every other type's way */
	const char *kind;
	/* it does not end on some path; it ends twice */
	rule leak, twice;
	/* what it is when it has ended */
	const char *ended;
	const char *leak_hint;
};

inline constexpr ending endings[] = {
	{ "", rule::leak, rule::double_drop, "dropped",
	  "drop it on this path, or declare it with a cleanup" },
	{ "request", rule::request_not_completed, rule::completed_twice, "completed",
	  "complete it on this path, hand it on, or refuse it" },
};

/* The row of a kind; nullptr: there is no such kind. */
inline const ending *find_ending(const std::string &kind)
{
	for (const ending &e : endings)
		if (kind == e.kind)
			return &e;
	return nullptr;
}

} /* namespace core */
} /* namespace ferrule */

#endif /* FERRULE_CORE_ENDING_H */

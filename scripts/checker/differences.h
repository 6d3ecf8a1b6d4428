/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How far apart two variables can be: a counter that a loop takes along is not larger than
 * the loop's own, whatever their intervals say.
 */
#ifndef FERRULE_DIFFERENCES_H
#define FERRULE_DIFFERENCES_H

#include "range.h"

namespace ferrule {

class differences {
public:
	/* a - b is not larger than that; none if nothing is known but their intervals */
	std::optional<wide> between(tree a, tree b) const;
	void bound(tree a, tree b, wide most) { most_of[{ a, b }] = most; }

	/* The variable is set: to something else, or to what another one (or itself) is and @by. */
	void forget(tree t);
	void follow(tree t, tree other, wide by);

	/* The interval of the variable, given those of the others. */
	range tightened(tree t, range r, const std::function<range(tree)> &of) const;

	std::vector<std::pair<tree, tree>> pairs() const;

private:
	std::map<std::pair<tree, tree>, wide> most_of;
};

} /* namespace ferrule */

#endif /* FERRULE_DIFFERENCES_H */

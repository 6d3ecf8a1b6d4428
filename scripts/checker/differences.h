/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How far apart two variables can be: a counter that a loop takes along is not larger than
 * the loop's own, whatever their intervals say. And how far the sum of two can be from a
 * third one: a part of a buffer that begins at one number, and is as long as another.
 */
#ifndef FERRULE_DIFFERENCES_H
#define FERRULE_DIFFERENCES_H

#include "range.h"

namespace ferrule {

class differences {
public:
	/* The intervals of other variables. */
	using values = std::function<range(tree)>;

	/* a - b is not larger than that; none if nothing is known but their intervals */
	std::optional<wide> between(tree a, tree b) const;
	void bound(tree a, tree b, wide most);
	/* That alone, without what follows from it. */
	void set(tree a, tree b, wide most) { most_of[{ a, b }] = most; }

	/* a + b - c is not larger than that; without c: a + b is not */
	struct sum {
		tree a, b, c;

		bool operator<(const sum &other) const
		{
			return std::tie(a, b, c) < std::tie(other.a, other.b, other.c);
		}
		bool names(tree t) const { return a == t || b == t || c == t; }
	};

	std::optional<wide> of_sum(const sum &s, const values &of) const;
	void bound_sum(const sum &s, wide most);
	/* The largest value of a + b. */
	wide largest_sum(tree a, tree b, wide most, const values &of) const;

	/* The variable is set: to something else, or to what another one (or itself) is and @by. */
	void forget(tree t);
	void follow(tree t, tree other, wide by);

	/* The interval of the variable. */
	range tightened(tree t, range r, const values &of) const;

	std::set<std::pair<tree, tree>> pairs() const;
	const std::map<sum, wide> &sums() const { return most_of_sum; }

private:
	std::optional<wide> apart(tree a, tree b, const values &of) const;
	std::optional<wide> by(const sum &wanted, const sum &known, wide most, const values &of) const;

	std::map<std::pair<tree, tree>, wide> most_of;
	std::map<sum, wide> most_of_sum;
};

} /* namespace ferrule */

#endif /* FERRULE_DIFFERENCES_H */

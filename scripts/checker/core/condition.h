/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Conditions: trees over comparisons of a place with a constant, or another place.
 *
 * gcc folds `a || b` into one value; the tree keeps what each outcome says of a and b.
 */
#ifndef FERRULE_CORE_CONDITION_H
#define FERRULE_CORE_CONDITION_H

#include "place.h"

namespace ferrule {
namespace core {

struct condition {
	/* a comparison with the number, or NOT, AND, OR; COPY: is an error pointer */
	enum op op;
	place_id subject;
	int64_t number;
	bool is_unsigned;
	int left, right;
	/* compared with the value of that place, instead of the number */
	place_id other = NONE;

	bool operator==(const condition &other) const
	{
		return op == other.op && subject == other.subject && number == other.number &&
		       is_unsigned == other.is_unsigned && left == other.left &&
		       right == other.right && this->other == other.other;
	}
	bool is_error_test() const { return op == op::COPY; }
};

class condition_table {
public:
	int compare(enum op op, place_id subject, int64_t number, bool is_unsigned);
	int compare_two(enum op op, place_id subject, place_id other, bool is_unsigned);
	int is_error(place_id subject);
	int negate(int c);
	int combine(enum op op, int left, int right);
	/* True if the condition says something about this place. */
	bool mentions(int c, place_id subject) const;
	const condition &operator[](int c) const { return list[c]; }

private:
	int intern(const condition &c);

	std::vector<condition> list;
};

enum op negated(enum op op);
bool holds(enum op op, int64_t a, int64_t b);

} /* namespace core */
} /* namespace ferrule */

#endif /* FERRULE_CORE_CONDITION_H */

// SPDX-License-Identifier: GPL-2.0
#include "condition.h"

namespace ferrule {
namespace core {

int condition_table::intern(const condition &c)
{
	for (size_t i = 0; i < list.size(); i++)
		if (list[i] == c)
			return i;
	list.push_back(c);
	return list.size() - 1;
}

int condition_table::compare(enum op op, place_id subject, int64_t number, bool is_unsigned)
{
	return intern({ op, subject, number, is_unsigned, NONE, NONE });
}

int condition_table::compare_two(enum op op, place_id subject, place_id other, bool is_unsigned)
{
	return intern({ op, subject, 0, is_unsigned, NONE, NONE, other });
}

int condition_table::is_error(place_id subject)
{
	return intern({ op::COPY, subject, 0, true, NONE, NONE });
}

int condition_table::negate(int c)
{
	if (list[c].op == op::NOT)
		return list[c].left;
	return intern({ op::NOT, NONE, 0, false, c, NONE });
}

int condition_table::combine(enum op op, int left, int right)
{
	return intern({ op, NONE, 0, false, left, right });
}

bool condition_table::mentions(int c, place_id subject) const
{
	const condition &x = list[c];

	return x.subject == subject || (x.other == subject && subject != NONE) || (x.left != NONE && mentions(x.left, subject)) ||
	       (x.right != NONE && mentions(x.right, subject));
}

enum op negated(enum op op)
{
	switch (op) {
	case op::EQ: return op::NE;
	case op::NE: return op::EQ;
	case op::LT: return op::GE;
	case op::GE: return op::LT;
	case op::GT: return op::LE;
	case op::LE: return op::GT;
	default: return op;
	}
}

bool holds(enum op op, int64_t a, int64_t b)
{
	switch (op) {
	case op::EQ: return a == b;
	case op::NE: return a != b;
	case op::LT: return a < b;
	case op::LE: return a <= b;
	case op::GT: return a > b;
	default: return a >= b;
	}
}

} /* namespace core */
} /* namespace ferrule */

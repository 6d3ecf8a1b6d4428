// SPDX-License-Identifier: GPL-2.0
/*
 * What was asked, and is asked again: comparisons of two numbers, and predicates of the
 * driver's own about the owners behind what they are given.
 */
#include "flow.h"

namespace ferrule {
namespace core {

namespace {

uint8_t outcomes_of(enum op op)
{
	switch (op) {
	case op::EQ: return relation::EQUAL;
	case op::NE: return relation::LESS | relation::GREATER;
	case op::LT: return relation::LESS;
	case op::LE: return relation::LESS | relation::EQUAL;
	case op::GT: return relation::GREATER;
	case op::GE: return relation::GREATER | relation::EQUAL;
	default: return relation::LESS | relation::EQUAL | relation::GREATER;
	}
}

uint8_t turned(uint8_t may)
{
	return (may & relation::EQUAL) | (may & relation::LESS ? relation::GREATER : 0) |
	       (may & relation::GREATER ? relation::LESS : 0);
}

} /* namespace */

/*
 * A variable keeps the answer when the compiler's temporary that was compared is forgotten:
 * then it is about what that was read from.
 */
int flow::rooted(const state &s, int c)
{
	condition x = conditions[c];
	int left = x.left == NONE ? NONE : rooted(s, x.left), right = x.right == NONE ? NONE : rooted(s, x.right);

	if (x.op == op::NOT)
		return conditions.negate(left);
	if (x.op == op::AND || x.op == op::OR)
		return conditions.combine(x.op, left, right);

	const value *v = x.subject == NONE ? nullptr : s.values.find(x.subject);
	bool passes = v && v->origin != NONE && places[x.subject].var != NONE &&
		      fn.vars[places[x.subject].var].block_local && !places[v->origin].inside &&
		      !is_global(v->origin) && type_at(v->origin) && type_at(v->origin)->is_pointer();

	if (!passes || x.other != NONE)
		return c;
	return x.is_error_test() ? conditions.is_error(v->origin) :
				   conditions.compare(x.op, v->origin, x.number, x.is_unsigned);
}

bool flow::mentions_below(int c, place_id p) const
{
	const condition &x = conditions[c];

	return (x.subject != NONE && places.covers(p, x.subject)) ||
	       (x.other != NONE && places.covers(p, x.other)) ||
	       (x.left != NONE && mentions_below(x.left, p)) || (x.right != NONE && mentions_below(x.right, p));
}

/* The number that an operand stands for, where it can be found again. */
place_id flow::compared(const state &s, const operand &o)
{
	place_id p = subject(o);
	const value *v = p == NONE ? nullptr : s.values.find(p);

	if (p == NONE || !type_at(p) || type_at(p)->kind != type::SCALAR)
		return NONE;
	if (!fn.vars[places[p].var].block_local)
		return p;
	if (!v || v->origin == NONE || places[v->origin].inside || is_global(v->origin))
		return NONE;

	const type *t = type_at(v->origin);

	return t && t->kind == type::SCALAR && t->is_signed == type_at(p)->is_signed ? v->origin : NONE;
}

int flow::comparison_of_two(const state &s, enum op op, const operand &a, const operand &b, bool is_unsigned)
{
	place_id p = fn.by_driver ? compared(s, a) : NONE, q = p == NONE ? NONE : compared(s, b);

	return q == NONE || p == q ? NONE : conditions.compare_two(op, p, q, is_unsigned);
}

/* False: they were compared before, and the answer was another one. */
bool flow::compare(state &s, const condition &c, enum op op) const
{
	bool turn = c.other < c.subject;
	place_id a = turn ? c.other : c.subject, b = turn ? c.subject : c.other;
	uint8_t may = turn ? turned(outcomes_of(op)) : outcomes_of(op);

	for (relation &known : s.compared)
		if (known.is_about(a, b, c.is_unsigned)) {
			known.may &= may;
			return known.may;
		}
	s.compared.push_back({ a, b, c.is_unsigned, may });
	return true;
}

/* A function of the driver that only looks at something with owners in it. */
int flow::ask(const stmt &st, const std::vector<value> &args)
{
	question q = { st.callee.id, {} };
	bool tells = false;

	if (!fn.by_driver || !st.callee.by_driver || !st.callee.id || !st.has_dst)
		return NONE;
	for (unsigned int n = 0; n < args.size(); n++) {
		const type *t = st.is_shared(n) && st.args[n].type->is_pointer() ? st.args[n].type->target() : nullptr;
		bool holds = t && t->holds_owner() && args[n].target != NONE && !places[args[n].target].inside;

		q.about.push_back(holds ? args[n].target : NONE);
		tells = tells || holds;
	}
	if (!tells)
		return NONE;

	auto known = std::find(questions.begin(), questions.end(), q);

	if (known == questions.end())
		known = questions.insert(known, q);
	return known - questions.begin();
}

void flow::note_answer(state &s, int question, bool truth) const
{
	std::pair<int, bool> one = { question, truth };

	if (std::find(s.answers.begin(), s.answers.end(), one) == s.answers.end())
		s.answers.push_back(one);
}

/* Something changes, which may be what was asked about. */
void flow::forget_answers(state &s, place_id p) const
{
	auto overlap = [&](place_id q) { return q != NONE && (places.covers(p, q) || places.covers(q, p)); };

	s.compared.erase(std::remove_if(s.compared.begin(), s.compared.end(), [&](const relation &c) {
		return overlap(c.a) || overlap(c.b);
	}), s.compared.end());
	s.answers.erase(std::remove_if(s.answers.begin(), s.answers.end(), [&](const auto &a) {
		const std::vector<place_id> &about = questions[a.first].about;

		return std::any_of(about.begin(), about.end(), overlap);
	}), s.answers.end());
}

/* What both states know is left. True: that is less. */
bool flow::keep_answers(state &into, const state &other) const
{
	size_t before = into.compared.size() + into.answers.size();
	bool changed = false;

	for (relation &c : into.compared) {
		auto same = std::find_if(other.compared.begin(), other.compared.end(), [&](const relation &d) {
			return c.is_about(d.a, d.b, d.is_unsigned);
		});
		uint8_t both = same == other.compared.end() ? outcomes_of(op::OTHER) : c.may | same->may;

		changed = changed || both != c.may;
		c.may = both;
	}
	into.compared.erase(std::remove_if(into.compared.begin(), into.compared.end(), [](const relation &c) {
		return c.may == outcomes_of(op::OTHER);
	}), into.compared.end());
	into.answers.erase(std::remove_if(into.answers.begin(), into.answers.end(), [&](const auto &a) {
		return std::find(other.answers.begin(), other.answers.end(), a) == other.answers.end();
	}), into.answers.end());
	return changed || into.compared.size() + into.answers.size() != before;
}

/* What predicates said that were given something around the place. */
std::vector<answer> flow::answers_about(const state &s, place_id p) const
{
	std::vector<answer> list;

	for (const auto &[question, truth] : s.answers)
		for (unsigned int n = 0; n < questions[question].about.size(); n++) {
			place_id around = questions[question].about[n];

			if (around == NONE || !places.covers(around, p))
				continue;

			const part_path &whole = places[p].path;

			list.push_back({ questions[question].callee, truth, n,
					 part_path(whole.begin() + places[around].path.size(), whole.end()) });
		}
	return list;
}

/* The parameter shows owners to a function that only looks: it may be such a predicate. */
bool flow::is_shown_owners(unsigned int n) const
{
	const type *t = fn.by_driver ? fn.contract->params[n].type : nullptr;

	return t && t->is_pointer() && t->target() && t->target()->is_const && param_objects[n] != NONE &&
	       t->target()->holds_owner();
}

void flow::find_shown()
{
	for (size_t n = 0; fn.contract->result && n < param_objects.size(); n++) {
		std::vector<std::vector<short>> paths;

		if (is_shown_owners(n))
			owner_paths(fn.contract->params[n].type->target(), {}, paths);
		for (const auto &path : paths)
			shown.push_back(places.below(places.of_object(param_objects[n]), path));
	}
}

bool flow::is_known_empty(const state &s, place_id owner) const
{
	const value *v = s.values.find(owner);

	return v && v->gone == gone::NO && v->mask == ZERO;
}

/* What the result says of the owners that were shown. */
void flow::note_known(const state &s, const operand &o, const value &result)
{
	place_id p = subject(o);

	for (bool truth : { false, true }) {
		states returned;

		if (p == NONE || shown.empty() || !(result.mask & (truth ? ERROR | VALID : ZERO)))
			continue;
		refine(s, conditions.compare(op::NE, p, 0, false), truth, returned);
		for (const state &one : returned)
			for (place_id owner : shown) {
				unsigned int n = places.info(places[owner].object).param;

				states_of_probe.tests.add({ fn.id, truth, n, places[owner].path },
							  is_known_empty(one, owner), answers_about(one, owner));
			}
	}
}

} /* namespace core */
} /* namespace ferrule */

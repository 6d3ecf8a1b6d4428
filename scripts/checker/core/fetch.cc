// SPDX-License-Identifier: GPL-2.0
/*
 * An element of memory that somebody else writes meanwhile is loaded, tested, and loaded
 * again: what was tested is not what is used.
 *
 * A test is a comparison, a switch, or a function that is given the copy and answers. A
 * value that was found to be one number is known without its load: who loads again then
 * asks what has become of it, which is polling.
 */
#include "flow.h"

namespace ferrule {
namespace core {

namespace {

template <typename T> int number_in(std::vector<T> &list, const T &item)
{
	auto known = std::find(list.begin(), list.end(), item);

	if (known == list.end())
		known = list.insert(known, item);
	return known - list.begin();
}

/* The parameter that is an element's copy, or comes to be it. */
const param *element_of(const stmt &st, unsigned int &n)
{
	const contract &c = *st.callee.contract;

	for (n = 0; n < c.params.size() && n < st.args.size(); n++)
		if (!c.params[n].element.empty())
			return &c.params[n];
	return nullptr;
}

bool is_load(const param &p)
{
	return p.type && p.type->target() && !p.type->target()->is_const;
}

} /* namespace */

bool fetch::is_tested(const part_path &part) const
{
	return std::any_of(tested.begin(), tested.end(),
			   [&](const part_path &t) { return overlap(t, part); });
}

int fetch_table::load(const stmt *st)
{
	return number_in(loads, st);
}

int fetch_table::set(const fetched_parts &parts)
{
	return parts.empty() ? NONE : number_in(sets, parts);
}

int fetch_table::join(int a, int b)
{
	if (a == b || b == NONE)
		return a;
	if (a == NONE)
		return b;

	fetched_parts both = sets[a];

	both.insert(sets[b].begin(), sets[b].end());
	return set(both);
}

/* A variable that a loop counts with: compared with it, a value is its bound. */
void flow::find_counters()
{
	std::map<int, int> sums;

	for (const block &b : fn.blocks)
		for (const stmt &st : b.stmts) {
			bool plain = st.kind == stmt::ASSIGN && st.has_dst && st.dst.path.empty() &&
				     !st.args.empty() && st.args[0].kind == operand::READ &&
				     st.args[0].place.path.empty();

			if (!plain)
				continue;
			int from = st.args[0].place.var;

			if (st.args.size() == 2 && st.args[1].kind == operand::CONSTANT && st.op == op::OTHER)
				sums[st.dst.var] = from;
			auto sum = sums.find(st.args.size() == 2 ? st.dst.var : from);

			if (sum != sums.end() && sum->second == st.dst.var)
				counters.insert(st.dst.var);
		}
}

/* The element that the call names. */
element flow::named_element(const state &s, const param &p, const std::vector<value> &args) const
{
	element e;

	for (unsigned int i : p.element) {
		if (i >= args.size())
			return element();
		const value &v = args[i];

		if (i == p.element[0]) {
			e.array = v.target != NONE && !places[v.target].inside ? v.target : NONE;
			e.exact = p.element.size() == 1;
			continue;
		}
		e.index = v.origin;
		for (int depth = 0; e.index != NONE && depth < 4; depth++) {
			const value *held = s.values.find(e.index);

			if (!held || held->origin == NONE || held->origin == e.index)
				break;
			e.index = held->origin;
		}
		/* a variable goes by its name: that of a loop has a number each round */
		if (v.exact && (e.index == NONE || !is_named_or_object(e.index))) {
			e.exact = true;
			e.number = v.number;
			e.index = NONE;
		}
	}
	return e;
}

/*
 * An element is loaded: the tests of its earlier copies say nothing of this one. What is
 * known of them is forgotten when the call fills its copy, so this comes before.
 */
bool flow::begin_load(const state &s, const stmt &st, const std::vector<value> &args, fetch &loaded)
{
	unsigned int n;
	const param *p = fn.by_driver ? element_of(st, n) : nullptr;

	if (!p)
		return false;
	loaded.from = named_element(s, *p, args);
	loaded.at = st.loc;
	if (!is_load(*p))
		return true;

	int id = fetches.load(&st);

	loaded.into = args[n].target;
	for (const auto &[other, f] : s.fetches) {
		if (other == id || !(f.from == loaded.from))
			continue;
		for (const part_path &part : f.tested) {
			place_id at = f.into == NONE ? NONE : places.below(f.into, part);
			const value *v = at == NONE ? nullptr : s.values.find(at);

			if (!v || !v->exact)
				loaded.earlier.push_back({ part, f.at });
		}
	}
	return true;
}

void flow::finish_load(state &s, const stmt &st, const fetch &loaded)
{
	int id = fetches.load(&st);

	s.fetches.erase(id);
	if (loaded.into == NONE) {
		/* stored by this side: what is loaded from now on is an answer */
		s.fetches.erase_if([&](const auto &e) { return e.second.from.array == loaded.from.array; });
		return;
	}
	forget_below(s, loaded.into, false);
	if (loaded.from.known() && !places[loaded.into].inside)
		s.fetches[id] = loaded;
}

/* The place is written: it is no copy any more, and the number of another element. */
void flow::forget_fetches(state &s, place_id p)
{
	s.fetches.erase_if([&](const auto &e) {
		return e.second.from.index != NONE && places.covers(p, e.second.from.index);
	});
	for (auto &[id, f] : s.fetches)
		if (f.into != NONE && places.covers(p, f.into))
			f.into = NONE;
}

/* The copies that the place is a part of. */
int flow::fetched_at(const state &s, place_id p)
{
	fetched_parts parts;

	for (const auto &[id, f] : s.fetches)
		if (f.into != NONE && places.covers(f.into, p))
			parts.insert({ id, part_path(places[p].path.begin() + places[f.into].path.size(),
						     places[p].path.end()) });
	return fetches.set(parts);
}

void flow::note_test(state &s, const value &v)
{
	if (v.fetched == NONE)
		return;
	for (const auto &[id, part] : fetches[v.fetched]) {
		fetch *f = s.fetches.find(id);

		if (!f)
			continue;
		auto at = std::lower_bound(f->tested.begin(), f->tested.end(), part);

		if (at == f->tested.end() || *at != part)
			f->tested.insert(at, part);
	}
}

bool flow::is_counter(const state &s, const operand &o)
{
	place_id p = subject(o);

	for (int depth = 0; p != NONE && depth < 4; depth++) {
		if (counters.count(places[p].var))
			return true;
		const value *v = places[p].var == NONE ? nullptr : s.values.find(p);

		p = v && v->origin != p ? v->origin : NONE;
	}
	return false;
}

/* Two values are compared: a test of both, or a bound of what counts. */
void flow::note_comparison(state &s, const operand &a, const value &v, const operand &b, const value &w,
			   src_loc at)
{
	if (v.fetched == NONE && w.fetched == NONE)
		return;
	if (is_counter(s, b))
		use_fetched(s, v, at);
	else
		note_test(s, v);
	if (is_counter(s, a))
		use_fetched(s, w, at);
	else
		note_test(s, w);
}

/* The value has an effect: it must be the one that was tested. */
void flow::use_fetched(state &s, const value &v, src_loc at)
{
	if (v.fetched == NONE)
		return;
	for (const auto &[id, part] : fetches[v.fetched]) {
		fetch *f = s.fetches.find(id);

		if (!f || f->is_tested(part))
			continue;
		for (const fetch::before &b : f->earlier) {
			if (!overlap(b.part, part))
				continue;
			report(rule::double_fetch, at,
			       (f->into == NONE ? "this value" : "'" + name(s, places.below(f->into, part)) + "'") +
			       " is used, and not tested: what was tested is an earlier copy of the element",
			       { { b.at, "the copy that was tested was loaded here" },
				 { f->at, "the element was loaded again here" } },
			       "keep the first value in a local variable and use that, or test this one");
			f->earlier.clear();
			break;
		}
	}
}

/* Elements of arrays are named by what was loaded. */
void flow::check_indices(state &s, const stmt &st)
{
	for (const operand &o : st.indices)
		use_fetched(s, evaluate(s, o, st.loc), st.loc);
}

/* A function is given a copy, or a number of it: one that answers yes or no tests it. */
void flow::pass_fetched(state &s, const stmt &st, const std::vector<value> &args)
{
	const type *result = st.has_dst ? st.callee.contract->result : nullptr;

	for (size_t n = 0; n < args.size(); n++) {
		const type *t = st.args[n].type;
		value whole;

		if (t && t->is_pointer() && args[n].target != NONE && result && result->kind == type::SCALAR) {
			whole.fetched = fetched_at(s, args[n].target);
			note_test(s, whole);
		} else if (result && result->is_bool) {
			note_test(s, args[n]);
		} else {
			use_fetched(s, args[n], st.loc);
		}
	}
}

} /* namespace core */
} /* namespace ferrule */

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The analysis behind intervals.h: its parts are in intervals.cc (along the graph),
 * narrowing.cc (what conditions say), paths.cc (what is kept apart), fields.cc (what is in
 * structures) and outcomes.cc (what functions that are called say).
 */
#ifndef FERRULE_VALUES_H
#define FERRULE_VALUES_H

#include "differences.h"
#include "intervals.h"

namespace ferrule {

struct state {
	std::map<tree, range> ranges;
	differences apart;
};

/* What a function's arguments are, by the sign of what it returns; the result in all. */
struct outcome {
	bool happens = false;
	range result;
	std::map<unsigned int, range> arguments;
};

using outcomes = std::array<outcome, 3>;

/* Of a function whose body is in the unit; null if nothing is known. */
const outcomes *outcomes_of(tree function, int depth);

/* A variable of the function alone, which nobody has a pointer to. */
bool is_followed(const_tree t);

/* Numbers below zero, zero, and above. */
const std::array<range, 3> &signs();

/* A number in a structure: a variable of the function, or what one points to. */
struct field {
	tree base;
	bool is_pointed_to;
	/* the fields on the way to it, and the types of all that it is in, the innermost first */
	std::vector<tree> way, types;
};

class intervals {
public:
	intervals(struct function *fun, care how, int depth) : fun(fun), how(how), depth(depth) {}

	void run();
	using states = std::vector<state>;
	void look(const std::function<void(gimple *, const states &)> &look);
	range get(const state &s, tree t) const;
	/* The least range that holds the values in all the states. */
	range get(const states &all, tree t) const;

private:
	/* The values of flags by which paths are kept apart. */
	using key = std::vector<wide>;

	/* What arrived at a block. */
	struct arrived {
		std::map<key, state> in;
		std::map<key, int> visits;
		bool merged = false;
	};

	void find_numbers();
	void note_number(tree t);
	void find_flags();
	void find_lent();
	void find_fields();
	void note_field(tree t, const std::map<tree, tree> &copies);
	tree named(tree t) const;
	static bool may_change(gimple *g, const field &f);
	void forget_fields(state &s, gimple *g) const;
	bool is_field(const_tree t) const { return fields.count(const_cast<tree>(t)); }
	bool follows(const_tree t) const { return is_followed(t) || lent.count(t) || is_field(t); }
	bool is_careful() const { return how == care::CAREFUL; }

	range plain(const state &s, tree t) const;
	range compute(const state &s, gimple *g) const;
	void pass(state &s, gimple *g) const;
	void pass(states &all, gimple *g) const;
	void forget(state &s, tree t) const;
	std::optional<range> exact(const state &s, gimple *g) const;
	void relate(state &s, gimple *g, const range &r) const;
	void relate_smaller(state &s, gimple *g) const;
	void relate_two(state &s, gimple *g, bool is_set) const;
	void recall(state &s, tree t, int depth) const;

	bool is_unchanged(tree t, gimple *since) const;
	bool narrow(state &s, tree t, const range &to, int depth) const;
	bool narrow_source(state &s, gimple *def, const range &to, int depth) const;
	bool narrow_arguments(state &s, gimple *call, const range &to, int depth) const;
	bool assume(state &s, enum tree_code code, tree a, tree b, bool truth, int depth) const;
	tree original(tree t) const;
	void compare(state &s, tree a, tree b, wide most) const;
	bool assume_true(state &s, tree t, bool truth, int depth) const;
	bool assume_outcome(state &s, gimple *def, bool truth, int depth) const;

	key key_of(const state &s) const;
	tree flag_behind(tree t) const;
	states split(const state &s, tree flag) const;
	void split_step(states &all, gimple *g) const;
	void merge(arrived &at);
	void arrive(basic_block bb, const state &s, bool back);
	bool join_into(state &known, const state &s, int visits) const;
	bool join_differences(state &known, const state &s, const state &before, bool is_loop) const;
	bool join_sums(state &known, const state &s, const state &before, bool is_loop) const;
	bool grow(range &known, const range &more, tree t, int visits) const;
	void leave(basic_block bb, const state &s);
	void leave_switch(basic_block bb, gswitch *g, const state &s);

	struct function *fun;
	care how;
	int depth;
	std::set<wide> numbers;
	std::map<int, arrived> at;
	std::set<int> waiting;
	std::vector<int> position;		/* of a block, in the order */
	std::map<tree, gimple *> definitions;
	std::vector<tree> flags, counters;
	/* Variables whose address is only passed to functions: a loan ends with its call. */
	std::set<const_tree> lent;
	/* Those whose address goes elsewhere, too. */
	std::set<const_tree> kept;
	/* By the first expression that names each; and the first, by any. */
	std::map<tree, field> fields;
	std::map<tree, tree> names;
	int steps = 0;
};

} /* namespace ferrule */

#endif /* FERRULE_VALUES_H */

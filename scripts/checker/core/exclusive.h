/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A driver's state while only probe has it: empty at first, filled by probe and by the
 * functions that probe lends it to.
 *
 * Each function is followed on its own; what it does with a parameter is noted here. Once
 * the whole file was read, it is known which parameters are such a state, or a part of it,
 * in every call. A value that the caller just made and gives away is as empty as that.
 */
#ifndef FERRULE_CORE_EXCLUSIVE_H
#define FERRULE_CORE_EXCLUSIVE_H

#include <map>
#include <set>

#include "place.h"
#include "predicates.h"

namespace ferrule {
namespace core {

/* A parameter of a function. */
using parameter_id = std::pair<uintptr_t, int>;

class exclusive_state {
public:
	/* The function is probe. */
	void begin(const function &fn);
	/* The function is put where others than probe are called. */
	void put(uintptr_t fn) { elsewhere.insert(fn); }
	/* A part of a parameter is lent to a function, which may write it. */
	void lend(parameter_id from, const part_path &part, parameter_id to);
	/* Something else is. */
	void lend_other(parameter_id to) { others.insert(to); }
	/* A value that was made by the caller, and not filled: the function takes it. */
	void give(parameter_id to) { facts[to].is_given = true; }
	/* A part is lent to one that may only look at it. */
	void show(parameter_id from, const part_path &part, parameter_id to);
	void acquire(parameter_id in, const part_path &part) { facts[in].acquired.insert(part); }
	void use(parameter_id in, const part_path &part) { facts[in].used.insert(part); }
	/* Reported if the handle is used below the parameter, and not acquired there. */
	void suspect_use(parameter_id in, const part_path &handle, finding f);
	/*
	 * Reported, unless the parameter is the state while only probe has it, or was just made,
	 * or one of the answers says that the owner is empty.
	 */
	void suspect(parameter_id in, finding f, const std::vector<answer> &told);
	void finish(reporter &out);

	predicates tests;

private:
	/* what was told on each path that leads there */
	struct suspicion {
		finding f;
		std::vector<std::vector<answer>> told;
	};
	struct fact {
		std::set<std::pair<part_path, parameter_id>> lent_to, shown_to;
		std::set<parameter_id> lent_by;
		bool is_given = false;
		std::set<part_path> acquired, used;
		std::map<std::pair<part_path, src_loc>, finding> uses;
		std::map<std::pair<src_loc, std::string>, suspicion> suspects;
	};
	struct start {
		std::string name;
		src_loc loc;
		std::vector<handle_field> handles;
	};

	bool is_told(const suspicion &s) const;
	bool is_exclusive(parameter_id p, std::set<parameter_id> &path) const;
	void collect(parameter_id p, const part_path &part, std::set<part_path> fact::*what,
		     std::set<parameter_id> &path, std::set<part_path> &found) const;
	bool has(parameter_id p, std::set<part_path> fact::*what, const part_path &handle) const;
	void check_handles(reporter &out, parameter_id p, const start &s) const;

	std::map<parameter_id, fact> facts;
	std::map<parameter_id, start> starts;
	std::set<parameter_id> others;
	std::set<uintptr_t> elsewhere;
};

} /* namespace core */
} /* namespace ferrule */

#endif /* FERRULE_CORE_EXCLUSIVE_H */

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What functions do, and what the contexts that they are called in forbid.
 *
 * A function sleeps if it says so or if one that it calls does. The flow analysis
 * notes the calls; once the whole file was read, the effects go up the call graph and
 * what a context forbids goes down it. So a driver's static function needs no marker;
 * one that other files call does, because they see its prototype only.
 */
#ifndef FERRULE_CORE_EFFECTS_H
#define FERRULE_CORE_EFFECTS_H

#include <map>
#include <set>

#include "ir.h"

namespace ferrule {
namespace core {

/* What can be forbidden; BLOCKS is SLEEPS without what only wants interrupts to be on. */
enum class effect : uint8_t { SLEEPS, LOCKS_PLAIN, WAITS, UNBINDS, NEEDS_BOUND, BLOCKS };
constexpr int N_EFFECTS = 6;

/*
 * A lock, as one function sees it: what it is a part of, and where in it. What a parameter
 * points to is the same for the caller; nothing else is.
 */
struct lock_id {
	/* tag of its type; empty: it is no lock, but what an argument points to */
	std::string type;
	int param = -1;
	/* a number in this function; -1: it is not known */
	int root = -1;
	std::vector<short> path;
	bool ranked = false;

	bool operator==(const lock_id &other) const
	{
		return type == other.type && root == other.root && path == other.path;
	}
};

/* Where guards that are held were taken; 0: none is. */
struct held {
	src_loc atomic = 0;
	/* the kind of that guard */
	std::string kind;
	/* that of the highest rank */
	src_loc ranked = 0;
	int rank = 0;
	/* each lock, and where it was taken */
	std::vector<std::pair<lock_id, src_loc>> locks;
};

/* A helper was given a variable to fill: at all events, or unless it returns an error. */
struct filling {
	uintptr_t callee;
	unsigned int param;
	bool always;

	bool operator==(const filling &other) const
	{
		return callee == other.callee && param == other.param && always == other.always;
	}
};

/* An owner in a structure of that tag. */
struct owner_id {
	std::string type;
	std::vector<short> path;

	bool operator<(const owner_id &other) const
	{
		return std::tie(type, path) < std::tie(other.type, other.path);
	}
};

class effects {
public:
	/* A function whose body was seen, and what its own contract promises. */
	void define(const function &fn);
	/* fn calls something with these arguments, which takes a lock of that rank, or 0, or waits */
	void call(const function &fn, const stmt &st, const held &guards, int takes,
		  const lock_id &lock, const lock_id &event, const std::vector<lock_id> &args);
	/* The function is put where a hard interrupt handler, or the like, is expected. */
	void require(uintptr_t id, const contract &slot, bool is_layers, src_loc at);
	/* fn returns: it filled what the parameter points to, as far as these helpers did. */
	void fills(const function &fn, unsigned int param, bool filled, bool failed,
		   const std::vector<filling> &by);
	/* fn reads all of what the parameter points to, or passes it on to who may. */
	void reads(const function &fn, unsigned int param);
	void passes(const function &fn, unsigned int param, uintptr_t callee, unsigned int to);
	/* An error, unless all of these helpers filled what they were given. */
	void unless_filled(const finding &f, const std::vector<filling> &by);
	/* An error, if the helper reads all of what it is given. */
	void if_read(const finding &f, uintptr_t callee, unsigned int param);
	/* The function can be called through pointers of that type. */
	void put(uintptr_t id, unsigned int slot) { slots[slot].insert(id); }
	/* fn may return NULL, or what the callee returned; an error, if the callee may. */
	void returns_null(const function &fn);
	void returns_from(const function &fn, uintptr_t callee);
	void if_null(const finding &f, uintptr_t callee);
	/* An owner is left empty; an error, if one is. */
	void empties(const owner_id &owner, src_loc at);
	void if_emptied(const finding &f, const owner_id &owner);
	/* Reports what is forbidden. */
	void finish(reporter &out);

private:
	struct call_site {
		uintptr_t callee;
		std::string name;
		src_loc at;
		held guards;
		int takes;
		/* the lock that the call takes and waits for; without a type: none */
		lock_id lock;
		/* what it waits for, or wakes, by the type that it is in; without one: nothing */
		lock_id event;
		bool wakes;
		std::vector<lock_id> args;
		bool effects[N_EFFECTS];
		/* who may be called, if it is a pointer */
		unsigned int slot;
	};
	/* what a function does to what a parameter points to */
	struct fill {
		bool always = true, unless_error = true;
		std::vector<filling> by;
	};
	struct summary {
		std::string name;
		src_loc loc = 0;
		bool seen = false, exported = false;
		bool declared[N_EFFECTS] = {};
		bool forbidden[N_EFFECTS] = {};
		const char *context[N_EFFECTS] = {};
		src_loc put_at[N_EFFECTS] = {};
		bool put_anywhere = false;
		std::vector<call_site> calls;
		std::map<unsigned int, fill> fills;
		std::set<unsigned int> reads;
		bool returns_null = false;
		std::set<uintptr_t> returns_from;
		std::map<unsigned int, std::set<std::pair<uintptr_t, unsigned int>>> passes;
	};

	bool may_be_null(uintptr_t id, int depth) const;
	std::vector<const summary *> callees(const call_site &site) const;
	bool is_filled(const filling &one, int depth) const;
	bool is_read(uintptr_t id, unsigned int param, int depth) const;
	void check_filled(reporter &out) const;
	void check_emptied(reporter &out) const;

	const call_site *find(const summary &f, effect e, std::set<const summary *> &path) const;
	const call_site *find_lock(const summary &f, int rank, std::set<const summary *> &path) const;
	void check_ranks(reporter &out, const summary &f) const;
	const call_site *find_taken(uintptr_t id, int param, const std::vector<short> &path,
				    int depth) const;
	void check_again(reporter &out, const summary &f) const;
	struct order {
		src_loc held, taken;
		bool ranked;
	};
	/* which lock is taken while which other one is held */
	using orders = std::map<std::string, std::map<std::string, order>>;
	void find_orders(const summary &f, orders &all) const;
	void add_orders(const call_site &site, uintptr_t id, orders &all,
			std::set<uintptr_t> &path) const;
	void check_orders(reporter &out) const;
	void add_waits(uintptr_t id, int param, int depth, std::vector<const call_site *> &list) const;
	const call_site *find_waker(const lock_id &event, const std::vector<short> &lock) const;
	void check_waits(reporter &out, const call_site &site, const lock_id &lock, src_loc held_at) const;
	void forbid(summary &f, effect e, const char *context, src_loc at);
	void forbid_by(summary &f, const contract &c, src_loc at);
	void report(reporter &out, const summary &f, const call_site &site, effect e, const char *context,
		    src_loc other, const char *other_text) const;
	void report_held(reporter &out, const summary &f, const call_site &site) const;
	void explain(finding &f, const call_site &site, effect e) const;

	std::map<uintptr_t, summary> functions;
	std::vector<std::pair<finding, std::vector<filling>>> doubts;
	struct read_doubt {
		finding what;
		uintptr_t callee;
		unsigned int param;
	};
	std::vector<read_doubt> read_doubts;
	std::vector<std::pair<finding, uintptr_t>> null_doubts;
	std::map<unsigned int, std::set<uintptr_t>> slots;
	std::map<owner_id, src_loc> emptied;
	std::vector<std::pair<finding, owner_id>> owner_doubts;
};

} /* namespace core */
} /* namespace ferrule */

#endif /* FERRULE_CORE_EFFECTS_H */

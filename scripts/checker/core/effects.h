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

/* What can be forbidden. */
enum class effect : uint8_t { SLEEPS, LOCKS_PLAIN, WAITS };

class effects {
public:
	/* A function whose body was seen, and what its own contract promises. */
	void define(const function &fn);
	/* fn calls something; guard: taken there, or 0 if no atomic guard is held */
	void call(const function &fn, const stmt &st, src_loc guard);
	/* The function is put where a hard interrupt handler, or the like, is expected. */
	void require(uintptr_t id, const contract &slot, src_loc at);
	/* Reports what is forbidden. */
	void finish(reporter &out);

private:
	struct call_site {
		uintptr_t callee;
		std::string name;
		src_loc at, guard;
		bool effects[3];
	};
	struct summary {
		std::string name;
		src_loc loc = 0;
		bool seen = false, exported = false;
		bool declared[3] = {};
		bool forbidden[3] = {};
		const char *context[3] = {};
		src_loc put_at = 0;
		std::vector<call_site> calls;
	};

	const call_site *find(const summary &f, effect e, std::set<const summary *> &path) const;
	void forbid(summary &f, const contract &c, src_loc at);
	void report(reporter &out, const summary &f, const call_site &site, effect e, const char *context,
		    src_loc other, const char *other_text) const;
	void explain(finding &f, const call_site &site, effect e) const;

	std::map<uintptr_t, summary> functions;
};

} /* namespace core */
} /* namespace ferrule */

#endif /* FERRULE_CORE_EFFECTS_H */

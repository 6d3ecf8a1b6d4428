// SPDX-License-Identifier: GPL-2.0
/*
 * Handles in the driver's state: acquired before they are used, and used only where that
 * did not fail. What helpers do with the state is noted for exclusive.cc.
 */
#include "flow.h"

namespace ferrule {
namespace core {

/* The function takes what was made here, and nothing was put into it. */
bool flow::is_given_empty(const state &s, const stmt &st, unsigned int n, place_id p) const
{
	enum param::mode mode = st.param_of(n).mode;
	object_id o = places.object_of(p);
	const object *x = o == NONE ? nullptr : s.objects.find(o);

	if ((mode != param::TAKE && mode != param::TAKE_OK) || !x || x->status != status::OWNED ||
	    !places[p].whole() || places.info(o).param != NONE)
		return false;
	return std::none_of(s.values.begin(), s.values.end(), [&](const auto &e) {
		return e.first != p && places.covers(p, e.first) && owner_place(e.first) &&
		       e.second.gone == gone::NO && (e.second.mask & VALID);
	});
}

/* What a function is lent may be a part of the state that probe fills. */
void flow::note_lent(const state &s, const stmt &st, const std::vector<value> &args)
{
	for (unsigned int n = 0; n < args.size(); n++) {
		const type *t = st.args[n].type;
		place_id p = args[n].target;

		if (!t || !t->is_pointer() || !t->target() || !t->target()->is_record())
			continue;

		int root = p == NONE ? NONE : root_param(s, p);
		bool direct = root != NONE && places.info(places[p].object).param == root;

		if (direct && st.param_of(n).acquire)
			states_of_probe.acquire({ fn.id, root }, places[p].path);
		else if (direct && t->target()->pinned && !st.callee.by_driver)
			states_of_probe.use({ fn.id, root }, places[p].path);
		else if (st.is_shared(n) && direct && st.callee.by_driver)
			states_of_probe.show({ fn.id, root }, places[p].path, { st.callee.id, n });
		if (st.param_of(n).acquire || st.is_shared(n))
			continue;
		if (st.callee.id && root != NONE)
			states_of_probe.lend({ fn.id, root }, direct ? places[p].path : part_path{ NONE },
					     { st.callee.id, n });
		else if (st.callee.id && is_given_empty(s, st, n, p))
			states_of_probe.give({ st.callee.id, n });
		else if (st.callee.id)
			states_of_probe.lend_other({ st.callee.id, n });
	}
}

/* Nothing is acquired where probe begins. */
void flow::enter_handles(state &s)
{
	if (fn.probe_param == NONE || param_objects[fn.probe_param] == NONE)
		return;

	place_id root = places.of_object(param_objects[fn.probe_param]);

	for (const handle_field &h : fn.handles)
		s.not_acquired.push_back({ places.below(root, h.path), false, h.declared });
}

/* The call acquired the handle, or failed to. */
void flow::acquire(state &s, const value &v, bool failed, src_loc at)
{
	if (v.target == NONE)
		return;
	s.not_acquired.erase(std::remove_if(s.not_acquired.begin(), s.not_acquired.end(),
					    [&](const unready &u) {
		return places.covers(u.handle, v.target) || places.covers(v.target, u.handle);
	}), s.not_acquired.end());
	if (failed && !places[v.target].inside)
		s.not_acquired.push_back({ v.target, true, at });
}

/* A handle is used, by the callee itself or by a helper that is lent the state around it. */
void flow::check_handle(state &s, const stmt &st, unsigned int n, const value &v)
{
	const type *t = st.args[n].type;
	auto kept = s.not_acquired;

	s.not_acquired.clear();
	for (const unready &u : kept) {
		bool around = places.covers(v.target, u.handle);

		if (!around && !places.covers(u.handle, v.target)) {
			s.not_acquired.push_back(u);
		} else if (t && t->target() && t->target()->pinned && !st.callee.by_driver) {
			report_handle(s, u, st.loc, "");
		} else if (st.is_shared(n)) {
			part_path whole = places[u.handle].path;

			if (st.callee.by_driver)
				report_handle(s, u, st.loc, " by " + st.callee.name + "()",
					      { st.callee.id, n },
					      around ? part_path(whole.begin() + places[v.target].path.size(),
								 whole.end()) : part_path());
			s.not_acquired.push_back(u);
		}
		/* one that may write it may acquire it */
	}
}

void flow::report_handle(const state &s, const unready &u, src_loc at, const std::string &by,
			 parameter_id helper, const part_path &part)
{
	std::string what = "'" + name(s, u.handle) + "' is used" + by;
	finding f = u.failed ?
		found(rule::unchecked_result, at, what + " although acquiring it may have failed",
		      { { u.at, "this can fail" } }, "test the result before using the handle") :
		found(rule::uninitialised, at, what + " before it was acquired",
		      { { u.at, "it is declared here" } }, "acquire it first, and test whether that failed");

	if (helper.first)
		states_of_probe.suspect_use(helper, part, f);
	else
		out.report(f);
}

} /* namespace core */
} /* namespace ferrule */

// SPDX-License-Identifier: GPL-2.0
/*
 * What a function of the unit says of its arguments by what it returns: where
 * 'is_channel(n)' is true, n is below 8.
 */
#include "values.h"

namespace ferrule {

namespace {

/* Deeper chains of functions are not followed. */
constexpr int MAX_CALLS = 4;

std::map<tree, outcomes> known_outcomes;
std::set<tree> being_asked;

/* What it does is what is written there, whoever links what with it. */
bool has_own_body(tree function)
{
	if (TREE_PUBLIC(function) && !DECL_DECLARED_INLINE_P(function))
		return false;

	struct function *fun = DECL_STRUCT_FUNCTION(function);

	return fun && fun->cfg && n_basic_blocks_for_fn(fun) > NUM_FIXED_BLOCKS;
}

/* The parameters that keep their values to the end, by their positions. */
std::map<unsigned int, tree> kept_parameters(struct function *fun)
{
	std::map<unsigned int, tree> kept;
	unsigned int n = 0;
	basic_block bb;

	for (tree p = DECL_ARGUMENTS(fun->decl); p; p = DECL_CHAIN(p), n++)
		if (is_followed(p))
			kept[n] = p;
	FOR_EACH_BB_FN(bb, fun)
		for (auto it = gsi_start_bb(bb); !gsi_end_p(it); gsi_next(&it)) {
			gimple *g = gsi_stmt(it);

			if (gimple_code(g) == GIMPLE_ASM)
				return {};
			for (auto p = kept.begin(); p != kept.end();)
				p = gimple_get_lhs(g) == p->second ? kept.erase(p) : std::next(p);
		}
	return kept;
}

void note(outcome &o, const range &result, const std::map<unsigned int, range> &arguments)
{
	if (!o.happens) {
		o = { true, result, arguments };
		return;
	}
	o.result = join(o.result, result);
	for (auto &[n, r] : o.arguments)
		r = join(r, arguments.at(n));
}

outcomes find_outcomes(struct function *fun, int depth)
{
	std::map<unsigned int, tree> kept = kept_parameters(fun);
	intervals all(fun, care::CAREFUL, depth);
	outcomes found;

	all.run();
	all.look([&](gimple *g, const intervals::states &here) {
		tree value = gimple_code(g) == GIMPLE_RETURN ?
				     gimple_return_retval(as_a<greturn *>(g)) : NULL_TREE;

		for (const state &s : here) {
			std::map<unsigned int, range> arguments;

			if (!value)
				break;
			for (const auto &[n, p] : kept)
				arguments[n] = all.get(s, p);
			for (int i = 0; i < 3; i++)
				if (range r = meet(all.get(s, value), signs()[i]); !r.empty())
					note(found[i], r, arguments);
		}
	});
	return found;
}

} /* namespace */

const outcomes *outcomes_of(tree function, int depth)
{
	if (!function || !has_own_body(function) || !INTEGRAL_TYPE_P(TREE_TYPE(TREE_TYPE(function))))
		return nullptr;

	auto known = known_outcomes.find(function);

	if (known != known_outcomes.end())
		return &known->second;
	if (depth > MAX_CALLS || !being_asked.insert(function).second)
		return nullptr;

	outcomes found = find_outcomes(DECL_STRUCT_FUNCTION(function), depth);

	being_asked.erase(function);
	return &(known_outcomes[function] = found);
}

/* The function returned something of that interval: of what sign its arguments can be. */
bool intervals::narrow_arguments(state &s, gimple *call, const range &to, int depth) const
{
	const outcomes *known = is_careful() ? outcomes_of(gimple_call_fndecl(call), this->depth + 1) : nullptr;
	std::map<unsigned int, range> arguments;
	bool happens = false;

	if (!known)
		return true;
	for (const outcome &o : *known) {
		if (!o.happens || meet(o.result, to).empty())
			continue;
		for (const auto &[n, r] : o.arguments)
			arguments[n] = happens ? join(arguments[n], r) : r;
		happens = true;
	}
	for (const auto &[n, r] : arguments) {
		if (n >= gimple_call_num_args(call))
			continue;

		tree a = gimple_call_arg(call, n);

		if (range_of_type(TREE_TYPE(a)).contains(r) && is_unchanged(a, call) && !narrow(s, a, r, depth))
			return false;
	}
	return true;
}

} /* namespace ferrule */

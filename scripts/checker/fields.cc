// SPDX-License-Identifier: GPL-2.0
/*
 * Numbers in structures. 'arg->n' is one number as long as neither the pointer is set nor
 * anything is written, here or by a function that is called, that could be it. The rules on
 * ownership and locks are what makes this enough: nobody else writes it meanwhile.
 */
#include "values.h"

namespace ferrule {

namespace {

/* Deeper in structures nothing is looked for. */
constexpr int MAX_NESTING = 4;

tree plain_type(tree type)
{
	return TYPE_MAIN_VARIANT(type);
}

/* A structure, with all that is in it. */
bool holds(tree type, tree wanted, int depth)
{
	type = plain_type(type);
	if (type == wanted)
		return true;
	if (TREE_CODE(type) == ARRAY_TYPE)
		return holds(TREE_TYPE(type), wanted, depth);
	if (!RECORD_OR_UNION_TYPE_P(type) || depth > MAX_NESTING)
		return depth > MAX_NESTING;
	for (tree f = TYPE_FIELDS(type); f; f = DECL_CHAIN(f))
		if (TREE_CODE(f) == FIELD_DECL && holds(TREE_TYPE(f), wanted, depth + 1))
			return true;
	return false;
}

/* Who writes through a pointer to the type may write the field, or a structure that it is in. */
bool may_write(tree type, const field &f)
{
	if (TYPE_READONLY(type))
		return false;
	if (VOID_TYPE_P(type) || TREE_CODE(type) == UNION_TYPE)
		return true;
	for (tree in : f.types)
		if (holds(type, in, 0))
			return true;
	return false;
}

/* The field that a store goes to, or into. */
tree field_stored(tree to)
{
	while (TREE_CODE(to) == ARRAY_REF)
		to = TREE_OPERAND(to, 0);
	return TREE_CODE(to) == COMPONENT_REF ? TREE_OPERAND(to, 1) : NULL_TREE;
}

bool stores(tree to, const field &f)
{
	if (TREE_CODE(to) == SSA_NAME)
		return false;
	if (DECL_P(to))
		return to == f.base || (f.is_pointed_to && TREE_ADDRESSABLE(to) && may_write(TREE_TYPE(to), f));
	if (tree stored = field_stored(to))
		return std::find(f.way.begin(), f.way.end(), stored) != f.way.end();
	return may_write(TREE_TYPE(to), f);
}

bool is_written_by_call(gimple *call, const field &f)
{
	for (unsigned int i = 0; i < gimple_call_num_args(call); i++) {
		tree a = gimple_call_arg(call, i);

		if (!POINTER_TYPE_P(TREE_TYPE(a)))
			continue;
		if (TREE_CODE(a) == ADDR_EXPR && TREE_OPERAND(a, 0) == f.base)
			return true;
		if (may_write(TREE_TYPE(TREE_TYPE(a)), f))
			return true;
	}
	return false;
}

/* The variable that a structure is in, or that points to it; the fields on the way go to @f. */
bool find_way(tree t, field &f)
{
	for (; TREE_CODE(t) == COMPONENT_REF; t = TREE_OPERAND(t, 0)) {
		if (TREE_THIS_VOLATILE(t) || TREE_CODE(DECL_CONTEXT(TREE_OPERAND(t, 1))) != RECORD_TYPE)
			return false;
		f.way.push_back(TREE_OPERAND(t, 1));
		f.types.push_back(plain_type(TREE_TYPE(t)));
	}
	f.types.push_back(plain_type(TREE_TYPE(t)));
	f.is_pointed_to = TREE_CODE(t) == MEM_REF && integer_zerop(TREE_OPERAND(t, 1));
	f.base = f.is_pointed_to ? TREE_OPERAND(t, 0) : t;
	return !f.way.empty() && (f.is_pointed_to || VAR_P(t));
}

bool is_of_own(tree base)
{
	return (VAR_P(base) || TREE_CODE(base) == PARM_DECL) && !TREE_STATIC(base) &&
	       !(VAR_P(base) && DECL_EXTERNAL(base)) && !TREE_THIS_VOLATILE(base);
}

} /* namespace */

bool intervals::may_change(gimple *g, const field &f)
{
	if (gimple_code(g) == GIMPLE_ASM)
		return true;
	if (is_gimple_call(g) && is_written_by_call(g, f))
		return true;

	tree to = is_gimple_assign(g) || is_gimple_call(g) ? gimple_get_lhs(g) : NULL_TREE;

	return to && stores(to, f);
}

/* What reads or sets a field names it anew each time: they are told by the first of them. */
void intervals::note_field(tree t, const std::map<tree, tree> &copies)
{
	field f;

	if (!t || TREE_CODE(t) != COMPONENT_REF || !INTEGRAL_TYPE_P(TREE_TYPE(t)) ||
	    TYPE_PRECISION(TREE_TYPE(t)) > 64 || !find_way(t, f))
		return;
	if (TREE_CODE(f.base) == SSA_NAME) {
		auto copy = copies.find(f.base);

		if (copy == copies.end())
			return;
		f.base = copy->second;
	}
	if (!is_of_own(f.base) || (f.is_pointed_to && kept.count(f.base)))
		return;

	auto first = std::find_if(fields.begin(), fields.end(), [&](const auto &known) {
		return known.second.base == f.base && known.second.is_pointed_to == f.is_pointed_to &&
		       known.second.way == f.way;
	});

	if (first == fields.end())
		first = fields.emplace(t, f).first;
	names[t] = first->first;
}

void intervals::find_fields()
{
	basic_block bb;

	FOR_EACH_BB_FN(bb, fun) {
		std::map<tree, tree> copies;	/* of pointers that are in memory, as a guard is */

		for (auto it = gsi_start_bb(bb); !gsi_end_p(it); gsi_next(&it)) {
			gimple *g = gsi_stmt(it);
			tree to = is_gimple_assign(g) || is_gimple_call(g) ? gimple_get_lhs(g) : NULL_TREE;

			note_field(to, copies);
			if (!is_gimple_assign(g))
				continue;
			note_field(gimple_assign_rhs1(g), copies);
			for (auto copy = copies.begin(); copy != copies.end();)
				copy = copy->second == to ? copies.erase(copy) : std::next(copy);
			if (TREE_CODE(to) == SSA_NAME && gimple_assign_single_p(g) && DECL_P(gimple_assign_rhs1(g)))
				copies[to] = gimple_assign_rhs1(g);
		}
	}
}

tree intervals::named(tree t) const
{
	auto name = names.find(t);

	return name == names.end() ? t : name->second;
}

void intervals::forget_fields(state &s, gimple *g) const
{
	for (const auto &[t, f] : fields)
		if (may_change(g, f))
			forget(s, t);
}

} /* namespace ferrule */

// SPDX-License-Identifier: GPL-2.0
#include "attributes.h"

namespace ferrule {

namespace {

tree on_record(tree *node, tree name, tree, int, bool *no_add)
{
	if (RECORD_OR_UNION_TYPE_P(*node))
		return NULL_TREE;
	error("attribute %qE belongs between %<struct%> and its name", name);
	*no_add = true;
	return NULL_TREE;
}

tree on_pointer(tree *node, tree name, tree, int, bool *no_add)
{
	if (POINTER_TYPE_P(*node) || *node == error_mark_node)
		return NULL_TREE;
	error("attribute %qE belongs on a parameter that is a pointer", name);
	*no_add = true;
	return NULL_TREE;
}

/* On a pointer parameter, or on a function whose result it describes. */
tree on_pointer_or_result(tree *node, tree name, tree args, int flags, bool *no_add)
{
	if (TREE_CODE(*node) == FUNCTION_TYPE)
		return NULL_TREE;
	return on_pointer(node, name, args, flags, no_add);
}

bool are_positions(tree args)
{
	for (tree a = args; a; a = TREE_CHAIN(a)) {
		tree value = TREE_VALUE(a);

		if (!value || TREE_CODE(value) != INTEGER_CST || !tree_fits_uhwi_p(value) ||
		    tree_to_uhwi(value) == 0)
			return false;
	}
	return true;
}

tree takes_positions(tree *, tree name, tree args, int, bool *no_add)
{
	if (!are_positions(args)) {
		error("attribute %qE takes positions of parameters, counted from 1", name);
		*no_add = true;
	}
	return NULL_TREE;
}

tree pointer_with_positions(tree *node, tree name, tree args, int flags, bool *no_add)
{
	takes_positions(node, name, args, flags, no_add);
	if (!*no_add)
		on_pointer(node, name, args, flags, no_add);
	return NULL_TREE;
}

tree takes_string(tree *, tree name, tree args, int, bool *no_add)
{
	if (TREE_CODE(TREE_VALUE(args)) != STRING_CST) {
		error("attribute %qE takes a string", name);
		*no_add = true;
	}
	return NULL_TREE;
}

/* The way of ending must be one that the rules know. */
tree takes_ending(tree *node, tree name, tree args, int flags, bool *no_add)
{
	takes_string(node, name, args, flags, no_add);
	if (*no_add)
		return NULL_TREE;
	if (!core::find_ending(TREE_STRING_POINTER(TREE_VALUE(args)))) {
		error("attribute %qE: values do not end as %qE does", name, TREE_VALUE(args));
		*no_add = true;
		return NULL_TREE;
	}
	return on_record(node, name, args, flags, no_add);
}

tree record_with_rank(tree *node, tree name, tree args, int flags, bool *no_add)
{
	if (are_positions(args))
		return on_record(node, name, args, flags, no_add);
	error("attribute %qE takes a number, from 1", name);
	*no_add = true;
	return NULL_TREE;
}

tree as_it_is(tree *, tree, tree, int, bool *)
{
	return NULL_TREE;
}

/* name, arguments, on: declaration, type, function type; changes identity; handler */
attribute_spec vocabulary[] = {
	{ "fe_owned", 0, 0, false, true, false, false, on_record, nullptr },
	{ "fe_pinned", 0, 0, false, true, false, false, on_record, nullptr },
	{ "fe_cell", 0, 0, false, true, false, false, on_record, nullptr },
	{ "fe_token", 0, 0, false, true, false, false, on_record, nullptr },
	{ "fe_on_device", 0, 0, false, true, false, false, on_record, nullptr },
	{ "fe_ending", 1, 1, false, true, false, false, takes_ending, nullptr },
	{ "fe_rank", 1, 1, false, true, false, false, record_with_rank, nullptr },

	{ "fe_take", 0, 0, false, true, false, false, on_pointer, nullptr },
	{ "fe_take_ok", 0, 0, false, true, false, false, on_pointer, nullptr },
	{ "fe_drop", 0, 0, false, true, false, false, on_pointer, nullptr },
	{ "fe_out", 0, 0, false, true, false, false, on_pointer, nullptr },
	{ "fe_nullable", 0, 0, false, true, false, false, on_pointer_or_result, nullptr },
	{ "fe_init", 0, 0, false, true, false, false, on_pointer, nullptr },
	{ "fe_acquire", 0, 0, false, true, false, false, on_pointer, nullptr },
	{ "fe_guarded", 0, 0, false, true, false, false, on_pointer, nullptr },
	{ "fe_to_device", 0, 0, false, true, false, false, on_pointer, nullptr },
	{ "fe_to_user", 0, 0, false, true, false, false, on_pointer, nullptr },
	{ "fe_from_user", 0, 0, false, true, false, false, on_pointer, nullptr },
	{ "fe_outlives", 1, -1, false, true, false, false, pointer_with_positions, nullptr },
	{ "fe_element", 1, -1, false, true, false, false, pointer_with_positions, nullptr },

	{ "fe_gives", 0, 0, false, true, true, false, as_it_is, nullptr },
	{ "fe_gives_sure", 0, 0, false, true, true, false, as_it_is, nullptr },
	{ "fe_gives_guard", 1, 1, false, true, true, false, takes_string, nullptr },
	{ "fe_ends_guard", 1, 1, false, true, true, false, takes_string, nullptr },
	{ "fe_borrows", 1, -1, false, true, true, false, takes_positions, nullptr },
	{ "fe_tests", 0, 0, false, true, true, false, as_it_is, nullptr },
	{ "fe_requires", 0, 0, false, true, true, false, as_it_is, nullptr },
	{ "fe_narrows", 0, 0, false, true, true, false, as_it_is, nullptr },
	{ "fe_must_check", 0, 0, false, true, true, false, as_it_is, nullptr },

	{ "fe_sleeps", 0, 0, false, true, true, false, as_it_is, nullptr },
	{ "fe_atomic", 0, 0, false, true, true, false, as_it_is, nullptr },
	{ "fe_hardirq", 0, 0, false, true, true, false, as_it_is, nullptr },
	{ "fe_opening", 0, 0, false, true, true, false, as_it_is, nullptr },
	{ "fe_waits", 0, 0, false, true, true, false, as_it_is, nullptr },
	{ "fe_wakes", 0, 0, false, true, true, false, as_it_is, nullptr },
	{ "fe_unbinds", 0, 0, false, true, true, false, as_it_is, nullptr },
	{ "fe_bound", 0, 0, false, true, true, false, as_it_is, nullptr },

	{ "fe_own", 0, 0, true, false, false, false, as_it_is, nullptr },
	{ "fe_private", 0, 0, true, false, false, false, as_it_is, nullptr },
	{ "fe_trusted", 0, 0, true, false, false, false, as_it_is, nullptr },
	{ "fe_unsafe", 1, 1, true, false, false, false, takes_string, nullptr },
};

using contents = std::unordered_map<const_tree, bool>;

std::unordered_map<tree, signature> signatures;
contents with_owned, with_pinned, with_cell, with_token;

tree on_type(const_tree type, const char *name)
{
	return type && TYPE_P(type) ? lookup_attribute(name, TYPE_ATTRIBUTES(type)) : NULL_TREE;
}

bool marked(const_tree type, const char *name)
{
	if (!type || !TYPE_P(type) || !RECORD_OR_UNION_TYPE_P(type))
		return false;
	return on_type(TYPE_MAIN_VARIANT(type), name);
}

/* A kernel structure is large and asked about often: the answer is kept. */
bool contains(const_tree type, const char *name, contents &known)
{
	while (type && TREE_CODE(type) == ARRAY_TYPE)
		type = TREE_TYPE(type);
	if (!type || !RECORD_OR_UNION_TYPE_P(type) || !COMPLETE_TYPE_P(type))
		return false;
	type = TYPE_MAIN_VARIANT(type);

	auto found = known.find(type);

	if (found != known.end())
		return found->second;

	bool answer = marked(type, name);

	for (tree f = TYPE_FIELDS(type); f && !answer; f = DECL_CHAIN(f))
		if (TREE_CODE(f) == FIELD_DECL)
			answer = contains(TREE_TYPE(f), name, known);
	known[type] = answer;
	return answer;
}

std::vector<unsigned int> positions(tree attribute)
{
	std::vector<unsigned int> list;

	if (attribute)
		for (tree a = TREE_VALUE(attribute); a; a = TREE_CHAIN(a))
			list.push_back(tree_to_uhwi(TREE_VALUE(a)) - 1);
	return list;
}

std::string string_argument(tree attribute)
{
	tree text = TREE_VALUE(TREE_VALUE(attribute));

	return std::string(TREE_STRING_POINTER(text), TREE_STRING_LENGTH(text) - 1);
}

parameter read_parameter(tree type)
{
	parameter p;

	p.type = type;
	if (on_type(type, "fe_take") || is_owned_type(type))
		p.mode = p.TAKE;
	else if (on_type(type, "fe_take_ok"))
		p.mode = p.TAKE_OK;
	else if (on_type(type, "fe_drop"))
		p.mode = p.DROP;
	else if (on_type(type, "fe_out"))
		p.mode = p.OUT;
	p.shared = POINTER_TYPE_P(type) && TYPE_READONLY(TREE_TYPE(type));
	p.nullable = on_type(type, "fe_nullable");
	p.init = on_type(type, "fe_init");
	p.acquire = on_type(type, "fe_acquire");
	p.guarded = on_type(type, "fe_guarded");
	p.to_device = on_type(type, "fe_to_device");
	p.to_user = on_type(type, "fe_to_user");
	p.from_user = on_type(type, "fe_from_user");
	p.outlives = positions(on_type(type, "fe_outlives"));
	p.element = positions(on_type(type, "fe_element"));
	return p;
}

enum core::promises::gives read_result(tree type)
{
	if (on_type(type, "fe_gives"))
		return core::promises::OWNED;
	if (on_type(type, "fe_gives_guard"))
		return core::promises::GUARD;
	if (on_type(type, "fe_gives_sure") || is_owned_type(TREE_TYPE(type)))
		return core::promises::SURE;
	return core::promises::NOTHING;
}

/* As in Rust: the only borrowed parameter lends what a result that is a pointer borrows. */
std::vector<unsigned int> elided_lender(const signature &s)
{
	std::vector<unsigned int> lenders;

	for (unsigned int i = 0; i < s.parameters.size(); i++)
		if (POINTER_TYPE_P(s.parameters[i].type) &&
		    s.parameters[i].mode == core::passing::BORROW)
			lenders.push_back(i);
	if (lenders.size() != 1)
		lenders.clear();
	return lenders;
}

signature read_signature(tree type)
{
	signature s;
	tree arg = TYPE_ARG_TYPES(type);

	s.prototyped = prototype_p(type);
	s.variadic = stdarg_p(type);
	for (; arg && arg != void_list_node; arg = TREE_CHAIN(arg))
		s.parameters.push_back(read_parameter(TREE_VALUE(arg)));

	s.gives = read_result(type);
	if (s.gives == s.GUARD)
		s.guard_kind = string_argument(on_type(type, "fe_gives_guard"));
	if (tree ends = on_type(type, "fe_ends_guard"))
		s.ends_guard = string_argument(ends);
	s.nullable = on_type(type, "fe_nullable");
	s.lenders = positions(on_type(type, "fe_borrows"));
	if (s.lenders.empty() && s.gives == s.NOTHING && POINTER_TYPE_P(TREE_TYPE(type)))
		s.lenders = elided_lender(s);

	s.tests = on_type(type, "fe_tests");
	s.must_check = on_type(type, "fe_must_check");
	s.sleeps = on_type(type, "fe_sleeps");
	s.atomic = on_type(type, "fe_atomic");
	s.hardirq = on_type(type, "fe_hardirq");
	s.opening = on_type(type, "fe_opening");
	s.waits = on_type(type, "fe_waits");
	s.wakes = on_type(type, "fe_wakes");
	s.unbinds = on_type(type, "fe_unbinds");
	s.bound = on_type(type, "fe_bound");
	return s;
}

void add_to_gcc(void *, void *)
{
	for (attribute_spec &spec : vocabulary)
		register_attribute(&spec);
}

/* A collected type's address may be another type's tomorrow. */
void forget_types(void *, void *)
{
	signatures.clear();
	with_owned.clear();
	with_pinned.clear();
	with_cell.clear();
	with_token.clear();
}

} /* namespace */

const signature &signature_of(tree type)
{
	auto known = signatures.find(type);

	if (known == signatures.end())
		known = signatures.emplace(type, read_signature(type)).first;
	return known->second;
}

tree function_type_of(tree type)
{
	if (type && POINTER_TYPE_P(type))
		type = TREE_TYPE(type);
	return type && TREE_CODE(type) == FUNCTION_TYPE ? type : NULL_TREE;
}

bool is_owned_type(const_tree type)
{
	return marked(type, "fe_owned");
}

bool is_pinned_type(const_tree type)
{
	return marked(type, "fe_pinned");
}

bool is_cell_type(const_tree type)
{
	return marked(type, "fe_cell");
}

bool is_on_device_type(const_tree type)
{
	return marked(type, "fe_on_device");
}

bool is_token_type(const_tree type)
{
	return marked(type, "fe_token");
}

int rank_of_type(const_tree type)
{
	tree rank = on_type(TYPE_MAIN_VARIANT(type), "fe_rank");

	return rank ? tree_to_uhwi(TREE_VALUE(TREE_VALUE(rank))) : 0;
}

const core::ending *ending_of_type(const_tree type)
{
	tree ending = on_type(TYPE_MAIN_VARIANT(type), "fe_ending");

	return core::find_ending(ending ? string_argument(ending) : "");
}

bool contains_owned(const_tree type)
{
	return contains(type, "fe_owned", with_owned);
}

bool contains_pinned(const_tree type)
{
	return contains(type, "fe_pinned", with_pinned);
}

bool contains_cell(const_tree type)
{
	return contains(type, "fe_cell", with_cell);
}

bool contains_token(const_tree type)
{
	return contains(type, "fe_token", with_token);
}

bool is_private(const_tree decl)
{
	return lookup_attribute("fe_private", DECL_ATTRIBUTES(decl));
}

bool is_trusted(const_tree function)
{
	return lookup_attribute("fe_trusted", DECL_ATTRIBUTES(function));
}

bool is_unsafe_mark(const_tree variable)
{
	return VAR_P(variable) && lookup_attribute("fe_unsafe", DECL_ATTRIBUTES(variable));
}

std::string unsafe_reason(const_tree variable)
{
	return string_argument(lookup_attribute("fe_unsafe", DECL_ATTRIBUTES(variable)));
}

bool is_ferrule_attribute(const char *name)
{
	for (const attribute_spec &spec : vocabulary)
		if (!strcmp(spec.name, name))
			return true;
	return false;
}

void register_attributes(const char *plugin)
{
	register_callback(plugin, PLUGIN_ATTRIBUTES, add_to_gcc, nullptr);
	register_callback(plugin, PLUGIN_GGC_START, forget_types, nullptr);
}

} /* namespace ferrule */

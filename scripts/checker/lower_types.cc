// SPDX-License-Identifier: GPL-2.0
#include "lower_types.h"

#include "attributes.h"
#include "origin.h"
#include "report.h"

namespace ferrule {

namespace {

std::string name_of_type(tree type)
{
	tree name = TYPE_NAME(type);

	if (name && TREE_CODE(name) == TYPE_DECL)
		name = DECL_NAME(name);
	return name ? IDENTIFIER_POINTER(name) : "";
}

/* The kernel's own: nothing inside carries a marker. */
bool is_foreign(tree record)
{
	tree decl = TYPE_STUB_DECL(record);

	if (!decl && TYPE_NAME(record) && TREE_CODE(TYPE_NAME(record)) == TYPE_DECL)
		decl = TYPE_NAME(record);
	if (!decl)
		return !contains_owned(record) && !contains_cell(record);
	origin from = origin_of_decl(decl);

	return from == origin::foreign || from == origin::builtin;
}

std::set<tree> initialised_types, acquired_types;

class gcc_type final : public core::type {
public:
	explicit gcc_type(tree of);

	const core::type *target() const override;
	const std::vector<core::field> &fields() const override;

private:
	void add_fields() const;

	tree of;
	mutable bool listed = false;
	mutable std::vector<core::field> list;
};

gcc_type::gcc_type(tree of) : of(of)
{
	is_const = TYPE_READONLY(of);
	is_void = VOID_TYPE_P(of);
	is_signed = TREE_CODE(of) == INTEGER_TYPE && !TYPE_UNSIGNED(of);
	is_bool = TREE_CODE(of) == BOOLEAN_TYPE;
	if (POINTER_TYPE_P(of))
		kind = POINTER;
	else if (RECORD_OR_UNION_TYPE_P(of))
		kind = RECORD;
	else if (TREE_CODE(of) == ARRAY_TYPE)
		kind = ARRAY;
	else if (INTEGRAL_TYPE_P(of) || TREE_CODE(of) == REAL_TYPE)
		kind = SCALAR;
	if (kind != RECORD)
		return;
	name = name_of_type(of);
	owned = is_owned_type(of);
	pinned = is_pinned_type(of);
	cell = is_cell_type(of);
	token = is_token_type(of);
	on_device = is_on_device_type(of);
	rank = rank_of_type(of);
	ends = ending_of_type(of);
	foreign = is_foreign(TYPE_MAIN_VARIANT(of));
	needs_init = initialised_types.count(TYPE_MAIN_VARIANT(of));
}

const core::type *gcc_type::target() const
{
	return kind == POINTER || kind == ARRAY ? lower_type(TREE_TYPE(of)) : nullptr;
}

void gcc_type::add_fields() const
{
	for (tree f = TYPE_FIELDS(TYPE_MAIN_VARIANT(of)); f; f = DECL_CHAIN(f)) {
		if (TREE_CODE(f) != FIELD_DECL)
			continue;
		list.push_back({ DECL_NAME(f) ? IDENTIFIER_POINTER(DECL_NAME(f)) : "",
				 lower_type(TREE_TYPE(f)),
				 lookup_attribute("fe_own", DECL_ATTRIBUTES(f)) != NULL_TREE });
		/* The members of a union are one place. */
		if (TREE_CODE(of) == UNION_TYPE)
			break;
	}
}

const std::vector<core::field> &gcc_type::fields() const
{
	if (!listed && kind == RECORD && !foreign) {
		listed = true;
		add_fields();
	}
	return list;
}

std::unordered_map<tree, std::unique_ptr<gcc_type>> types;
std::map<std::pair<tree, bool>, std::unique_ptr<core::contract>> contracts;

/* A collected type's address may be another type's tomorrow. */
void forget_types(void *, void *)
{
	types.clear();
	contracts.clear();
}

core::param lower_parameter(const parameter &p)
{
	core::param lowered;

	static_cast<core::passing &>(lowered) = p;
	lowered.type = lower_type(p.type);
	return lowered;
}

/* A handle: of a type that is acquired, or around one that has no name of its own. */
bool is_handle(tree type)
{
	if (!RECORD_OR_UNION_TYPE_P(type))
		return false;
	if (acquired_types.count(TYPE_MAIN_VARIANT(type)))
		return true;
	for (tree f = TYPE_FIELDS(type); f; f = DECL_CHAIN(f)) {
		if (TREE_CODE(f) != FIELD_DECL || DECL_NAME(f) || !RECORD_OR_UNION_TYPE_P(TREE_TYPE(f)))
			continue;
		for (tree part = TYPE_FIELDS(TREE_TYPE(f)); part; part = DECL_CHAIN(part))
			if (TREE_CODE(part) == FIELD_DECL && is_handle(TREE_TYPE(part)))
				return true;
	}
	return false;
}

void add_handles(tree record, const core::part_path &path, const std::string &prefix,
		 std::vector<core::handle_field> &found)
{
	short n = 0;

	for (tree f = TYPE_FIELDS(TYPE_MAIN_VARIANT(record)); f; f = DECL_CHAIN(f)) {
		if (TREE_CODE(f) != FIELD_DECL)
			continue;

		tree type = strip_array_types(TREE_TYPE(f));
		core::part_path part = path;
		std::string name = prefix + name_of_decl(f);

		part.push_back(n++);
		if (is_handle(type))
			found.push_back({ part, name, DECL_SOURCE_LOCATION(f) });
		else if (TREE_CODE(type) == RECORD_TYPE && !is_pinned_type(type) && !lower_type(type)->foreign)
			add_handles(type, part, name + ".", found);
	}
}

} /* namespace */

const core::type *lower_type(tree type)
{
	std::unique_ptr<gcc_type> &known = types[type];

	if (!known)
		known.reset(new gcc_type(type));
	return known.get();
}

const core::contract *lower_contract(tree function_type, tree decl)
{
	origin from = decl ? origin_of_decl(decl) : origin::driver;
	bool foreign = from == origin::foreign || from == origin::builtin;
	std::unique_ptr<core::contract> &known = contracts[{ function_type, foreign }];

	if (known)
		return known.get();
	known.reset(new core::contract);

	const signature &s = signature_of(function_type);
	core::contract &c = *known;

	static_cast<core::promises &>(c) = s;
	if (foreign)
		c.lenders.clear();
	for (const parameter &p : s.parameters)
		c.params.push_back(lower_parameter(p));
	if (!VOID_TYPE_P(TREE_TYPE(function_type)))
		c.result = lower_type(TREE_TYPE(function_type));
	return known.get();
}

int field_index(tree field)
{
	tree record = DECL_CONTEXT(field);
	int index = 0;

	if (!record || !RECORD_OR_UNION_TYPE_P(record) || lower_type(record)->foreign)
		return -1;
	if (TREE_CODE(record) == UNION_TYPE)
		return 0;
	for (tree f = TYPE_FIELDS(TYPE_MAIN_VARIANT(record)); f; f = DECL_CHAIN(f)) {
		if (f == field)
			return index;
		index += TREE_CODE(f) == FIELD_DECL;
	}
	return -1;
}

void needs_initialisation(tree type)
{
	initialised_types.insert(TYPE_MAIN_VARIANT(type));
}

void is_acquired(tree type)
{
	acquired_types.insert(TYPE_MAIN_VARIANT(type));
}

std::vector<core::handle_field> handles_in(tree record)
{
	std::vector<core::handle_field> found;

	add_handles(record, {}, "", found);
	return found;
}

tree uninitialised_in(tree type)
{
	type = TYPE_MAIN_VARIANT(strip_array_types(type));
	if (TREE_CODE(type) != RECORD_TYPE || is_foreign(type))
		return NULL_TREE;
	for (tree f = TYPE_FIELDS(type); f; f = DECL_CHAIN(f)) {
		if (TREE_CODE(f) != FIELD_DECL)
			continue;
		if (initialised_types.count(TYPE_MAIN_VARIANT(TREE_TYPE(f))) || uninitialised_in(TREE_TYPE(f)))
			return f;
	}
	return NULL_TREE;
}

void register_lowered_types(const char *plugin)
{
	register_callback(plugin, PLUGIN_GGC_START, forget_types, nullptr);
}

} /* namespace ferrule */

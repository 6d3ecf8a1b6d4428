// SPDX-License-Identifier: GPL-2.0
/*
 * What would make the other rules look away: attributes, pragmas and line numbers by
 * hand, and macros under somebody else's name. These never reach the compiler's trees,
 * so they are sought in the text of the driver's files and among its macros.
 */
#include "analyses.h"
#include "errors.h"
#include "origin.h"
#include "report.h"
#include "source.h"
#include "walk.h"

namespace ferrule {

namespace {

using macro_callback = decltype(cpp_callbacks::define);

macro_callback next_define, next_undef;

/* The words of the vocabulary that only the layer can vouch for. */
bool is_layers_own(const std::string &word)
{
	static const std::set<std::string> words = {
		"__fe_attr", "__fe_cell", "__fe_ending", "__fe_on_device", "__fe_private",
		"__fe_rank", "__fe_tests", "__fe_token", "__fe_trusted",
	};

	return words.count(word) || !word.compare(0, 5, "__FE_");
}

bool is_any_of(const std::string &word, std::initializer_list<const char *> words)
{
	return std::find(words.begin(), words.end(), word) != words.end();
}

struct forgery {
	rule what;
	std::string message, hint;
};

forgery judge_word(const std::string &word)
{
	/* few words begin so, and all that matter but one */
	if (word[0] != '_' && word != "asm")
		return {};
	if (is_any_of(word, {"__attribute__", "__attribute"}))
		return {rule::attribute_forgery, "a driver writes an attribute by hand",
			"use the words of <ferrule/annotate.h>, or the kernel's macro for it"};
	if (is_any_of(word, {"asm", "__asm", "__asm__"}))
		return {rule::inline_asm, "inline assembly in a driver",
			"the checker cannot see what it does; write it in C, or put it into "
			"the layer"};
	if (word == "_Pragma")
		return {rule::attribute_forgery, "a driver changes the compiler's rules", ""};
	if (is_layers_own(word))
		return {rule::attribute_forgery,
			quoted(word) + " is for the layer, which answers for it",
			"FE_UNSAFE() is the driver's way to vouch for something"};
	return {};
}

forgery judge_directive(const std::string &name)
{
	if (name == "pragma")
		return {rule::attribute_forgery, "a driver changes the compiler's rules", ""};
	/* #line, and # 1 "file", which has no name. */
	if (name == "line" || name.empty())
		return {rule::attribute_forgery,
			"a driver says that its lines stand somewhere else", ""};
	return {};
}

/* Layout of what user space shares has no other spelling: __attribute__((packed)). */
bool is_layout(const std::vector<token> &text, size_t at)
{
	return at + 4 < text.size() && text[at + 1].text == "(" && text[at + 2].text == "(" &&
	       is_any_of(text[at + 3].text, {"packed", "__packed__", "aligned", "__aligned__"}) &&
	       text[at + 4].text != ",";
}

/* Attributes that say nothing which a rule relies on, and those of the vocabulary. */
bool is_harmless(const std::string &name)
{
	static const std::set<std::string> harmless = {
		"aligned", "always_inline", "assume_aligned", "cleanup", "cold", "deprecated",
		"designated_init", "error", "externally_visible", "flatten", "format", "gnu_inline", "hot",
		"malloc", "no_instrument_function", "noclone", "noinline", "nonnull", "packed",
		"patchable_function_entry", "section", "unused", "used", "warn_unused_result", "warning",
	};

	/* gcc's own notes, of array parameters for example */
	if (name == "access" || name.find(' ') != std::string::npos)
		return true;
	return harmless.count(name) || (!name.compare(0, 3, "fe_") && !is_layers_own("__" + name));
}

/* Attributes that the text of the file does not show: pasted, or by a macro of the kernel. */
std::vector<std::pair<location_t, std::string>> hidden;

void note_attributes(location_t where, tree attributes)
{
	for (tree a = attributes; a; a = TREE_CHAIN(a)) {
		std::string name = IDENTIFIER_POINTER(get_attribute_name(a));

		if (!is_harmless(name))
			hidden.emplace_back(where, name);
	}
}

void note_decl(tree decl)
{
	if (unit_role() != role::driver || !declared_by_driver(decl))
		return;
	note_attributes(DECL_SOURCE_LOCATION(decl), DECL_ATTRIBUTES(decl));
	if (TREE_CODE(decl) == FUNCTION_DECL)
		note_attributes(DECL_SOURCE_LOCATION(decl), TYPE_ATTRIBUTES(TREE_TYPE(decl)));
	if (TREE_CODE(decl) == FUNCTION_DECL && DECL_CONTEXT(decl) &&
	    TREE_CODE(DECL_CONTEXT(decl)) == FUNCTION_DECL)
		report({rule::nested_function, DECL_SOURCE_LOCATION(decl),
			quoted(name_of_decl(decl)) + " is a function within a function", {},
			"define it in front, and pass it what it needs"});
}

/* One that was found in the text was reported there. */
void judge_hidden(bool found_in_text)
{
	for (const auto &[where, name] : hidden)
		if (!found_in_text && name != "fe_unsafe")
			report({rule::attribute_forgery, where,
				"a driver gives it the attribute " + quoted(name) +
				", which changes what the rules rely on", {}, ""});
}

location_t locate(const line_map_ordinary *map, const token &t)
{
	return linemap_position_for_line_and_column(line_table, map, t.line, t.column);
}

forgery judge(const token &t)
{
	switch (t.kind) {
	case token_kind::word:
		return judge_word(t.text);
	case token_kind::directive:
		return judge_directive(t.text);
	case token_kind::punctuation:
		break;
	}
	return {};
}

using maps = std::vector<const line_map_ordinary *>;

/* Of the maps of a file, in order of their lines, the last that begins before the line. */
const line_map_ordinary *covering(const maps &parts, int line)
{
	const line_map_ordinary *found = nullptr;

	for (const line_map_ordinary *map : parts)
		if (static_cast<int>(map->to_line) <= line)
			found = map;
	return found;
}

bool check_file(const std::string &path, const maps &parts)
{
	const std::vector<token> &text = tokens_of(path);
	bool found = false;

	for (size_t i = 0; i < text.size(); i++) {
		forgery f = judge(text[i]);

		if (is_positive_error(text, i))
			f = { rule::positive_error, quoted(text[i].text) + " is returned as a positive number, "
			      "which is no error", "write a minus in front of it" };
		else if (is_lost_error(path, text, i))
			f = { rule::positive_error, "-" + text[i].text + " is returned by a function whose result "
			      "cannot be negative", "let it return int, or another answer" };
		if (f.message.empty() || is_layout(text, i))
			continue;
		if (const line_map_ordinary *map = covering(parts, text[i].line)) {
			report({f.what, locate(map, text[i]), f.message, {}, f.hint});
			found = true;
		}
	}
	return found;
}

/* Where the driver defined its macros. */
std::unordered_map<cpp_hashnode *, location_t> drivers_macros;

/* What the kernel's log macros ask a driver for. */
bool is_asked_for(const std::string &name)
{
	return name == "pr_fmt" || name == "dev_fmt";
}

/* A macro of the driver that changes what the text of a header says. */
void check_expansions()
{
	for (unsigned int i = 0; i < LINEMAPS_MACRO_USED(line_table); i++) {
		const line_map_macro *map = LINEMAPS_MACRO_MAP_AT(line_table, i);
		auto macro = drivers_macros.find(map->macro);

		if (macro == drivers_macros.end())
			continue;

		std::string name = reinterpret_cast<const char *>(NODE_NAME(map->macro));
		origin where = origin_of_spelling(expansion_point(map));

		if ((where == origin::layer || where == origin::foreign) && !is_asked_for(name))
			report({rule::attribute_forgery, macro->second,
				"a driver defines " + quoted(name) + ", which a header means something by",
				{{expansion_point(map), "it is used here"}}, "choose another name"});
	}
}

void check_text(void *, void *)
{
	std::map<std::string, maps> files;
	bool found = false;

	if (unit_role() != role::driver)
		return;
	for (unsigned int i = 0; i < LINEMAPS_ORDINARY_USED(line_table); i++) {
		const line_map_ordinary *map = LINEMAPS_ORDINARY_MAP_AT(line_table, i);

		if (origin_of_map(map) == origin::driver)
			files[ORDINARY_MAP_FILE_NAME(map)].push_back(map);
	}
	for (auto &[path, parts] : files) {
		std::stable_sort(parts.begin(), parts.end(), [](auto a, auto b) {
			return a->to_line < b->to_line;
		});
		found |= check_file(path, parts);
	}
	judge_hidden(found);
	check_expansions();
}

bool is_by_driver(location_t where)
{
	return unit_role() == role::driver && origin_of_location(where) == origin::driver;
}

bool is_reserved(const std::string &name)
{
	static const char *const prefixes[] = {
		"fe_", "FE_", "__fe_", "__FE_", "FERRULE_", "_FERRULE_", "_LINUX_", "__builtin_",
	};

	for (const char *prefix : prefixes)
		if (!name.compare(0, strlen(prefix), prefix))
			return true;
	return is_common_name(name.c_str());
}

void check_define(cpp_reader *reader, location_t where, cpp_hashnode *node)
{
	if (next_define)
		next_define(reader, where, node);
	/* called for each macro of the kernel */
	if (origin_being_read() != origin::driver || unit_role() != role::driver)
		return;

	std::string name = reinterpret_cast<const char *>(NODE_NAME(node));

	drivers_macros.emplace(node, where);
	if (is_reserved(name) || C_IS_RESERVED_WORD(HT_IDENT_TO_GCC_IDENT(HT_NODE(node))))
		report({rule::attribute_forgery, where,
			"a driver defines " + quoted(name) + ", which means something already",
			{}, "choose another name"});
}

void check_undef(cpp_reader *reader, location_t where, cpp_hashnode *node)
{
	if (next_undef)
		next_undef(reader, where, node);
	if (!is_by_driver(where) || !cpp_user_macro_p(node))
		return;

	std::string name = reinterpret_cast<const char *>(NODE_NAME(node));
	location_t defined = cpp_macro_definition_location(node);

	if (origin_of_location(defined) != origin::driver)
		report({rule::attribute_forgery, where,
			"a driver takes back the definition of " + quoted(name),
			{{defined, "defined here"}}, "choose another name"});
}

void hook_preprocessor(void *, void *)
{
	cpp_callbacks *callbacks = cpp_get_callbacks(parse_in);

	next_define = callbacks->define;
	callbacks->define = check_define;
	next_undef = callbacks->undef;
	callbacks->undef = check_undef;
}

} /* namespace */

void register_forgery(const char *plugin)
{
	register_callback(plugin, PLUGIN_START_UNIT, hook_preprocessor, nullptr);
	register_callback(plugin, PLUGIN_FINISH, check_text, nullptr);
	on_function(note_decl);
	on_variable(note_decl);
}

} /* namespace ferrule */

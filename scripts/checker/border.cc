// SPDX-License-Identifier: GPL-2.0
/*
 * The border: a driver reaches the kernel through the layer only.
 */
#include "border.h"
#include "analyses.h"
#include "attributes.h"
#include "origin.h"
#include "source.h"
#include "walk.h"

namespace ferrule {

namespace {

using include_callback = decltype(cpp_callbacks::include);

include_callback next_include;
/* Used before it was defined, and where. */
std::vector<std::pair<tree, location_t>> undefined;

/* A header shared with user space may name the types and the ioctl numbers. */
bool is_allowed_for_uapi(const std::string &includer, const std::string &header)
{
	static const std::string suffix = "_uapi.h";

	return includer.size() > suffix.size() &&
	       !includer.compare(includer.size() - suffix.size(), suffix.size(), suffix) &&
	       (header == "linux/types.h" || header == "linux/ioctl.h");
}

/* Which file an #include names cannot be asked at this point: look where cpp will. */
bool is_within_reach(const char *includer, const std::string &header, bool angled)
{
	if (!header.compare(0, 8, "ferrule/"))
		return true;
	if (angled)
		return false;

	std::string directory = absolute(includer);
	std::string file = directory.substr(0, directory.rfind('/') + 1) + header;

	return !access(file.c_str(), R_OK) && origin_of_file(file.c_str()) != origin::foreign;
}

void check_include(cpp_reader *reader, location_t where, const unsigned char *directive,
		   const char *header, int angled, const cpp_token **comments)
{
	if (next_include)
		next_include(reader, where, directive, header, angled, comments);
	if (unit_role() != role::driver || origin_of_location(where) != origin::driver)
		return;

	const char *includer = expand_location(line_of(where)).file;

	if (is_within_reach(includer, header, angled) || is_allowed_for_uapi(includer, header))
		return;
	report({rule::foreign_include, where,
		"a driver includes " + quoted(header) + ", which is not part of the layer", {},
		"include <ferrule/...> instead; the layer's headers are all that a driver needs"});
}

/*
 * Declared in the driver by hand, to be found in the kernel when the module is loaded.
 * Whether a definition follows is known at the end of the unit. A driver's header may
 * declare what another of its files defines.
 */
bool may_be_smuggled(const_tree decl)
{
	return declared_by_driver(decl) && DECL_EXTERNAL(decl) && TREE_PUBLIC(decl) &&
	       !strcmp(DECL_SOURCE_FILE(decl), main_input_filename);
}

bool is_foreign(const_tree decl)
{
	if (DECL_NAME(decl) && is_common_name(IDENTIFIER_POINTER(DECL_NAME(decl))))
		return false;

	origin from = origin_of_decl(decl);

	return from == origin::foreign ||
	       (from == origin::builtin && TREE_CODE(decl) == FUNCTION_DECL);
}

bool is_named_across_files(const_tree t)
{
	return TREE_CODE(t) == FUNCTION_DECL ||
	       (VAR_P(t) && (DECL_EXTERNAL(t) || !DECL_CONTEXT(t)));
}

/* By its mark, or by the kernel's sign for what nobody else should touch. */
bool is_private_to_layer(const_tree decl)
{
	if (!is_private(decl) &&
	    !(DECL_NAME(decl) && !strncmp(IDENTIFIER_POINTER(DECL_NAME(decl)), "__fe_", 5)))
		return false;

	origin from = origin_of_decl(decl);

	return from != origin::foreign && from != origin::builtin && !declared_by_driver(decl);
}

std::string uses(const std::string &name)
{
	return "a driver uses " + quoted(name) + ", which is not part of the layer";
}

constexpr const char *ask_the_layer =
	"find the layer's function for it, or add one there with its contract";

void report_private(tree decl, location_t where)
{
	report({rule::private_symbol, where, quoted(name_of_decl(decl)) + " is private to the layer",
		{{DECL_SOURCE_LOCATION(decl), "declared here"}},
		"use what the header offers to drivers: its macros and documented functions"});
}

void report_symbol(tree decl, location_t where)
{
	report_use({rule::foreign_symbol, where, uses(name_of_decl(decl)),
		    {{DECL_SOURCE_LOCATION(decl), "declared here"}}, ask_the_layer});
}

void note_undefined(tree decl, location_t where)
{
	undefined.emplace_back(decl, where);
}

/* A line and the rest of the statement that begins on it, at most. */
constexpr int statement_lines = 20;

/*
 * A plain name has no location of its own. As an argument of a macro of the layer it
 * looks like the macro's: ask the text whether the driver wrote it.
 */
bool is_named_in_text(const visit &v)
{
	if (!DECL_P(v.expr) || !DECL_NAME(v.expr) || origin_of_location(v.where) != origin::driver)
		return false;

	expanded_location at = expand_location(line_of(v.where));

	const std::vector<token> &text = tokens_of(at.file);
	auto t = std::lower_bound(text.begin(), text.end(), at.line,
				  [](const token &x, int line) { return x.line < line; });

	for (; t != text.end() && t->line <= at.line + statement_lines && t->text != ";"; ++t)
		if (t->text == IDENTIFIER_POINTER(DECL_NAME(v.expr)))
			return true;
	return false;
}

bool is_by_driver(const visit &v)
{
	return written_by_driver(v) || is_named_in_text(v);
}

void check_symbol(const visit &v)
{
	void (*judge)(tree decl, location_t where);

	if (!is_named_across_files(v.expr))
		return;
	if (is_foreign(v.expr))
		judge = report_symbol;
	else if (is_private_to_layer(v.expr))
		judge = report_private;
	else if (may_be_smuggled(v.expr))
		judge = note_undefined;
	else
		return;
	if (is_by_driver(v))
		judge(v.expr, v.where);
}

void judge_undefined(void *, void *)
{
	if (broken_code())
		return;
	for (const auto &[decl, where] : undefined)
		if (DECL_EXTERNAL(decl))
			report_symbol(decl, where);
}

/* Fields of what the driver made out of a macro of the layer are the layer's. */
void check_field(const visit &v)
{
	tree field = TREE_OPERAND(v.expr, 1);
	origin from = origin_of_decl(field);

	if (!written_by_driver(v))
		return;

	if (from == origin::layer || (from == origin::driver && !declared_by_driver(field))) {
		if (is_private(field))
			report({rule::private_field, v.where,
				quoted(name_of_decl(field)) + " is private to the layer",
				{{DECL_SOURCE_LOCATION(field), "declared here"}},
				"use the functions of the header that declares it"});
	} else if (from == origin::foreign) {
		report_use({rule::foreign_field, v.where,
			    "a driver uses the field " + quoted(name_of_decl(field)) +
			    " of a structure that is not part of the layer",
			    {{DECL_SOURCE_LOCATION(field), "declared here"}},
			    "the layer has a function for what a driver may know of it"});
	}
}

void check_asm(const visit &v)
{
	if (!written_by_driver(v))
		return;
	report_use({rule::inline_asm, v.where, "inline assembly in a driver", {},
		    "the checker cannot see what it does; write it in C, or put it into the "
		    "layer"});
}

void hook_preprocessor(void *, void *)
{
	cpp_callbacks *callbacks = cpp_get_callbacks(parse_in);

	next_include = callbacks->include;
	callbacks->include = check_include;
}

} /* namespace */

void report_use(const finding &f)
{
	std::string macro = foreign_macro(f.where);

	if (macro.empty())
		report(f);
	else
		report({rule::foreign_symbol, f.where, uses(macro), {}, ask_the_layer});
}

void register_border(const char *plugin)
{
	register_callback(plugin, PLUGIN_START_UNIT, hook_preprocessor, nullptr);
	register_callback(plugin, PLUGIN_FINISH, judge_undefined, nullptr);
	on_driver_expression({FUNCTION_DECL, VAR_DECL}, check_symbol);
	on_driver_expression({COMPONENT_REF}, check_field);
	on_driver_expression({ASM_EXPR}, check_asm);
}

} /* namespace ferrule */

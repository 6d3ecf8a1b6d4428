// SPDX-License-Identifier: GPL-2.0
/*
 * Code and data that the kernel frees once the module was loaded, or leaves out.
 */
#include "analyses.h"
#include "origin.h"
#include "report.h"
#include "walk.h"

namespace ferrule {

namespace {

bool is_in_passing_section(const_tree decl)
{
	const char *section = DECL_SECTION_NAME(decl);

	return section && (!strncmp(section, ".init", 5) || !strncmp(section, ".exit", 5));
}

bool is_of_file(const_tree t)
{
	return TREE_CODE(t) == FUNCTION_DECL || TREE_STATIC(t) || DECL_EXTERNAL(t);
}

void check_use(const visit &v)
{
	if (!is_of_file(v.expr) || !is_in_passing_section(v.expr) || !declared_by_driver(v.expr) ||
	    (is_of_file(v.inside) && is_in_passing_section(v.inside)))
		return;
	report({rule::gone_section, v.where,
		quoted(name_of_decl(v.expr)) + " is used where it may be gone: it is in " +
		DECL_SECTION_NAME(v.expr),
		{{DECL_SOURCE_LOCATION(v.expr), "declared here"}},
		"drop the word that puts it there (__init, __initconst, ...)"});
}

} /* namespace */

void register_sections(const char *)
{
	on_driver_expression({FUNCTION_DECL, VAR_DECL}, check_use);
}

} /* namespace ferrule */

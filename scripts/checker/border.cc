// SPDX-License-Identifier: GPL-2.0
/*
 * The border: a driver reaches the kernel through the layer only.
 */
#include "analyses.h"
#include "origin.h"
#include "report.h"

namespace ferrule {

namespace {

using include_callback = decltype(cpp_callbacks::include);

include_callback next_include;

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
	std::ifstream there(file);

	return there.good() && origin_of_file(file.c_str()) != origin::foreign;
}

void check_include(cpp_reader *reader, location_t where, const unsigned char *directive,
		   const char *header, int angled, const cpp_token **comments)
{
	const char *includer = expand_location(line_of(where)).file;

	if (next_include)
		next_include(reader, where, directive, header, angled, comments);
	if (unit_role() != role::driver || origin_of_file(includer) != origin::driver)
		return;
	if (is_within_reach(includer, header, angled) || is_allowed_for_uapi(includer, header))
		return;
	report({rule::foreign_include, where,
		"a driver includes " + quoted(header) + ", which is not part of the layer", {},
		"include <ferrule/...> instead; the layer's headers are all that a driver needs"});
}

void hook_preprocessor(void *, void *)
{
	cpp_callbacks *callbacks = cpp_get_callbacks(parse_in);

	next_include = callbacks->include;
	callbacks->include = check_include;
}

} /* namespace */

void register_border(const char *plugin)
{
	register_callback(plugin, PLUGIN_START_UNIT, hook_preprocessor, nullptr);
}

} /* namespace ferrule */

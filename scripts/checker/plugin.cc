// SPDX-License-Identifier: GPL-2.0
/*
 * The plugin's entry: which gcc, which options, which analyses.
 */
#include "compat.h"
#include "analyses.h"
#include "attributes.h"
#include "origin.h"
#include "report.h"
#include "walk.h"

/* gcc looks up two names; it refuses a plugin without this one. */
#define FOR_GCC __attribute__((visibility("default")))

FOR_GCC int plugin_is_GPL_compatible;

namespace ferrule {

namespace {

constexpr void (*analyses[])(const char *plugin) = {
	/* First: it says where the rules do not apply. */
	register_scopes,
	register_border,
	register_errors,
	register_sections,
	register_forgery,
	register_casts,
	register_index,
	register_registers,
	register_tables,
	register_contracts,
	register_variables,
	register_layout,
	register_flow,
};

/* The plugin is bound to one build of gcc: its data structures have no stable layout. */
bool is_built_for(plugin_gcc_version *running)
{
	if (plugin_default_version_check(running, &gcc_version))
		return true;
	error("the ownership checker was built for gcc %s and this is gcc %s: rebuild it with "
	      "%<CC=gcc-%d scripts/checker/build.sh%>, or build with %<CHECKER=off%>",
	      gcc_version.basever, running->basever, atoi(running->basever));
	return false;
}

bool read_role(const char *name)
{
	static const std::map<std::string, role> roles = {
		{ "driver", role::driver },
		{ "layer", role::layer },
		{ "kunit", role::kunit },
	};
	auto found = roles.find(name ? name : "");

	if (found == roles.end())
		return false;
	set_role(found->second);
	return true;
}

bool read_option(const plugin_argument &option)
{
	std::string key = option.key;

	if (key == "layer" && option.value)
		add_layer(option.value);
	else if (key == "kunit" && option.value)
		add_kunit(option.value);
	else
		return key == "role" && read_role(option.value);
	return true;
}

bool read_options(const plugin_name_args *info)
{
	for (int i = 0; i < info->argc; i++)
		if (!read_option(info->argv[i])) {
			error("%s: no such option: %<%s%s%s%>", info->base_name,
			      info->argv[i].key, info->argv[i].value ? "=" : "",
			      info->argv[i].value ? info->argv[i].value : "");
			return false;
		}
	return true;
}

} /* namespace */

} /* namespace ferrule */

FOR_GCC int plugin_init(plugin_name_args *info, plugin_gcc_version *running)
{
	using namespace ferrule;

	static plugin_info description = {
		"1", "layer=DIRECTORY, kunit=DIRECTORY (both may be repeated), "
		     "role=driver|layer|kunit"
	};

	if (!is_built_for(running) || !read_options(info))
		return 1;
	register_callback(info->base_name, PLUGIN_INFO, nullptr, &description);
	register_attributes(info->base_name);
	register_walk(info->base_name);
	for (auto analysis : analyses)
		analysis(info->base_name);
	return 0;
}

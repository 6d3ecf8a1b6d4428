// SPDX-License-Identifier: GPL-2.0
#include "origin.h"

namespace ferrule {

namespace {

std::optional<role> the_role;
std::vector<std::string> layers, tests;

bool starts_with(const std::string &path, const std::string &directory)
{
	return !path.compare(0, directory.size(), directory);
}

std::string directory_of(const std::string &path)
{
	size_t slash = path.rfind('/');

	return slash == std::string::npos ? std::string() : path.substr(0, slash + 1);
}

bool is_in(const std::vector<std::string> &directories, const std::string &file)
{
	return std::any_of(directories.begin(), directories.end(), [&](const std::string &d) {
		return starts_with(file, d);
	});
}

/* A driver's files are in the directory of the main one, and below. */
const std::string &drivers_directory()
{
	static const std::string directory =
		directory_of(absolute(main_input_filename ? main_input_filename : ""));

	return directory;
}

bool is_link(const std::string &path)
{
	char target;

	return readlink(path.c_str(), &target, 1) >= 0;
}

/* absolute(), which looks at each directory on the way, once for all files of one. */
std::string absolute_file(const std::string &path)
{
	static std::unordered_map<std::string, std::string> directories;
	std::string directory = directory_of(path);

	if (directory.empty() || is_link(path))
		return absolute(path);

	auto found = directories.find(directory);

	if (found == directories.end())
		found = directories.emplace(directory, absolute(directory) + "/").first;
	return found->second + path.substr(directory.size());
}

/* Of a file, by the address of its name, which it has once. */
origin origin_of_name(const char *name)
{
	static std::unordered_map<const char *, origin> known;
	auto found = known.find(name);

	if (found == known.end())
		found = known.emplace(name, origin_of_file(name)).first;
	return found->second;
}

const char *last_name;
origin last_origin;

/* The line map that was asked last, and whose file it is of. */
struct stretch {
	unsigned int map;
	origin from;

	bool covers(location_t where) const
	{
		unsigned int next = map + 1;

		return where >= start(map) &&
		       (next == LINEMAPS_ORDINARY_USED(line_table) || where < start(next));
	}
	static location_t start(unsigned int map)
	{
		return MAP_START_LOCATION(LINEMAPS_ORDINARY_MAP_AT(line_table, map));
	}
};

stretch stretch_around(location_t where)
{
	const line_map_ordinary *map = linemap_check_ordinary(linemap_lookup(line_table, where));

	return {static_cast<unsigned int>(map - LINEMAPS_ORDINARY_MAPS(line_table)),
		origin_of_map(map)};
}

location_t without_range(location_t where)
{
	return IS_ADHOC_LOC(where) ? get_location_from_adhoc_loc(line_table, where) : where;
}

/* Of what is from no macro. Asked for every token; they come in runs from one file. */
origin origin_in_file(location_t where)
{
	static std::optional<stretch> last;

	where = without_range(where);
	if (where <= BUILTINS_LOCATION)
		return origin::builtin;
	if (!last || !last->covers(where))
		last = stretch_around(where);
	return last->from;
}

/* Those of files are counted from below, those of macros' tokens from above. */
bool is_from_macro(location_t where)
{
	return without_range(where) > line_table->highest_location;
}

const line_map_macro *macro_of(location_t where)
{
	return is_from_macro(where) ? linemap_check_macro(linemap_lookup(line_table, where)) : nullptr;
}

/* A macro's call, in a file, with all that came out of it. The table of maps may move. */
struct expansion {
	unsigned int innermost, outermost;
	location_t call;

	bool covers(location_t where) const
	{
		const line_map_macro *map = LINEMAPS_MACRO_MAP_AT(line_table, innermost);

		return where - MAP_START_LOCATION(map) < MACRO_MAP_NUM_MACRO_TOKENS(map);
	}
};

unsigned int number_of(const line_map_macro *map)
{
	return map - LINEMAPS_MACRO_MAPS(line_table);
}

expansion expansion_around(location_t where)
{
	const line_map_macro *map = macro_of(where);
	expansion e = {number_of(map), 0, where};

	for (; map; map = macro_of(e.call)) {
		e.outermost = number_of(map);
		e.call = expansion_point(map);
	}
	return e;
}

/* The macro whose call stands in a file, or nullptr; and where it stands. */
const line_map_macro *outermost_macro(location_t &where)
{
	static std::optional<expansion> last;

	where = without_range(where);
	if (!is_from_macro(where))
		return nullptr;
	if (!last || !last->covers(where))
		last = expansion_around(where);
	where = last->call;
	return LINEMAPS_MACRO_MAP_AT(line_table, last->outermost);
}

/* Where the macro of an expansion was defined; nowhere for one of the compiler's. */
origin origin_of_macro(const line_map_macro *map)
{
	cpp_hashnode *name = map->macro;

	if (!name || !cpp_user_macro_p(name))
		return origin::builtin;

	return origin_of_spelling(cpp_macro_definition_location(name));
}

/* It stands in a driver's file, or the driver called the macro it came out of. */
bool is_drivers_doing(location_t where)
{
	const line_map_macro *outermost = outermost_macro(where);

	if (origin_in_file(where) != origin::driver)
		return false;
	return !outermost || (origin_of_macro(outermost) != origin::layer &&
			      !is_common_name(linemap_map_get_macro_name(outermost)));
}

} /* namespace */

void set_role(role r)
{
	the_role = r;
}

role unit_role()
{
	if (!the_role) {
		std::string file = absolute(main_input_filename ? main_input_filename : "");

		the_role = is_in(layers, file) ? role::layer :
			   is_in(tests, file) ? role::kunit : role::driver;
	}
	return *the_role;
}

void add_layer(const char *directory)
{
	layers.push_back(absolute(directory) + "/");
}

void add_kunit(const char *directory)
{
	tests.push_back(absolute(directory) + "/");
}

std::string absolute(const std::string &path)
{
	std::unique_ptr<char, void (*)(void *)> real(realpath(path.c_str(), nullptr), free);

	return real ? std::string(real.get()) : path;
}

origin origin_of_file(const char *path)
{
	if (!path || *path == '<')
		return origin::builtin;

	std::string file = absolute_file(path);

	if (is_in(layers, file))
		return origin::layer;
	return starts_with(file, drivers_directory()) ? origin::driver : origin::foreign;
}

/* Asked for each macro and declaration of the kernel; they come in runs from one file. */
origin origin_of_map(const line_map_ordinary *map)
{
	const char *name = ORDINARY_MAP_FILE_NAME(map);

	if (name != last_name) {
		last_name = name;
		last_origin = origin_of_name(name);
	}
	return last_origin;
}

origin origin_being_read()
{
	return origin_of_map(LINEMAPS_LAST_ORDINARY_MAP(line_table));
}

origin origin_of_location(location_t where)
{
	outermost_macro(where);
	return origin_in_file(where);
}

origin origin_of_spelling(location_t where)
{
	if (is_from_macro(where))
		where = linemap_resolve_location(line_table, where, LRK_SPELLING_LOCATION, nullptr);
	return origin_in_file(where);
}

origin origin_of_decl(const_tree decl)
{
	return origin_of_location(DECL_SOURCE_LOCATION(decl));
}

bool written_by_driver(location_t where)
{
	if (where <= BUILTINS_LOCATION)
		return false;

	if (origin_of_spelling(where) == origin::driver)
		return true;
	return is_drivers_doing(where);
}

bool declared_by_driver(const_tree decl)
{
	location_t where = DECL_SOURCE_LOCATION(decl);

	return where > BUILTINS_LOCATION && is_drivers_doing(where);
}

bool is_common_name(const char *name)
{
	static const std::unordered_set<std::string> names = {
#define FERRULE_KERNEL_NAME(name) name,
#include "kernel-names.def"
#undef FERRULE_KERNEL_NAME
	};

	return names.count(name);
}

std::string foreign_macro(location_t where)
{
	bool is_drivers_text = origin_of_spelling(where) == origin::driver;
	const line_map_macro *outermost = outermost_macro(where);

	/* An argument of the macro is the driver's own text. */
	if (!outermost || origin_of_macro(outermost) != origin::foreign || is_drivers_text)
		return "";

	const char *name = linemap_map_get_macro_name(outermost);

	return is_common_name(name) ? "" : name;
}

bool is_from_container_of(location_t where)
{
	while (const line_map_macro *map = macro_of(where)) {
		std::string name = linemap_map_get_macro_name(map);

		if (name == "container_of" || name == "container_of_const")
			return true;
		where = expansion_point(map);
	}
	return false;
}

} /* namespace ferrule */

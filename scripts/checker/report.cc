// SPDX-License-Identifier: GPL-2.0
#include "report.h"

namespace ferrule {

namespace {

struct reach {
	std::string file;
	int first, last;
};

unsigned int printed;
std::set<std::tuple<std::string, int, rule, std::string>> seen;
std::vector<reach> lifted;

bool is_lifted(const expanded_location &at)
{
	for (const reach &r : lifted)
		if (at.file && r.file == at.file && at.line >= r.first && at.line <= r.last)
			return true;
	return false;
}

} /* namespace */

location_t line_of(location_t where)
{
	if (where <= BUILTINS_LOCATION)
		return where;
	return linemap_resolve_location(line_table, where, LRK_MACRO_EXPANSION_POINT, nullptr);
}

bool report(const finding &f)
{
	location_t where = line_of(f.where);
	expanded_location at = expand_location(where);

	if (is_lifted(at))
		return false;
	if (!seen.insert({at.file ? at.file : "", at.line, f.what, f.message}).second)
		return false;
	printed++;

	auto_diagnostic_group group;

	/* An error, not a warning: -w and -Wno-error must not switch it off. */
	error_at(where, "%s [ferrule-%s]", f.message.c_str(), name_of(f.what));
	for (const note &n : f.notes)
		if (n.where != UNKNOWN_LOCATION)
			inform(line_of(n.where), "%s", n.text.c_str());
	if (!f.hint.empty())
		inform(where, "hint: %s", f.hint.c_str());
	return true;
}

unsigned int reported()
{
	return printed;
}

bool broken_code()
{
	return static_cast<unsigned int>(errorcount + sorrycount) > printed;
}

std::string quoted(const std::string &name)
{
	return std::string(open_quote) + name + close_quote;
}

std::string name_of_decl(const_tree decl)
{
	if (decl && DECL_P(decl) && DECL_NAME(decl))
		return IDENTIFIER_POINTER(DECL_NAME(decl));
	return "<anonymous>";
}

void lift_rules(location_t from, location_t to)
{
	expanded_location first = expand_location(line_of(from));
	expanded_location last = expand_location(line_of(to));

	if (first.file && last.file && !strcmp(first.file, last.file))
		lifted.push_back({first.file, first.line, last.line});
}

} /* namespace ferrule */

// SPDX-License-Identifier: GPL-2.0
/* Errors are negative: `return EINVAL;` says that it went well, and an unsigned result cannot be one. */
#include "errors.h"
#include "origin.h"
#include "walk.h"

namespace ferrule {

namespace {

/* Where a function is whose result cannot be negative. */
struct extent {
	int first, last;
};

std::map<std::string, std::vector<extent>> unsigned_functions;

void note_function(tree function)
{
	tree result = TREE_TYPE(TREE_TYPE(function));
	expanded_location from = expand_location(DECL_SOURCE_LOCATION(function));
	struct function *fun = DECL_STRUCT_FUNCTION(function);

	if (!fun || !from.file || !INTEGRAL_TYPE_P(result) || !TYPE_UNSIGNED(result) || !declared_by_driver(function))
		return;

	expanded_location to = expand_location(fun->function_end_locus);

	if (to.file && !strcmp(from.file, to.file))
		unsigned_functions[from.file].push_back({ from.line, to.line });
}

bool is_error(const std::string &word)
{
	static const std::set<std::string> names = {
		"EPERM", "ENOENT", "EINTR", "EIO", "ENXIO", "E2BIG", "EBADF", "EAGAIN", "ENOMEM", "EACCES",
		"EFAULT", "EBUSY", "EEXIST", "EXDEV", "ENODEV", "EINVAL", "ENFILE", "EMFILE", "ENOTTY", "EFBIG",
		"ENOSPC", "ESPIPE", "EROFS", "EPIPE", "EDOM", "ERANGE", "EDEADLK", "ENOSYS", "ENODATA", "ETIME",
		"EPROTO", "EBADMSG", "EOVERFLOW", "EILSEQ", "EMSGSIZE", "EOPNOTSUPP", "ENOBUFS", "ETIMEDOUT",
		"EALREADY", "EINPROGRESS", "EREMOTEIO", "ECANCELED", "ESHUTDOWN", "EWOULDBLOCK", "ENOTSUPP",
		"ERESTARTSYS", "EPROBE_DEFER", "EUCLEAN",
	};

	return names.count(word);
}

bool is_one_of(const token &t, const char *characters)
{
	return t.kind == token_kind::punctuation && strchr(characters, t.text[0]);
}

} /* namespace */

bool is_positive_error(const std::vector<token> &text, size_t i)
{
	if (text[i].kind != token_kind::word || !is_error(text[i].text) || i < 2)
		return false;

	const token &before = text[i - 1];

	if (before.text == "return")
		return true;
	if (is_one_of(before, "("))
		return text[i - 2].text == "ERR_PTR";
	if (!is_one_of(before, "?:"))
		return false;
	/* one of the two that are returned */
	for (size_t j = i - 1; j-- > 0 && !is_one_of(text[j], ";{}");)
		if (text[j].text == "return")
			return true;
	return false;
}

bool is_lost_error(const std::string &path, const std::vector<token> &text, size_t i)
{
	auto known = unsigned_functions.find(path);

	if (known == unsigned_functions.end() || i < 2 || text[i].kind != token_kind::word ||
	    !is_error(text[i].text) || text[i - 1].text != "-" || text[i - 2].text != "return")
		return false;
	return std::any_of(known->second.begin(), known->second.end(), [&](const extent &e) {
		return text[i].line >= e.first && text[i].line <= e.last;
	});
}

void register_errors(const char *)
{
	on_function(note_function);
}

} /* namespace ferrule */

// SPDX-License-Identifier: GPL-2.0
#include "source.h"

#include <cctype>
#include <cstdio>
#include <cstring>
#include <map>
#include <memory>

namespace ferrule {

namespace {

bool starts_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool continues_word(char c)
{
	return starts_word(c) || (c >= '0' && c <= '9');
}

bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

class cutter {
public:
	explicit cutter(const std::string &text) : text(text) {}

	std::vector<token> cut();

private:
	char at(size_t ahead = 0) const
	{
		return here + ahead < text.size() ? text[here + ahead] : '\0';
	}

	bool done() const
	{
		return here >= text.size();
	}

	int column() const
	{
		return here - line_start + 1;
	}

	void step();
	void skip_to(const char *end);
	void skip_quoted(char quote);
	void skip_number();
	bool skip_comment();
	void cut_directive();
	std::string word();
	void cut_one();
	void add(token_kind kind, const std::string &what, int at_column);

	const std::string &text;
	size_t here = 0;
	int line = 1;
	size_t line_start = 0;
	bool line_is_empty = true;	/* so far: a directive may follow */
	std::vector<token> tokens;
};

void cutter::step()
{
	if (at() == '\n') {
		/* A line that ends in a backslash goes on. */
		if (!here || text[here - 1] != '\\')
			line_is_empty = true;
		line++;
		line_start = here + 1;
	}
	here++;
}

void cutter::skip_to(const char *end)
{
	size_t found = text.find(end, here);
	size_t stop = found == std::string::npos ? text.size() : found + strlen(end);

	while (here < stop)
		step();
}

void cutter::skip_quoted(char quote)
{
	step();
	while (!done() && at() != quote && at() != '\n') {
		if (at() == '\\')
			step();
		step();
	}
	step();
}

/* 0x1fUL, 1.5e3: the letters in it are no words. */
void cutter::skip_number()
{
	while (continues_word(at()) || at() == '.')
		step();
}

bool cutter::skip_comment()
{
	if (at() != '/' || (at(1) != '*' && at(1) != '/'))
		return false;

	bool block = at(1) == '*';

	step();
	step();
	if (block) {
		skip_to("*/");
		return true;
	}
	while (!done() && !(at() == '\n' && text[here - 1] != '\\'))
		step();
	return true;
}

std::string cutter::word()
{
	size_t start = here;

	while (continues_word(at()))
		step();
	return text.substr(start, here - start);
}

/* What an #include names is no code. */
void cutter::cut_directive()
{
	int column_of_hash = column();

	step();
	while (at() == ' ' || at() == '\t')
		step();

	std::string name = word();

	add(token_kind::directive, name, column_of_hash);
	if (name == "include" || name == "error" || name == "warning")
		while (!done() && at() != '\n')
			step();
}

void cutter::add(token_kind kind, const std::string &what, int at_column)
{
	tokens.push_back({kind, what, line, at_column});
}

void cutter::cut_one()
{
	char c = at();

	if (c == '"' || c == '\'') {
		skip_quoted(c);
	} else if (is_digit(c)) {
		skip_number();
	} else if (starts_word(c)) {
		int start = column();

		add(token_kind::word, word(), start);
	} else {
		add(token_kind::punctuation, std::string(1, c), column());
		step();
	}
}

std::vector<token> cutter::cut()
{
	while (!done()) {
		if (skip_comment())
			continue;
		if (std::isspace(static_cast<unsigned char>(at())) || at() == '\\') {
			step();
			continue;
		}
		if (at() == '%' && at(1) == ':' && line_is_empty)	/* another spelling of it */
			step();
		if ((at() == '#' || (at() == ':' && here && text[here - 1] == '%')) && line_is_empty) {
			line_is_empty = false;
			cut_directive();
			continue;
		}
		line_is_empty = false;
		cut_one();
	}
	return std::move(tokens);
}

/* Not with C++'s streams, which take longer to load than the rest of the plugin. */
std::string content_of(const std::string &path)
{
	std::unique_ptr<FILE, int (*)(FILE *)> file(fopen(path.c_str(), "r"), fclose);
	std::string text;
	char part[4096];

	while (size_t length = file ? fread(part, 1, sizeof(part), file.get()) : 0)
		text.append(part, length);
	return text;
}

} /* namespace */

std::vector<token> cut(const std::string &text)
{
	return cutter(text).cut();
}

const std::vector<token> &tokens_of(const std::string &path)
{
	static std::map<std::string, std::vector<token>> files;
	auto known = files.find(path);

	if (known == files.end())
		known = files.emplace(path, cut(content_of(path))).first;
	return known->second;
}

} /* namespace ferrule */

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The text of a source file, cut into the few kinds of token that rules about text need.
 * Free of gcc: what a macro or an attribute turns into is not asked here.
 */
#ifndef FERRULE_SOURCE_H
#define FERRULE_SOURCE_H

#include <string>
#include <vector>

namespace ferrule {

enum class token_kind { word, directive, punctuation };

struct token {
	token_kind kind;
	std::string text;	/* of a directive: its name, or its line number */
	int line, column;	/* from 1 */
};

/* The tokens of a text, without comments, strings and numbers. */
std::vector<token> cut(const std::string &text);

/* The same of a file, kept; empty if it cannot be read. */
const std::vector<token> &tokens_of(const std::string &path);

} /* namespace ferrule */

#endif /* FERRULE_SOURCE_H */

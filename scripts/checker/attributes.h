/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The vocabulary of <ferrule/annotate.h> as gcc attributes, and what they mean.
 *
 * Everything about parameters and functions is an attribute of the *type*, so a
 * signature can be read off a call through a pointer and off a slot of a table just as
 * off a direct call.
 */
#ifndef FERRULE_ATTRIBUTES_H
#define FERRULE_ATTRIBUTES_H

#include "compat.h"
#include "core/ir.h"

namespace ferrule {

struct parameter : core::passing {
	tree type;
	bool shared = false;		/* points to const */
};

/* A function's contract. Of an unprototyped function nothing is known. */
struct signature : core::promises {
	bool prototyped = false;
	bool variadic = false;
	std::vector<parameter> parameters;
};

/* The contract of a FUNCTION_TYPE. The reference is good until gcc collects garbage. */
const signature &signature_of(tree function_type);

/* The FUNCTION_TYPE of a function, or behind a pointer to one; NULL_TREE otherwise. */
tree function_type_of(tree type);

/* Types, looked through qualifiers and typedefs. */
bool is_owned_type(const_tree type);
bool is_pinned_type(const_tree type);
bool is_cell_type(const_tree type);
bool is_token_type(const_tree type);
bool is_on_device_type(const_tree type);

/* A lock's place in the order of locks, or 0; how values of the type end. */
int rank_of_type(const_tree type);
const core::ending *ending_of_type(const_tree type);

/* The same of a type or of anything in it, by value. */
bool contains_owned(const_tree type);
bool contains_pinned(const_tree type);
bool contains_cell(const_tree type);
bool contains_token(const_tree type);

/* Declarations. */
bool is_private(const_tree decl);
bool is_trusted(const_tree function);
bool is_unsafe_mark(const_tree variable);
std::string unsafe_reason(const_tree variable);

/* True for an attribute of the vocabulary, by its name without underscores. */
bool is_ferrule_attribute(const char *name);

/* Registration, from plugin.cc. */
void register_attributes(const char *plugin);

} /* namespace ferrule */

#endif /* FERRULE_ATTRIBUTES_H */

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

namespace ferrule {

/* What happens to the value behind a parameter. */
enum class passing {
	borrow,		/* ends with the call */
	take,		/* the callee's from now on */
	take_ok,	/* the callee's if the call returns 0 */
	drop,		/* ended by the call */
	out,		/* owned by the caller's variable if the call returns 0 */
};

struct parameter {
	tree type;
	passing how = passing::borrow;
	bool shared = false;		/* points to const */
	bool nullable = false;
	bool init = false;		/* the call makes the cell fit to be used */
	bool to_device = false;		/* what is taken belongs to the device */
	bool to_user = false;		/* the bytes behind it go to user space */
	bool from_user = false;		/* they come from there */
	std::vector<unsigned int> outlives;	/* parameters, counted from 0 */
};

/* What a function's result is. */
enum class giving {
	nothing,	/* a plain value, or a borrow (see lenders) */
	owned,		/* owned, or an ERR_PTR */
	owned_sure,	/* owned, never an error */
	guard,		/* a guard, or an ERR_PTR */
};

/* A function's contract. Of an unprototyped function nothing is known. */
struct signature {
	bool prototyped = false;
	bool variadic = false;
	std::vector<parameter> parameters;
	giving gives = giving::nothing;
	std::string guard;		/* "fe_mutex", "fe_spin", "fe_spin_irq" */
	bool nullable = false;		/* the result may be NULL */
	/* The result borrows from these parameters (from 0); the elision is applied. */
	std::vector<unsigned int> lenders;
	bool tests = false;
	bool must_check = false;
	bool sleeps = false;
	bool atomic = false;
	bool hardirq = false;
	bool opening = false;
	bool waits = false;
	bool bound = false;
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

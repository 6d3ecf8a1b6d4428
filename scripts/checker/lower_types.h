/* SPDX-License-Identifier: GPL-2.0 */
/*
 * gcc's types and signatures as the flow analysis sees them.
 */
#ifndef FERRULE_LOWER_TYPES_H
#define FERRULE_LOWER_TYPES_H

#include "compat.h"
#include "core/exclusive.h"

namespace ferrule {

/* The same type gives the same object until gcc collects garbage. */
const core::type *lower_type(tree type);
/*
 * decl: the function, if it is known which. The kernel's own say nothing: what their
 * results borrow from is not known either.
 */
const core::contract *lower_contract(tree function_type, tree decl = NULL_TREE);

/* The index of a field as core::type::fields() has it, or -1 if it is not followed. */
int field_index(tree field);

/*
 * An initialiser takes a pointer to this type: a cell of it is not fit for use as it
 * was allocated.
 */
void needs_initialisation(tree type);

/* There is a function that acquires handles of this type. */
void is_acquired(tree type);

/* The handles in a structure, by value, that something has to acquire. */
std::vector<core::handle_field> handles_in(tree record);

/* A field of the type, at any depth, that is a cell and needs to be initialised. */
tree uninitialised_in(tree type);

/* Registration, from the flow pass. */
void register_lowered_types(const char *plugin);

} /* namespace ferrule */

#endif /* FERRULE_LOWER_TYPES_H */

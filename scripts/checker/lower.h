/* SPDX-License-Identifier: GPL-2.0 */
/*
 * GIMPLE as the flow analysis sees it, right after the pass "cfg": there are blocks, but
 * locals are still variables, nothing is inlined, and a cleanup is a call on each exit.
 */
#ifndef FERRULE_LOWER_H
#define FERRULE_LOWER_H

#include "compat.h"
#include "core/ir.h"

namespace ferrule {

/* Valid until gcc collects garbage. */
core::function lower_function(struct function *fun, const core::contract *contract);

/* The identity of a function's declaration, as core::callee and core::function have it. */
uintptr_t identity_of(tree function_decl);

/* The same number for all places that hold pointers to functions of one type. */
unsigned int slot_of(tree function_type);

} /* namespace ferrule */

#endif /* FERRULE_LOWER_H */

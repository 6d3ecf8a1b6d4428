/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One walk over what the front end built, before anything is lowered: casts, fields and
 * their locations are still as they were written.
 */
#ifndef FERRULE_WALK_H
#define FERRULE_WALK_H

#include "compat.h"

namespace ferrule {

/* An expression, and how it is reached. */
struct visit {
	tree expr;
	location_t where;		/* its own, or the nearest around it */
	tree inside;			/* the function, or the variable it initialises */
	bool in_driver;			/* that is held to all rules: the layer did not write it */
	const std::vector<tree> &above;	/* what it is part of, outermost first */
	mutable std::optional<bool> by_driver;	/* see written_by_driver() */

	/* The nearest expression around it, or NULL_TREE. */
	tree parent() const
	{
		return above.empty() ? NULL_TREE : above.back();
	}
};

/*
 * Did the driver write this? What has no location of its own is attributed to whoever
 * wrote the function it is in: it may stand next to a name that came from the driver.
 */
bool written_by_driver(const visit &v);

using expression_check = void (*)(const visit &);
using decl_check = void (*)(tree);
using codes = std::initializer_list<enum tree_code>;

/*
 * Each calls its argument for everything of its kind in the unit that is the driver's or
 * the layer's. Nothing is called for code that the compiler rejected. Checks of functions
 * run before those of the expressions in them, in the order of registration.
 */
void on_expression(codes of, expression_check check);
void on_driver_expression(codes of, expression_check check);	/* in_driver */
void on_function(decl_check check);	/* definitions, nested ones too */
void on_function_end(decl_check check);
void on_variable(decl_check check);	/* definitions, and local variables */

/* Registration, from plugin.cc. */
void register_walk(const char *plugin);

} /* namespace ferrule */

#endif /* FERRULE_WALK_H */

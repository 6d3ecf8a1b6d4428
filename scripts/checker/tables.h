/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What is known of a function from the slots of tables that it is put into. The
 * function itself need not say it: a handler is atomic by its slot.
 */
#ifndef FERRULE_TABLES_H
#define FERRULE_TABLES_H

#include "compat.h"

namespace ferrule {

/* The contexts a function can be called in, joined over all its slots. */
struct contexts {
	bool atomic = false;
	bool hardirq = false;
	bool opening = false;
	location_t slot = UNKNOWN_LOCATION;	/* one that said so */
};

/*
 * Of a FUNCTION_DECL: from its own type and from its slots. Complete when the unit has
 * been parsed, so in every pass over its functions.
 */
contexts contexts_of(tree function);

} /* namespace ferrule */

#endif /* FERRULE_TABLES_H */

/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The one way to report.
 *
 * A finding is an error at the driver's line, notes at the other lines that belong to
 * it, and a hint how to write it instead. Locations inside macros become the line
 * where the outermost macro stands.
 */
#ifndef FERRULE_REPORT_H
#define FERRULE_REPORT_H

#include "compat.h"
#include "rules.h"

namespace ferrule {

struct note {
	location_t where;
	std::string text;
};

struct finding {
	rule what;
	location_t where;
	std::string message;		/* without a full stop and without the rule */
	std::vector<note> notes;
	std::string hint;		/* may be empty */
};

using findings = std::vector<finding>;

/* The line in the file that somebody edits: outside of every macro. */
location_t line_of(location_t where);

/*
 * Reports a finding once: a second one with the same rule, line and message is
 * dropped, and so is one inside the reach of an FE_UNSAFE(). True if it was printed.
 */
bool report(const finding &f);

/* How many findings were printed in this translation unit. */
unsigned int reported();

/* True if the compiler itself found errors: trees may be incomplete then. */
bool broken_code();

/* 'name', the way gcc quotes. */
std::string quoted(const std::string &name);

/* The name of a declaration, or "<anonymous>". */
std::string name_of_decl(const_tree decl);

/*
 * Findings between the two locations (one file) are dropped from now on. Used for
 * the reach of an FE_UNSAFE().
 */
void lift_rules(location_t from, location_t to);

} /* namespace ferrule */

#endif /* FERRULE_REPORT_H */

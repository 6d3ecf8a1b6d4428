/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The analyses, each of which hooks itself into the compiler. plugin.cc calls them, in
 * the order of its table; the options are known by then.
 */
#ifndef FERRULE_ANALYSES_H
#define FERRULE_ANALYSES_H

namespace ferrule {

/* scopes.cc: jumps past cleanups; where FE_UNSAFE() lifts the rules */
void register_scopes(const char *plugin);
/* border.cc: what a driver may include and name */
void register_border(const char *plugin);
/* forgery.cc: what would make the rules look away */
void register_forgery(const char *plugin);
/* errors.cc: errors that lose their sign */
void register_errors(const char *plugin);
/* sections.cc: what is there only while the module comes or goes */
void register_sections(const char *plugin);
/* casts.cc: what a pointer points to */
void register_casts(const char *plugin);
/* index.cc: elements of arrays, arithmetic on pointers */
void register_index(const char *plugin);
/* registers.cc: what an access to a register has to keep */
void register_registers(const char *plugin);
/* tables.cc: functions and the slots they are put into */
void register_tables(const char *plugin);
/* contracts.cc: signatures that leave a question open */
void register_contracts(const char *plugin);
/* variables.cc: what a variable, a copy and a union may be */
void register_variables(const char *plugin);
/* layout.cc: the bytes that cross the border to user memory */
void register_layout(const char *plugin);
/* flow_pass.cc: ownership, borrows, results, locks and contexts, path by path */
void register_flow(const char *plugin);

} /* namespace ferrule */

#endif /* FERRULE_ANALYSES_H */

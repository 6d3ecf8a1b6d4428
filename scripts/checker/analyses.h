/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The analyses, each of which hooks itself into the compiler. plugin.cc calls them;
 * the options are known by then.
 */
#ifndef FERRULE_ANALYSES_H
#define FERRULE_ANALYSES_H

namespace ferrule {

/* border.cc: what a driver may include and name */
void register_border(const char *plugin);

} /* namespace ferrule */

#endif /* FERRULE_ANALYSES_H */

/* SPDX-License-Identifier: GPL-2.0 */
#ifndef FERRULE_ERRORS_H
#define FERRULE_ERRORS_H

#include "source.h"

namespace ferrule {

/* The token is the name of an error that is returned as it stands, without a minus. */
bool is_positive_error(const std::vector<token> &text, size_t i);
/* It is returned by a function whose result cannot be negative. */
bool is_lost_error(const std::string &path, const std::vector<token> &text, size_t i);

void register_errors(const char *plugin);

} /* namespace ferrule */

#endif /* FERRULE_ERRORS_H */

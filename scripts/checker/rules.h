/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The rules as a type, free of gcc: a rule that is not in rules.def does not compile.
 */
#ifndef FERRULE_RULES_H
#define FERRULE_RULES_H

namespace ferrule {

enum class rule {
#define FERRULE_RULE(id, name, summary) id,
#include "rules.def"
#undef FERRULE_RULE
};

constexpr const char *rule_names[] = {
#define FERRULE_RULE(id, name, summary) name,
#include "rules.def"
#undef FERRULE_RULE
};

constexpr const char *rule_summaries[] = {
#define FERRULE_RULE(id, name, summary) summary,
#include "rules.def"
#undef FERRULE_RULE
};

constexpr const char *name_of(rule r)
{
	return rule_names[static_cast<int>(r)];
}

} /* namespace ferrule */

#endif /* FERRULE_RULES_H */

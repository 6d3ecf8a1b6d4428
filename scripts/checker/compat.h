/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The one file that includes gcc's headers, and the one that knows gcc's version.
 *
 * Standard headers come first: gcc's system.h poisons names they use.
 */
#ifndef FERRULE_COMPAT_H
#define FERRULE_COMPAT_H

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "gcc-plugin.h"
#include "intl.h"
#include "plugin-version.h"
#include "tree.h"
#include "c-family/c-common.h"
#include "c-tree.h"
#include "gimple.h"
#include "tree-pass.h"
#include "context.h"
#include "function.h"
#include "basic-block.h"
#include "gimple-iterator.h"
#include "stringpool.h"
#include "attribs.h"
#include "diagnostic.h"
#include "tree-pretty-print.h"
#include "cgraph.h"
#include "cfganal.h"
#include "cfgloop.h"
#include "internal-fn.h"
#include "langhooks.h"
#include "tree-cfg.h"
#include "cpplib.h"
#include "c-family/c-pragma.h"
#include "tree-iterator.h"
#include "tree-nested.h"
#include "calls.h"

namespace ferrule {

/* Where the macro whose expansion holds this map's tokens was invoked. */
inline location_t expansion_point(const line_map_macro *map)
{
#if GCCPLUGIN_VERSION_MAJOR >= 14
	return map->get_expansion_point_location();
#else
	return map->expansion;
#endif
}

/* What -ftrivial-auto-var-init adds, since gcc 12: nothing the author wrote. */
inline bool is_automatic_init(internal_fn fn)
{
#if GCCPLUGIN_VERSION_MAJOR >= 12
	return fn == IFN_DEFERRED_INIT;
#else
	return fn == IFN_LAST;
#endif
}

} /* namespace ferrule */

#endif /* FERRULE_COMPAT_H */

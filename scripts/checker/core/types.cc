// SPDX-License-Identifier: GPL-2.0
/* Questions about types, whose answers are worth remembering, and about what calls pass. */
#include "ir.h"

namespace ferrule {
namespace core {

bool type::holds_owner() const
{
	if (owner_memo != UNKNOWN)
		return owner_memo == YES;

	bool found = owned;

	if (kind == ARRAY)
		found = target() && target()->holds_owner();
	else if (kind == RECORD && !found && !foreign)
		for (const field &f : fields())
			found = found || f.owner || f.type->holds_owner();
	owner_memo = found ? YES : NO;
	return found;
}

bool type::holds_cell() const
{
	if (cell_memo != UNKNOWN)
		return cell_memo == YES;

	bool found = cell;

	if (kind == ARRAY)
		found = target() && target()->holds_cell();
	else if (kind == RECORD && !found && !foreign)
		for (const field &f : fields())
			found = found || f.type->holds_cell();
	cell_memo = found ? YES : NO;
	return found;
}

const param &stmt::param_of(unsigned int n) const
{
	static const param plain;

	return n < callee.contract->params.size() ? callee.contract->params[n] : plain;
}

bool stmt::is_shared(unsigned int n) const
{
	const type *t = param_of(n).type ? param_of(n).type : args[n].type;

	return t && t->is_pointer() && t->target() && t->target()->is_const;
}

} /* namespace core */
} /* namespace ferrule */

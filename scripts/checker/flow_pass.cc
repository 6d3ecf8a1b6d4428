// SPDX-License-Identifier: GPL-2.0
/*
 * Runs the flow analysis on each function of the driver, of the tests and of the layer's
 * headers, and its effects on the whole unit.
 */
#include "analyses.h"
#include "attributes.h"
#include "core/flow.h"
#include "index.h"
#include "lower.h"
#include "lower_types.h"
#include "origin.h"
#include "report.h"
#include "walk.h"

namespace ferrule {

namespace {

class gcc_reporter final : public core::reporter {
public:
	void report(const core::finding &f) override;
	void degraded(const core::function &fn) override;
};

void gcc_reporter::report(const core::finding &f)
{
	finding out = { f.what, static_cast<location_t>(f.where), f.message, {}, f.hint };

	for (const core::note &n : f.notes)
		out.notes.push_back({ static_cast<location_t>(n.where), n.text });
	ferrule::report(out);
}

void gcc_reporter::degraded(const core::function &fn)
{
	inform(line_of(fn.loc), "%qs has too many paths to be followed one by one: the ownership "
	       "checker says less about it; split it", fn.name.c_str());
}

core::effects facts;
core::exclusive_state states;
gcc_reporter printer;

/* What a slot of a table promises for the function that is put there. */
struct slot_promise {
	std::set<unsigned int> init;
};

std::unordered_map<uintptr_t, slot_promise> promises;

/* The layer's own sources call the kernel: their contracts are verified by tests. */
bool is_checked(tree decl)
{
	origin from = origin_of_decl(decl);

	if (is_trusted(decl) || (from != origin::driver && from != origin::layer))
		return false;
	return unit_role() != role::layer || DECL_DECLARED_INLINE_P(decl);
}

/* The function's own contract, with what its slot says of its parameters. */
const core::contract *contract_of(tree decl, core::contract &storage)
{
	const core::contract *own = lower_contract(TREE_TYPE(decl));
	auto promised = promises.find(identity_of(decl));
	unsigned int n_arguments = list_length(DECL_ARGUMENTS(decl));

	if (promised == promises.end() && own->params.size() >= n_arguments)
		return own;
	storage = *own;
	/* an old-style definition: its type says nothing of its parameters */
	if (storage.params.size() < n_arguments)
		storage.params.resize(n_arguments);
	if (promised != promises.end())
		for (unsigned int n : promised->second.init)
			if (n < storage.params.size())
				storage.params[n].init = true;
	return &storage;
}

/*
 * A function whose slot says that it fills a state: each handle in that is its business. A test
 * may leave one out.
 */
void find_handles(tree decl, core::function &fn)
{
	auto promised = promises.find(identity_of(decl));
	tree arg = DECL_ARGUMENTS(decl);

	for (unsigned int n = 0; arg && promised != promises.end(); n++, arg = DECL_CHAIN(arg)) {
		if (!promised->second.init.count(n) || !POINTER_TYPE_P(TREE_TYPE(arg)))
			continue;
		fn.probe_param = n;
		if (!fn.is_test)
			fn.handles = handles_in(TREE_TYPE(TREE_TYPE(arg)));
		states.begin(fn);
	}
}

void analyse(struct function *fun)
{
	if (broken_code() || !is_checked(fun->decl))
		return;

	core::contract storage;
	core::function fn = lower_function(fun, contract_of(fun->decl, storage));

	find_handles(fun->decl, fn);
	core::flow(fn, facts, states, printer).run();
	check_indexes(fun);
}

const pass_data description = {
	GIMPLE_PASS, "ferrule", OPTGROUP_NONE, TV_NONE, PROP_gimple_any | PROP_cfg, 0, 0, 0, 0
};

class flow_pass final : public gimple_opt_pass {
public:
	explicit flow_pass(gcc::context *context) : gimple_opt_pass(description, context) {}
	unsigned int execute(struct function *fun) override
	{
		analyse(fun);
		return 0;
	}
	opt_pass *clone() override { return new flow_pass(m_ctxt); }
};

/* Declared in the layer, or by a macro of it in a driver's file. */
bool is_layers_decl(tree decl)
{
	origin from = origin_of_decl(decl);

	return from == origin::layer || (from == origin::driver && !declared_by_driver(decl));
}

/* A function is put into a slot: the slot's context and parameters hold for it. */
void note_slot(tree slot_type, tree value, bool is_layers, location_t where)
{
	STRIP_NOPS(value);
	if (!slot_type || TREE_CODE(value) != ADDR_EXPR ||
	    TREE_CODE(TREE_OPERAND(value, 0)) != FUNCTION_DECL)
		return;

	tree slot = function_type_of(slot_type);
	tree decl = TREE_OPERAND(value, 0);

	if (!slot)
		return;

	const core::contract *c = lower_contract(slot);

	/* what a macro of the layer puts between the kernel and the driver is the layer's own */
	facts.require(identity_of(decl), *c, is_layers && declared_by_driver(decl), where);
	facts.put(identity_of(decl), slot_of(slot));
	bool fills = false;

	for (unsigned int n = 0; n < c->params.size(); n++)
		if (c->params[n].init) {
			promises[identity_of(decl)].init.insert(n);
			fills = true;
		}
	if (!fills)
		states.put(identity_of(decl));
}

/* Nobody is there to make the cells of what is opened fit to be used. */
void check_unset_slot(tree variable, tree slot)
{
	const core::contract *c = lower_contract(function_type_of(TREE_TYPE(slot)));

	if (!c->opening)
		return;
	tree a = TYPE_ARG_TYPES(function_type_of(TREE_TYPE(slot)));

	for (const core::param &p : c->params) {
		tree cell = p.init && a && POINTER_TYPE_P(TREE_VALUE(a)) ?
				    uninitialised_in(TREE_TYPE(TREE_VALUE(a))) : NULL_TREE;

		if (cell)
			report({ rule::uninitialised_cell, DECL_SOURCE_LOCATION(variable),
				 "nothing initialises '" + name_of_decl(cell) + "': there is no '." +
					 name_of_decl(slot) + "'",
				 { { DECL_SOURCE_LOCATION(cell), "declared here" } },
				 "initialise it in a function that is put there" });
		a = a ? TREE_CHAIN(a) : NULL_TREE;
	}
}

void check_unset_slots(tree type, tree constructor, tree variable)
{
	unsigned int i;
	tree index, value;
	std::set<tree> set;

	FOR_EACH_CONSTRUCTOR_ELT(CONSTRUCTOR_ELTS(constructor), i, index, value)
		set.insert(index);
	for (tree f = TYPE_FIELDS(type); f; f = DECL_CHAIN(f))
		if (TREE_CODE(f) == FIELD_DECL && is_layers_decl(f) && !set.count(f) &&
		    POINTER_TYPE_P(TREE_TYPE(f)) && function_type_of(TREE_TYPE(f)))
			check_unset_slot(variable, f);
}

void note_slots(tree type, tree value, bool is_layers, location_t where)
{
	unsigned int i;
	tree index, element;

	if (TREE_CODE(value) != CONSTRUCTOR) {
		note_slot(type, value, is_layers, where);
		return;
	}
	FOR_EACH_CONSTRUCTOR_ELT(CONSTRUCTOR_ELTS(value), i, index, element) {
		if (index && TREE_CODE(index) == FIELD_DECL)
			note_slots(TREE_TYPE(index), element, is_layers_decl(index), where);
		else
			note_slots(TREE_TYPE(TREE_TYPE(value)), element, is_layers, where);
	}
}

void see_variable(tree decl)
{
	if (DECL_INITIAL(decl) && DECL_INITIAL(decl) != error_mark_node)
		note_slots(TREE_TYPE(decl), DECL_INITIAL(decl), false, DECL_SOURCE_LOCATION(decl));
	if (DECL_INITIAL(decl) && TREE_CODE(TREE_TYPE(decl)) == RECORD_TYPE &&
	    TREE_CODE(DECL_INITIAL(decl)) == CONSTRUCTOR)
		check_unset_slots(TREE_TYPE(decl), DECL_INITIAL(decl), decl);
}

void see_argument(tree call)
{
	tree callee = get_callee_fndecl(call);
	bool is_layers = callee && is_layers_decl(callee);
	tree type = function_type_of(TREE_TYPE(CALL_EXPR_FN(call)));
	int n = 0;

	if (!type)
		return;
	for (tree a = TYPE_ARG_TYPES(type); a && a != void_list_node && n < call_expr_nargs(call);
	     a = TREE_CHAIN(a))
		note_slot(TREE_VALUE(a), CALL_EXPR_ARG(call, n++), is_layers, EXPR_LOCATION(call));
}

bool is_layers_field(tree slot)
{
	return TREE_CODE(slot) == COMPONENT_REF &&
	       is_layers_decl(TREE_OPERAND(slot, 1));
}

void see_expression(const visit &v)
{
	if (TREE_CODE(v.expr) != CALL_EXPR)
		note_slot(TREE_TYPE(TREE_OPERAND(v.expr, 0)), TREE_OPERAND(v.expr, 1),
			  is_layers_field(TREE_OPERAND(v.expr, 0)), v.where);
	else if (CALL_EXPR_FN(v.expr))
		see_argument(v.expr);
}

/* A declaration tells which cells must be initialised at all, and which handles acquired. */
void see_declaration(void *data, void *)
{
	tree decl = static_cast<tree>(data);

	if (!decl || decl == error_mark_node || TREE_CODE(decl) != FUNCTION_DECL ||
	    origin_being_read() == origin::foreign || origin_of_decl(decl) == origin::foreign)
		return;
	for (tree a = TYPE_ARG_TYPES(TREE_TYPE(decl)); a && a != void_list_node; a = TREE_CHAIN(a)) {
		tree type = TREE_VALUE(a);

		if (!POINTER_TYPE_P(type))
			continue;
		if (is_cell_type(TREE_TYPE(type)) && lookup_attribute("fe_init", TYPE_ATTRIBUTES(type)))
			needs_initialisation(TREE_TYPE(type));
		if (lookup_attribute("fe_acquire", TYPE_ATTRIBUTES(type)))
			is_acquired(TREE_TYPE(type));
	}
}

void finish(void *, void *)
{
	if (broken_code())
		return;
	facts.finish(printer);
	states.finish(printer);
}

} /* namespace */

void register_flow(const char *plugin)
{
	static register_pass_info where = {
		new flow_pass(g), "cfg", 1, PASS_POS_INSERT_AFTER
	};

	register_lowered_types(plugin);
	on_variable(see_variable);
	on_expression({CALL_EXPR, MODIFY_EXPR, INIT_EXPR}, see_expression);
	register_callback(plugin, PLUGIN_FINISH_DECL, see_declaration, nullptr);
	register_callback(plugin, PLUGIN_START_PARSE_FUNCTION, see_declaration, nullptr);
	register_callback(plugin, PLUGIN_PASS_MANAGER_SETUP, nullptr, &where);
	/* not FINISH_UNIT, which gcc leaves out where it has seen an error, one of ours too */
	register_callback(plugin, PLUGIN_FINISH, finish, nullptr);
}

} /* namespace ferrule */

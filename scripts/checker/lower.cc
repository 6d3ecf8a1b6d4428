// SPDX-License-Identifier: GPL-2.0
#include "lower.h"

#include "lower_types.h"
#include "origin.h"
#include "report.h"

namespace ferrule {

namespace {

using core::op;

constexpr int NO_BLOCK = -1;

class lowering {
public:
	lowering(struct function *fun, const core::contract *contract);
	core::function result() { return std::move(fn); }

private:
	int variable(tree decl);
	void note_use(tree decl);
	void find_block_locals();
	core::place_expr place(tree expr);
	void add_steps(tree expr, core::place_expr &to);
	core::operand operand(tree expr);
	void lower_block(basic_block bb, core::block &to);
	void lower_statement(gimple *g, core::block &to);
	void lower_assignment(gassign *g, core::block &to);
	void lower_call(gcall *g, core::block &to);
	void lower_asm(gasm *g, core::block &to);
	void lower_end(basic_block bb, core::block &to);
	void lower_condition(gcond *g, core::block &to);
	void lower_switch(basic_block bb, gswitch *g, core::block &to);
	core::stmt statement(gimple *g, enum core::stmt::kind kind);
	int block(basic_block bb) const { return blocks[bb->index]; }

	struct function *fun;
	bool in_layer;
	core::function fn;
	std::unordered_map<tree, int> variables;
	std::unordered_map<tree, int> used_in;
	std::unordered_set<tree> crossing;
	/* what variables get that nobody initialises (-ftrivial-auto-var-init) */
	std::unordered_set<tree> automatic;
	/* by gcc's number; those of entry and exit are none of ours */
	std::vector<int> blocks;
	int current = -1;
	/* of the array elements that the statement names */
	std::vector<core::operand> indices;
};

op lower_code(enum tree_code code)
{
	switch (code) {
	case EQ_EXPR: return op::EQ;
	case NE_EXPR: return op::NE;
	case LT_EXPR: return op::LT;
	case LE_EXPR: return op::LE;
	case GT_EXPR: return op::GT;
	case GE_EXPR: return op::GE;
	case BIT_IOR_EXPR: return op::OR;
	case NEGATE_EXPR: return op::NEGATE;
	case POINTER_PLUS_EXPR: return op::OFFSET;
	default: return CONVERT_EXPR_CODE_P(code) ? op::CONVERT : op::OTHER;
	}
}

bool number_of(tree constant, int64_t &number)
{
	if (TREE_CODE(constant) != INTEGER_CST)
		return false;
	if (tree_fits_shwi_p(constant))
		number = tree_to_shwi(constant);
	else if (tree_fits_uhwi_p(constant))
		number = static_cast<int64_t>(tree_to_uhwi(constant));
	else
		return false;
	return true;
}

bool is_unsigned(tree expr)
{
	return POINTER_TYPE_P(TREE_TYPE(expr)) || TYPE_UNSIGNED(TREE_TYPE(expr));
}

core::builtin builtin_by_name(const char *name)
{
	static const std::unordered_map<std::string, core::builtin> known = {
		{ "IS_ERR", core::builtin::IS_ERR },
		{ "IS_ERR_OR_NULL", core::builtin::IS_ERR_OR_NULL },
		{ "PTR_ERR", core::builtin::PTR_ERR },
		{ "ERR_PTR", core::builtin::ERR_PTR },
		{ "ERR_CAST", core::builtin::ERR_PTR },
		{ "PTR_ERR_OR_ZERO", core::builtin::PTR_ERR_OR_ZERO },
	};
	auto found = known.find(name);

	return found == known.end() ? core::builtin::NONE : found->second;
}

/*
 * KUNIT_ASSERT_*() ends the test where it fails. After a KUNIT_EXPECT_*() that failed it
 * goes on, but has said what is wrong.
 */
bool is_failed_assertion(tree decl)
{
	return !strcmp(IDENTIFIER_POINTER(DECL_NAME(decl)), "kunit_do_failed_assertion");
}

core::builtin builtin_of(gcall *g)
{
	tree decl = gimple_call_fndecl(g);

	if (!decl || !DECL_NAME(decl))
		return core::builtin::NONE;
	if (fndecl_built_in_p(decl, BUILT_IN_EXPECT))
		return core::builtin::EXPECT;
	if ((fndecl_built_in_p(decl, BUILT_IN_MEMSET) ||
	     !strcmp(IDENTIFIER_POINTER(DECL_NAME(decl)), "memset")) &&
	    gimple_call_num_args(g) == 3)
		return integer_zerop(gimple_call_arg(g, 1)) ? core::builtin::ZERO : core::builtin::NONE;
	if (is_failed_assertion(decl))
		return core::builtin::ABORT;
	/* they ask how large something is, not what is in it */
	if (fndecl_built_in_p(decl, BUILT_IN_CONSTANT_P) ||
	    fndecl_built_in_p(decl, BUILT_IN_OBJECT_SIZE) ||
	    fndecl_built_in_p(decl, BUILT_IN_DYNAMIC_OBJECT_SIZE))
		return core::builtin::IGNORED;
	return builtin_by_name(IDENTIFIER_POINTER(DECL_NAME(decl)));
}

/* Locations of one token differ in how far they reach. */
bool is_same_token(location_t a, location_t b)
{
	expanded_location x = expand_location(line_of(a)), y = expand_location(line_of(b));

	return x.line == y.line && x.column == y.column;
}

/* The call that ends a variable with a cleanup: gcc gives it the declaration's place. */
bool is_cleanup_call(gcall *g)
{
	if (gimple_call_num_args(g) != 1 || !gimple_call_fndecl(g))
		return false;
	tree arg = gimple_call_arg(g, 0);

	if (TREE_CODE(arg) != ADDR_EXPR || !VAR_P(TREE_OPERAND(arg, 0)))
		return false;
	tree var = TREE_OPERAND(arg, 0);
	tree cleanup = lookup_attribute("cleanup", DECL_ATTRIBUTES(var));

	return cleanup && DECL_NAME(gimple_call_fndecl(g)) == TREE_VALUE(TREE_VALUE(cleanup)) &&
	       is_same_token(gimple_location(g), DECL_SOURCE_LOCATION(var));
}

std::string name_of_variable(tree decl)
{
	if (TREE_CODE(decl) == SSA_NAME)
		decl = SSA_NAME_VAR(decl);
	return decl && DECL_P(decl) && DECL_NAME(decl) ? IDENTIFIER_POINTER(DECL_NAME(decl)) : "";
}

/* __init or __exit */
bool is_outside(tree function)
{
	const char *section = DECL_SECTION_NAME(function);

	return section && (!strcmp(section, ".init.text") || !strcmp(section, ".exit.text"));
}

lowering::lowering(struct function *fun, const core::contract *contract)
	: fun(fun), in_layer(origin_of_decl(fun->decl) == origin::layer),
	  blocks(last_basic_block_for_fn(fun), NO_BLOCK)
{
	basic_block bb;
	int n = 0;

	fn.name = name_of_decl(fun->decl);
	fn.loc = DECL_SOURCE_LOCATION(fun->decl);
	fn.id = identity_of(fun->decl);
	fn.contract = contract;
	fn.exported = TREE_PUBLIC(fun->decl) && unit_role() == role::driver;
	fn.is_test = unit_role() == role::kunit;
	fn.by_driver = unit_role() == role::driver && declared_by_driver(fun->decl);
	fn.outside = is_outside(fun->decl);

	find_block_locals();
	for (tree p = DECL_ARGUMENTS(fun->decl); p; p = DECL_CHAIN(p))
		fn.vars[variable(p)].param = n++;

	tree local;
	unsigned int i;

	FOR_EACH_LOCAL_DECL(fun, i, local)
		if (VAR_P(local))
			variable(local);

	n = 0;
	FOR_EACH_BB_FN(bb, fun)
		blocks[bb->index] = n++;
	fn.blocks.resize(n);
	FOR_EACH_BB_FN(bb, fun) {
		current = bb->index;
		lower_block(bb, fn.blocks[block(bb)]);
	}

	std::vector<int> order(n_basic_blocks_for_fn(fun));
	int count = pre_and_rev_post_order_compute_fn(fun, nullptr, order.data(), false);

	for (int k = 0; k < count; k++)
		if (blocks[order[k]] != NO_BLOCK)
			fn.order.push_back(blocks[order[k]]);
}

int lowering::variable(tree decl)
{
	auto known = variables.find(decl);

	if (known != variables.end())
		return known->second;

	core::variable v;
	bool ssa = TREE_CODE(decl) == SSA_NAME;

	v.name = name_of_variable(decl);
	v.type = lower_type(TREE_TYPE(decl));
	v.loc = ssa ? 0 : DECL_SOURCE_LOCATION(decl);
	v.global = !ssa && VAR_P(decl) && is_global_var(decl);
	v.temporary = ssa || v.name.empty() || v.name[0] == '_' ||
		      (DECL_ARTIFICIAL(decl) && !DECL_NAMELESS(decl) && v.name.find('.') != std::string::npos);
	v.block_local = ssa && !crossing.count(decl);
	v.carries_result = TREE_CODE(decl) == RESULT_DECL ||
			   (!ssa && VAR_P(decl) && v.name.empty() && DECL_ARTIFICIAL(decl) &&
			    TYPE_MAIN_VARIANT(TREE_TYPE(decl)) ==
			    TYPE_MAIN_VARIANT(TREE_TYPE(TREE_TYPE(fun->decl))));
	fn.vars.push_back(std::move(v));
	return variables[decl] = fn.vars.size() - 1;
}

void lowering::note_use(tree expr)
{
	while (expr && (handled_component_p(expr) || TREE_CODE(expr) == MEM_REF ||
			TREE_CODE(expr) == ADDR_EXPR))
		expr = TREE_OPERAND(expr, 0);
	if (!expr || TREE_CODE(expr) != SSA_NAME)
		return;

	auto seen = used_in.emplace(expr, current);

	if (seen.first->second != current)
		crossing.insert(expr);
}

void lowering::find_block_locals()
{
	basic_block bb;

	FOR_EACH_BB_FN(bb, fun) {
		current = bb->index;
		for (auto it = gsi_start_bb(bb); !gsi_end_p(it); gsi_next(&it))
			for (unsigned int i = 0; i < gimple_num_ops(gsi_stmt(it)); i++)
				note_use(gimple_op(gsi_stmt(it), i));
	}
}

void lowering::add_steps(tree expr, core::place_expr &to)
{
	switch (TREE_CODE(expr)) {
	case COMPONENT_REF: {
		int index = field_index(TREE_OPERAND(expr, 1));

		add_steps(TREE_OPERAND(expr, 0), to);
		if (index < 0)
			to.path.push_back({ core::step::INSIDE, 0 });
		else
			to.path.push_back({ core::step::FIELD, index });
		break;
	}
	case MEM_REF:
	case INDIRECT_REF: {
		tree pointer = TREE_OPERAND(expr, 0);

		if (TREE_CODE(pointer) == ADDR_EXPR) {
			add_steps(TREE_OPERAND(pointer, 0), to);
		} else {
			add_steps(pointer, to);
			to.path.push_back({ core::step::DEREF, 0 });
		}
		if (TREE_CODE(expr) == MEM_REF && !integer_zerop(TREE_OPERAND(expr, 1)))
			to.path.push_back({ core::step::INSIDE, 0 });
		break;
	}
	case VIEW_CONVERT_EXPR:
		add_steps(TREE_OPERAND(expr, 0), to);
		break;
	case ARRAY_REF:
	case ARRAY_RANGE_REF:
	case REALPART_EXPR:
	case IMAGPART_EXPR:
	case BIT_FIELD_REF:
		add_steps(TREE_OPERAND(expr, 0), to);
		to.path.push_back({ core::step::INSIDE, 0 });
		if (TREE_CODE(expr) == ARRAY_REF && !TREE_CONSTANT(TREE_OPERAND(expr, 1)))
			indices.push_back(operand(TREE_OPERAND(expr, 1)));
		break;
	case VAR_DECL:
	case PARM_DECL:
	case RESULT_DECL:
	case SSA_NAME:
		to.var = variable(expr);
		break;
	default:
		to.var = core::place_expr::UNKNOWN;
		break;
	}
}

core::place_expr lowering::place(tree expr)
{
	core::place_expr p;

	add_steps(expr, p);
	p.type = lower_type(TREE_TYPE(expr));
	if (p.var == core::place_expr::UNKNOWN)
		p.path.clear();
	return p;
}

core::operand lowering::operand(tree expr)
{
	core::operand o;

	o.type = lower_type(TREE_TYPE(expr));
	if (number_of(expr, o.number)) {
		o.kind = core::operand::CONSTANT;
	} else if (TREE_CODE(expr) == ADDR_EXPR) {
		tree object = TREE_OPERAND(expr, 0);

		if (TREE_CODE(object) == FUNCTION_DECL || TREE_CODE(object) == LABEL_DECL ||
		    CONSTANT_CLASS_P(object))
			return o;
		o.kind = core::operand::ADDRESS;
		o.place = place(object);
	} else if (DECL_P(expr) || TREE_CODE(expr) == SSA_NAME || handled_component_p(expr) ||
		   TREE_CODE(expr) == MEM_REF) {
		o.kind = core::operand::READ;
		o.place = place(expr);
	}
	return o;
}

core::stmt lowering::statement(gimple *g, enum core::stmt::kind kind)
{
	core::stmt st;

	st.kind = kind;
	st.loc = gimple_location(g);
	return st;
}

void lowering::lower_assignment(gassign *g, core::block &to)
{
	tree lhs = gimple_assign_lhs(g), rhs = gimple_assign_rhs1(g);
	enum tree_code code = gimple_assign_rhs_code(g);

	if (gimple_clobber_p(g)) {
		if (VAR_P(lhs)) {
			core::stmt st = statement(g, core::stmt::END_SCOPE);

			st.var = variable(lhs);
			to.stmts.push_back(std::move(st));
		}
		return;
	}

	if (gimple_assign_single_p(g) && TREE_CODE(rhs) == SSA_NAME && automatic.count(rhs))
		return;

	core::stmt st = statement(g, core::stmt::ASSIGN);

	st.has_dst = true;
	st.dst = place(lhs);
	st.spelled_by_driver = !in_layer && written_by_driver(gimple_location(g));
	st.is_unsigned = is_unsigned(rhs);
	if (gimple_assign_single_p(g)) {
		st.op = TREE_CODE(rhs) == CONSTRUCTOR && CONSTRUCTOR_NELTS(rhs) == 0 ? op::ZERO : op::COPY;
		st.args.push_back(operand(rhs));
		to.stmts.push_back(std::move(st));
		return;
	}
	st.op = lower_code(code);
	for (unsigned int i = 1; i < gimple_num_ops(g); i++)
		if (gimple_op(g, i))
			st.args.push_back(operand(gimple_op(g, i)));
	if (TREE_CODE(TREE_TYPE(lhs)) == BOOLEAN_TYPE) {
		if (code == BIT_AND_EXPR)
			st.op = op::AND;
		else if (code == BIT_NOT_EXPR || code == TRUTH_NOT_EXPR)
			st.op = op::NOT;
	}
	if (INTEGRAL_TYPE_P(TREE_TYPE(lhs)) && INTEGRAL_TYPE_P(TREE_TYPE(rhs))) {
		tree type = TREE_TYPE(lhs), from = TREE_TYPE(rhs);
		tree second = gimple_num_ops(g) > 2 && gimple_op(g, 2) ? TREE_TYPE(gimple_op(g, 2)) : NULL_TREE;

		st.fold = [=](int64_t a, int64_t b, int64_t &n) {
			tree x = build_int_cst(from, a);
			tree folded = second ? const_binop(code, type, x, build_int_cst(second, b)) :
					       fold_convert(type, x);

			return folded && number_of(folded, n);
		};
	}
	to.stmts.push_back(std::move(st));
}

void lowering::lower_call(gcall *g, core::block &to)
{
	core::stmt st = statement(g, core::stmt::CALL);
	tree lhs = gimple_call_lhs(g);

	if (gimple_call_internal_p(g)) {
		if (lhs && is_automatic_init(gimple_call_internal_fn(g))) {
			automatic.insert(lhs);
		} else if (lhs) {
			st.kind = core::stmt::HAVOC;
			st.dst = place(lhs);
			to.stmts.push_back(std::move(st));
		}
		return;
	}

	tree decl = gimple_call_fndecl(g);

	st.callee.contract = lower_contract(gimple_call_fntype(g), decl);
	st.callee.name = decl ? name_of_decl(decl) : "the callback";
	st.callee.builtin = builtin_of(g);
	st.callee.id = decl ? identity_of(decl) : 0;
	st.callee.slot = decl ? 0 : slot_of(gimple_call_fntype(g));
	st.callee.by_driver = decl && declared_by_driver(decl);
	st.spelled_by_driver = fn.by_driver && written_by_driver(gimple_location(g));
	st.is_cleanup = is_cleanup_call(g);
	if (lhs) {
		st.has_dst = true;
		st.dst = place(lhs);
	}
	for (unsigned int i = 0; i < gimple_call_num_args(g); i++)
		st.args.push_back(operand(gimple_call_arg(g, i)));
	to.stmts.push_back(std::move(st));
}

void lowering::lower_asm(gasm *g, core::block &to)
{
	for (unsigned int i = 0; i < gimple_asm_noutputs(g); i++) {
		core::stmt st = statement(g, core::stmt::HAVOC);

		st.dst = place(TREE_VALUE(gimple_asm_output_op(g, i)));
		to.stmts.push_back(std::move(st));
	}
}

void lowering::lower_statement(gimple *g, core::block &to)
{
	switch (gimple_code(g)) {
	case GIMPLE_ASSIGN:
		lower_assignment(as_a<gassign *>(g), to);
		break;
	case GIMPLE_CALL:
		lower_call(as_a<gcall *>(g), to);
		break;
	case GIMPLE_ASM:
		lower_asm(as_a<gasm *>(g), to);
		break;
	default:
		break;
	}
}

void lowering::lower_condition(gcond *g, core::block &to)
{
	edge yes, no;

	extract_true_false_edges_from_block(gimple_bb(g), &yes, &no);
	to.term = core::block::BRANCH;
	to.op = lower_code(gimple_cond_code(g));
	to.is_unsigned = is_unsigned(gimple_cond_lhs(g));
	to.args = { operand(gimple_cond_lhs(g)), operand(gimple_cond_rhs(g)) };
	to.next = { block(yes->dest), block(no->dest) };
}

void lowering::lower_switch(basic_block bb, gswitch *g, core::block &to)
{
	to.term = core::block::SWITCH;
	to.args = { operand(gimple_switch_index(g)) };
	to.next = { block(label_to_block(fun, CASE_LABEL(gimple_switch_label(g, 0)))) };
	for (unsigned int i = 1; i < gimple_switch_num_labels(g); i++) {
		tree label = gimple_switch_label(g, i);
		core::switch_case c;

		if (!number_of(CASE_LOW(label), c.low))
			continue;
		c.high = c.low;
		if (CASE_HIGH(label) && !number_of(CASE_HIGH(label), c.high))
			continue;
		c.block = block(find_edge(bb, label_to_block(fun, CASE_LABEL(label)))->dest);
		to.cases.push_back(c);
	}
}

void lowering::lower_end(basic_block bb, core::block &to)
{
	gimple_stmt_iterator last = gsi_last_nondebug_bb(bb);
	gimple *g = gsi_end_p(last) ? nullptr : gsi_stmt(last);
	edge e;
	edge_iterator it;

	if (g)
		to.loc = gimple_location(g);
	if (g && gimple_code(g) == GIMPLE_COND) {
		lower_condition(as_a<gcond *>(g), to);
		return;
	}
	if (g && gimple_code(g) == GIMPLE_SWITCH) {
		lower_switch(bb, as_a<gswitch *>(g), to);
		return;
	}
	if (g && gimple_code(g) == GIMPLE_RETURN) {
		tree value = gimple_return_retval(as_a<greturn *>(g));

		to.term = core::block::RETURN;
		if (value)
			to.args = { operand(value) };
		return;
	}
	FOR_EACH_EDGE(e, it, bb->succs)
		if (block(e->dest) != NO_BLOCK)
			to.next.push_back(block(e->dest));
	to.term = to.next.empty() ? core::block::STOP : core::block::JUMP;
}

void lowering::lower_block(basic_block bb, core::block &to)
{
	for (auto it = gsi_start_bb(bb); !gsi_end_p(it); gsi_next(&it)) {
		size_t before = to.stmts.size();

		indices.clear();
		lower_statement(gsi_stmt(it), to);
		if (to.stmts.size() > before)
			to.stmts.back().indices = indices;
	}
	lower_end(bb, to);
}

} /* namespace */

core::function lower_function(struct function *fun, const core::contract *contract)
{
	return lowering(fun, contract).result();
}

unsigned int slot_of(tree function_type)
{
	return function_type ? TYPE_UID(TYPE_MAIN_VARIANT(function_type)) : 0;
}

uintptr_t identity_of(tree function_decl)
{
	return DECL_UID(function_decl) + 1;
}

} /* namespace ferrule */

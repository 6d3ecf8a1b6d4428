// SPDX-License-Identifier: GPL-2.0
/*
 * The flow analysis on graphs that are written by hand: what it says of ownership, how
 * it joins, and what it does when there are too many states. Prints KTAP.
 */
#include <cstdio>
#include <memory>

#include "flow.h"

namespace {

using namespace ferrule;
using namespace ferrule::core;

struct plain_type final : type {
	plain_type(enum kind k, std::string called = "", const type *to = nullptr) : to(to)
	{
		kind = k;
		name = called;
	}
	const type *target() const override { return to; }
	const std::vector<field> &fields() const override { return list; }

	const type *to;
	std::vector<field> list;
};

plain_type number(type::SCALAR), handle(type::RECORD, "buf"), pointer(type::POINTER, "", &handle);
plain_type shared(type::RECORD, "words"), to_shared(type::POINTER, "", &shared);
plain_type to_number(type::POINTER, "", &number);

struct listener final : reporter {
	void report(const finding &f) override { said.insert({ f.what, f.where }); }
	void degraded(const function &) override { was_degraded = true; }

	std::set<std::pair<rule, src_loc>> said;
	bool was_degraded = false;
};

/* A function under construction: statements go to the last block; a line is its number. */
class graph {
public:
	graph()
	{
		fn.name = "f";
		fn.contract = &plain;
		fn.id = 1;
		begin();
	}

	int variable(const char *called, const type *t)
	{
		core::variable v;

		v.name = called;
		v.type = t;
		v.loc = 1;
		fn.vars.push_back(v);
		return fn.vars.size() - 1;
	}

	int begin()
	{
		fn.blocks.emplace_back();
		fn.order.push_back(fn.blocks.size() - 1);
		return fn.blocks.size() - 1;
	}

	static operand constant_of(int64_t n)
	{
		operand o;

		o.kind = operand::CONSTANT;
		o.number = n;
		o.type = &number;
		return o;
	}

	static operand of(int var, const type *t, enum operand::kind kind = operand::READ)
	{
		operand o;

		o.kind = kind;
		o.place.var = var;
		o.place.type = t;
		o.type = kind == operand::ADDRESS ? &pointer : t;
		return o;
	}

	stmt &add(enum stmt::kind kind, src_loc line)
	{
		stmt st;

		st.kind = kind;
		st.loc = line;
		fn.blocks.back().stmts.push_back(st);
		return fn.blocks.back().stmts.back();
	}

	void call(src_loc line, const char *name, const contract &c, int var, int result = NONE)
	{
		stmt &st = add(stmt::CALL, line);

		st.callee.name = name;
		st.callee.contract = &c;
		st.args = { of(var, &handle, operand::ADDRESS) };
		st.has_dst = result != NONE;
		st.dst.var = result;
		st.dst.type = &number;
	}

	/* load(&words, &copy) */
	void load(src_loc line, const contract &c, int words, int copy)
	{
		stmt &st = add(stmt::CALL, line);

		st.callee.contract = &c;
		st.args = { of(words, &shared, operand::ADDRESS), of(copy, &number, operand::ADDRESS) };
	}

	void pass(src_loc line, const contract &c, int var)
	{
		stmt &st = add(stmt::CALL, line);

		st.callee.contract = &c;
		st.args = { of(var, &number) };
	}

	void set(src_loc line, int var, int64_t n)
	{
		stmt &st = add(stmt::ASSIGN, line);

		st.op = op::COPY;
		st.has_dst = true;
		st.dst.var = var;
		st.dst.type = &number;
		st.args = { constant_of(n) };
	}

	void jump(int block)
	{
		fn.blocks.back().term = block::JUMP;
		fn.blocks.back().next = { block };
	}

	void branch(int var, enum op op, int64_t n, int yes, int no)
	{
		block &b = fn.blocks.back();

		b.term = block::BRANCH;
		b.op = op;
		b.args = { of(var, &number), constant_of(n) };
		b.next = { yes, no };
	}

	void leave(src_loc line)
	{
		fn.blocks.back().term = block::RETURN;
		fn.blocks.back().loc = line;
	}

	listener check()
	{
		listener out;
		effects facts;
		exclusive_state states;

		flow(fn, facts, states, out).run();
		facts.finish(out);
		states.finish(out);
		return out;
	}

	function fn;
	contract plain;
};

struct contracts {
	contract alloc, drop, use, load, pass;

	contracts()
	{
		param p;

		p.type = &pointer;
		p.mode = param::OUT;
		alloc.params = { p };
		alloc.result = &number;
		p.mode = param::DROP;
		drop.params = { p };
		p.mode = param::BORROW;
		use.params = { p };

		param array = p, copy = p, plain;

		array.type = &to_shared;
		copy.type = &to_number;
		copy.element = { 0 };
		load.params = { array, copy };
		plain.type = &number;
		pass.params = { plain };
	}
} known;

using expected = std::set<std::pair<rule, src_loc>>;

int failed, count;

void expect(const char *what, bool right)
{
	printf("%s %d %s\n", right ? "ok" : "not ok", ++count, what);
	failed += !right;
}

/* if (alloc(&b)) return; use(&b); drop(&b); */
void correct_code()
{
	graph g;
	int b = g.variable("b", &handle), ret = g.variable("ret", &number);

	g.call(10, "alloc", known.alloc, b, ret);
	g.branch(ret, op::NE, 0, 2, 1);
	g.begin();
	g.call(11, "use", known.use, b);
	g.call(12, "drop", known.drop, b);
	g.leave(13);
	g.begin();
	g.leave(14);
	expect("error-correlated ownership is followed", g.check().said.empty());
}

/* if (alloc(&b)) return; if (n) return; drop(&b); drop(&b); use(&b); */
void wrong_code()
{
	graph g;
	int b = g.variable("b", &handle), ret = g.variable("ret", &number);
	int n = g.variable("n", &number);

	g.call(10, "alloc", known.alloc, b, ret);
	g.branch(ret, op::NE, 0, 3, 1);
	g.begin();
	g.branch(n, op::NE, 0, 3, 2);
	g.begin();
	g.call(12, "drop", known.drop, b);
	g.call(13, "drop", known.drop, b);
	g.leave(14);
	g.begin();
	g.leave(15);
	expect("a leak and a double drop are found where they are",
	       g.check().said == expected{ { rule::leak, 15 }, { rule::double_drop, 13 } });
}

/* have = 0; if (n) { alloc(&b); have = 1; } if (have) drop(&b); */
void flags()
{
	graph g;
	int b = g.variable("b", &handle), ret = g.variable("ret", &number);
	int n = g.variable("n", &number), have = g.variable("have", &number);

	g.set(10, have, 0);
	g.branch(n, op::NE, 0, 1, 3);
	g.begin();
	g.call(11, "alloc", known.alloc, b, ret);
	g.branch(ret, op::NE, 0, 5, 2);
	g.begin();
	g.set(12, have, 1);
	g.jump(3);
	g.begin();
	g.branch(have, op::NE, 0, 4, 5);
	g.begin();
	g.call(13, "drop", known.drop, b);
	g.jump(5);
	g.begin();
	g.leave(14);
	expect("a flag says whether there is a value", g.check().said.empty());
}

/* while (n) { if (alloc(&b)) return; drop(&b); } */
void loops()
{
	graph g;
	int b = g.variable("b", &handle), ret = g.variable("ret", &number);
	int n = g.variable("n", &number);

	g.branch(n, op::NE, 0, 1, 3);
	g.begin();
	g.call(10, "alloc", known.alloc, b, ret);
	g.branch(ret, op::NE, 0, 3, 2);
	g.begin();
	g.call(11, "drop", known.drop, b);
	g.jump(0);
	g.begin();
	g.leave(12);
	expect("a loop comes to an end", g.check().said.empty());
}

/* Twelve times: if (n_i) alloc(&b_i). Then everything is dropped, and one is not. */
void too_many_states()
{
	constexpr int N = 12;
	graph g;
	std::vector<int> handles;
	int ret = g.variable("ret", &number);

	for (int i = 0; i < N; i++) {
		handles.push_back(g.variable(("b" + std::to_string(i)).c_str(), &handle));
		int n = g.variable(("n" + std::to_string(i)).c_str(), &number);
		int here = g.fn.blocks.size() - 1;

		stmt &st = g.add(stmt::ASSIGN, 5);
		st.op = op::ZERO;
		st.has_dst = true;
		st.dst.var = handles[i];
		st.dst.type = &handle;
		g.branch(n, op::NE, 0, here + 1, here + 2);
		g.begin();
		g.call(10 + i, "alloc", known.alloc, handles[i], ret);
		g.jump(here + 2);
		g.begin();
	}
	for (int i = 0; i < N; i++)
		g.call(50 + i, "drop", known.drop, handles[i]);
	g.call(90, "drop", known.drop, handles[0]);
	g.leave(91);

	listener out = g.check();

	expect("the limit on states is told", out.was_degraded);
	expect("beyond the limit nothing wrong is said of what is correct",
	       !out.said.count({ rule::leak, 91 }));
	expect("what holds on every path is still found", out.said.count({ rule::double_drop, 90 }));
}

/* load(&words, &v); if (v > 7) return; load(&words, &v); [if (v > 7) return;] pass(v); */
void loaded_twice()
{
	for (bool again : { false, true }) {
		graph g;
		int words = g.variable("words", &shared), v = g.variable("v", &number);

		g.fn.by_driver = true;
		g.load(10, known.load, words, v);
		g.branch(v, op::GT, 7, 3, 1);
		g.begin();
		g.load(12, known.load, words, v);
		if (again)
			g.branch(v, op::GT, 7, 3, 2);
		else
			g.jump(2);
		g.begin();
		g.pass(14, known.pass, v);
		g.leave(15);
		g.begin();
		g.leave(16);
		if (again)
			expect("a second copy that is tested is fine", g.check().said.empty());
		else
			expect("a second copy is not the one that was tested",
			       g.check().said == expected{ { rule::double_fetch, 14 } });
	}
}

/* probe lends its state to a helper, which writes an owner; so does somebody else, or not. */
void lent_by_probe_only()
{
	for (bool elsewhere : { false, true }) {
		exclusive_state states;
		listener out;
		struct function probe;

		probe.name = "probe";
		probe.id = 1;
		probe.loc = 10;
		probe.probe_param = 0;
		probe.handles = { { { 2 }, "regs", 5 }, { { 3 }, "irq", 6 } };
		states.begin(probe);
		states.lend({ 1, 0 }, { 1 }, { 2, 0 });
		states.lend({ 1, 0 }, {}, { 3, 0 });
		states.acquire({ 3, 0 }, { 2, 0 });
		states.suspect({ 2, 0 }, { rule::overwrite_owner, 20, "it may be full", {}, "" }, {});
		states.suspect_use({ 3, 0 }, { 2 }, { rule::uninitialised, 30, "acquired there", {}, "" });
		if (elsewhere)
			states.lend_other({ 2, 0 });
		states.finish(out);
		expect("a handle that nobody acquires is missed", out.said.count({ rule::unacquired_handle, 10 }));
		expect(elsewhere ? "what others lend may be full" : "what only probe lends is empty",
		       out.said.count({ rule::overwrite_owner, 20 }) == elsewhere);
		expect("what a helper acquires itself it may use", !out.said.count({ rule::uninitialised, 30 }));
	}
}

/* What a condition teaches about both of its sides. */
void condition_trees()
{
	condition_table table;
	place_table places;
	place_id a = places.of_var(0), b = places.of_var(1);
	int x = table.compare(op::NE, a, 0, false), y = table.compare(op::NE, b, 0, false);
	int either = table.combine(op::OR, x, y);

	expect("the same condition is one", table.compare(op::NE, a, 0, false) == x);
	expect("a double negation is none", table.negate(table.negate(either)) == either);
	expect("a tree mentions what is in it", table.mentions(either, b) && !table.mentions(x, b));
}

void places_and_paths()
{
	place_table places;
	place_id root = places.of_var(0), deep = root;

	for (int i = 0; i < 20; i++)
		deep = places.part(deep, 1);
	expect("paths have an end", places[deep].inside);
	expect("a part is covered by the whole", places.covers(root, places.part(root, 3)));
	expect("two parts are apart", !places.covers(places.part(root, 2), places.part(root, 3)));
}

} /* namespace */

int main()
{
	handle.owned = true;
	printf("KTAP version 1\n");
	correct_code();
	wrong_code();
	flags();
	loops();
	too_many_states();
	loaded_twice();
	lent_by_probe_only();
	condition_trees();
	places_and_paths();
	printf("1..%d\n", count);
	return failed ? 1 : 0;
}
